import ArgumentParser
import Foundation
import ServiceLifecycle
import Web
import Workers

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run everything: pages, ingest, scheduler and sender, in one process.",
        discussion: "SIGTERM or Ctrl-C stops it cleanly: mails in flight finish, and what waits stays in the ledger.")
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await common.installation(quiet: false)
        try await installation.synchroniseFeeds()
        let server = WebServer(installation)
        var services: [any Service] = [server, IngestWorker(installation)]
        do {
            try await InstanceGuard(installation).check()
            services += [Scheduler(installation), Housekeeping(installation), try Sender(installation)]
            if let bounces = try BounceWorker(installation) { services.append(bounces) }
        } catch let conflict as InstanceGuard.Conflict {
            // A copy can be looked at.
            installation.logger.error("\(conflict)")
        }
        try await ServiceGroup(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint], logger: installation.logger
        ).run()
    }
}
