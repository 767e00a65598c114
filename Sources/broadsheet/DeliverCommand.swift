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
    @Flag(name: .long, help: "Do not ask where --at is still to come: everybody gets that day's mail now.")
    var force = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        if let at, at.date > Date.now.addingTimeInterval(Self.slack), !force { try Self.ask(at.date) }
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

    /// Seconds by which clocks may differ.
    private static let slack: TimeInterval = 60

    /// - Throws: ``CommandFailure`` unless whoever sits at a terminal says yes.
    private static func ask(_ date: Date) throws {
        let time = date.formatted(.iso8601)
        let what = "--at \(time) is still to come: everybody who is due by then is mailed now, dated then"
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw CommandFailure("\(what); say --force if you mean it, or `broadsheet digest send ADDRESS` for a test")
        }
        Output.complain("\(what). Type yes to go on:")
        guard readLine()?.trimmingCharacters(in: .whitespaces).lowercased() == "yes" else {
            throw CommandFailure("nothing was sent")
        }
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
