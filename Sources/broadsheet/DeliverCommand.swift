import ArgumentParser
import Foundation
import ServiceLifecycle
import Workers

struct DeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver", abstract: "Write the digests that are due and send everything that waits.",
        discussion: """
            Running it twice sends nothing twice: what was sent is in the ledger. After a crash it sends what was in \
            flight again, with the same Message-ID.
            """)
    @Flag(name: .long, help: "One round, for cron; otherwise deliver whenever something is due, until stopped.")
    var once = false
    @Option(name: .long, help: "Do the round as if it were this time, such as 2026-11-23T07:00:00Z.") var at: Instant?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let clock = at.map { SiteClock.starting(at: $0.date) } ?? .system
        let installation = try await common.installation(clock: clock, quiet: once)
        try await InstanceGuard(installation).check()
        guard once else {
            return try await ServiceGroup(
                services: [
                    DatabaseWatch(installation), Scheduler(installation), Housekeeping(installation),
                    try Sender(installation),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: installation.logger
            ).run()
        }
        let kept = try await Housekeeping(installation).round()
        if kept != Housekeeping.Report() {
            Output.line(
                "\(kept.reminded) reminded to confirm; \(kept.forgotten) never confirmed and forgotten; \(kept.pruned) old mails forgotten"
            )
        }
        let written = try await Scheduler(installation, onRequest: true).round()
        let summary = try await send(installation)
        Output.line(
            "\(written) digests written; \(summary.sent) mails sent, \(summary.deferred) deferred, \(summary.failed) failed, "
                + "\(summary.skipped) skipped")
        for (problem, count) in summary.problems.sorted(by: { $0.key < $1.key }) {
            Output.complain("broadsheet: \(count) × \(problem)")
        }
        if summary.deferred + summary.failed > 0 { throw ExitCode.failure }
    }

    private func send(_ installation: Installation) async throws -> SendSummary {
        let waiting = try await installation.database.ledger.dueCount(at: installation.clock.now)
        let progress = ProgressLine("sending")
        let start = ContinuousClock.now
        defer { progress.clear() }
        return try await Sender(
            installation,
            onProgress: { summary in
                let done = summary.sent + summary.deferred + summary.failed + summary.skipped
                let seconds = start.duration(to: .now) / .seconds(1)
                let rate = seconds > 0 ? Int(Double(done) / seconds) : 0
                progress.show(
                    Double(done) / Double(max(1, waiting)),
                    note: "\(summary.sent) sent, \(summary.deferred) deferred, \(summary.failed) failed, \(rate)/s")
            }
        ).drain()
    }
}
