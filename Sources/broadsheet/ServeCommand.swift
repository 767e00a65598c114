import ArgumentParser
import Foundation
import ServiceLifecycle
import Web
import Workers

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run everything: pages, ingest, scheduler and sender, in one process.",
        discussion: """
            SIGTERM or Ctrl-C stops it cleanly: mails in flight finish, and what waits stays in the ledger.

            With --roles, a process does only part of it, so that several machines share the work of one PostgreSQL \
            database. Any number may serve pages or send. Of those that ingest, and of those that schedule, one works and the \
            others wait to take over.
            """)
    @Option(name: .long, help: "What this process does: any of web, ingest, schedule and send, separated by commas.")
    var roles = ServeRoles.all
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await common.installation(quiet: false)
        var services: [any Service] = [DatabaseWatch(installation)]
        if roles.contains(.web) { services.append(WebServer(installation)) }
        if roles.contains(.ingest) {
            try await installation.synchroniseFeeds()
            services.append(OneAtATime("ingest", in: installation, [IngestWorker(installation)]))
        }
        if roles.contains(.schedule) || roles.contains(.send) {
            do {
                try await InstanceGuard(installation).check()
                services += try mailing(installation)
            } catch let conflict as InstanceGuard.Conflict {
                // A copy can be looked at.
                installation.logger.error("\(conflict)")
                if roles.isDisjoint(with: [.web, .ingest]) { throw conflict }
            }
        }
        try await ServiceGroup(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint], logger: installation.logger
        ).run()
    }

    private func mailing(_ installation: Installation) throws -> [any Service] {
        var services: [any Service] = []
        if roles.contains(.schedule) {
            var scheduled: [any Service] = [Scheduler(installation), Housekeeping(installation)]
            if let bounces = try BounceWorker(installation) { scheduled.append(bounces) }
            services.append(OneAtATime("schedule", in: installation, scheduled))
        }
        if roles.contains(.send) { services.append(try Sender(installation)) }
        return services
    }
}
