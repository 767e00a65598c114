import Foundation
import Logging
import ServiceLifecycle
import Store
import Transport

/// Sends what the ledger holds, over a few connections that are kept open from message to message.
public struct Sender: Service {
    private let installation: Installation
    private let server: SMTPServer
    /// From 0 to 1, for the jitter of retries.
    private let chance: @Sendable () -> Double

    /// - Throws: `TransportError` for a mail server address that cannot be read.
    public init(_ installation: Installation, chance: @escaping @Sendable () -> Double = { .random(in: 0...1) }) throws
    {
        self.installation = installation
        self.chance = chance
        let settings = installation.settings
        var server = try SMTPServer(
            url: settings.smtpURL, tls: SMTPServer.TLSPolicy(rawValue: settings.smtpTLS.rawValue) ?? .required)
        server.caFile = settings.smtpCAFile
        self.server = server
    }

    /// Sends whenever something is due, until the service stops; then the messages in flight finish.
    public func run() async throws {
        let stopping = StopFlag()
        // The task is cancelled where another service failed: that ends the work in the same way.
        await withTaskCancellationOrGracefulShutdownHandler {
            while !stopping.isSet {
                await round(stopping)
                await stopping.wait(seconds: 1)
            }
        } onCancelOrGracefulShutdown: {
            stopping.set()
        }
    }

    private func round(_ stopping: StopFlag) async {
        do {
            let summary = try await drain(until: stopping)
            if summary != SendSummary() {
                installation.logger.info(
                    "\(summary.sent) mails sent, \(summary.deferred) deferred, \(summary.failed) failed")
            }
            for (problem, count) in summary.problems { installation.logger.warning("\(count) × \(problem)") }
        } catch {
            // The mail server or the database is away: the ledger keeps everything, so it is enough to try again.
            installation.logger.error("sender: \(error)")
            await stopping.wait(seconds: 30)
        }
    }

    /// Sends everything that is due now.
    ///
    /// - Throws: `TransportError` when the mail server cannot be reached or refuses everyone, `StoreError` when the
    ///   database fails. What was not sent stays in the ledger, what was sent is recorded.
    public func drain() async throws -> SendSummary { try await drain(until: StopFlag()) }

    private func drain(until stopping: StopFlag) async throws -> SendSummary {
        let claimant = Claimant.current.description
        try await takeOverFromTheDead()
        let source = ClaimSource(
            installation, claimant: claimant, batch: installation.settings.smtpConnections * 16,
            composer: MessageComposer(installation))
        let recorder = ResultRecorder(ledger: installation.database.ledger, claimant: claimant)
        let (summary, failure) = await sendAll(from: source, to: recorder, until: stopping)
        try await source.close()
        try await recorder.flush()
        if let failure { throw failure }
        return summary
    }

    /// Runs the connections. The first that cannot go on stops the others after their message.
    private func sendAll(
        from source: ClaimSource, to recorder: ResultRecorder, until stopping: StopFlag
    ) async -> (SendSummary, (any Error)?) {
        await withTaskGroup(of: (SendSummary, (any Error)?).self) { group in
            let broken = StopFlag()
            let driver = SMTPDriver()
            for _ in 0..<installation.settings.smtpConnections {
                group.addTask {
                    var lane = SendLane(
                        installation: installation, server: server, driver: driver, recorder: recorder, chance: chance)
                    do {
                        while !stopping.isSet, !broken.isSet, let next = try await source.next() {
                            try await lane.send(next.delivery, composedBy: next.composer)
                        }
                        await lane.close()
                        return (lane.summary, nil)
                    } catch {
                        broken.set()
                        await lane.close()
                        return (lane.summary, error)
                    }
                }
            }
            var total = SendSummary()
            var failure: (any Error)?
            for await (summary, error) in group {
                total.add(summary)
                failure = failure ?? error
            }
            return (total, failure)
        }
    }

    /// Claims of processes of this machine that are gone need not be waited for.
    private func takeOverFromTheDead() async throws {
        for claimant in try await installation.database.ledger.claimants() where Claimant.isDead(claimant) {
            let count = try await installation.database.ledger.lapse(claimant: claimant, at: installation.clock.now)
            installation.logger.notice("taking over \(count) mails of a sender that is gone")
        }
    }
}
