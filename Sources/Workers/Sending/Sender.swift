import Foundation
import Logging
import ServiceLifecycle
import Store
import Synchronization
import Transport

/// Sends what the ledger holds, over a few connections that are kept open from message to message.
public struct Sender: Service {
    private let installation: Installation
    private let relays: [Relay]
    private let pool: RelayPool
    private let memory: RelayMemory
    /// From 0 to 1, for the jitter of retries.
    private let chance: @Sendable () -> Double
    private let onProgress: @Sendable (SendSummary) -> Void
    /// What the limits remember from round to round.
    private let gate: SendMemory
    private let presence: SenderPresence

    /// - Parameter onProgress: told what has come of a round so far, about ten times a second.
    /// - Throws: `TransportError` for a mail server address that cannot be read.
    public init(
        _ installation: Installation, chance: @escaping @Sendable () -> Double = { .random(in: 0...1) },
        onProgress: @escaping @Sendable (SendSummary) -> Void = { _ in }
    ) throws {
        self.installation = installation
        self.chance = chance
        self.onProgress = onProgress
        let clock = installation.clock
        let memory = RelayMemory(installation)
        self.memory = memory
        relays = try Relay.all(installation.settings, onChange: { memory.learnt($0, $1) })
        pool = RelayPool(relays, now: { clock.now })
        gate = SendMemory(SendGate(SendLimits(installation.settings)))
        presence = SenderPresence(installation.database, claimant: Claimant.current)
    }

    /// Sends whenever something is due, until the service stops; then the messages in flight finish.
    public func run() async throws {
        let stopping = StopFlag()
        // The task is cancelled where another service failed: that ends the work in the same way.
        await withTaskCancellationOrGracefulShutdownHandler {
            var rest = RoundRest()
            while !stopping.isSet {
                await round(stopping, &rest)
                await stopping.wait(seconds: 1)
            }
        } onCancelOrGracefulShutdown: {
            stopping.set()
        }
    }

    private func round(_ stopping: StopFlag, _ rest: inout RoundRest) async {
        do {
            let summary = try await drain(until: stopping)
            rest.worked()
            if summary != SendSummary() {
                installation.logger.info(
                    "\(summary.sent) mails sent, \(summary.deferred) deferred, \(summary.failed) failed")
            }
            for (problem, count) in summary.problems { installation.logger.warning("\(count) × \(problem)") }
        } catch {
            // The mail server or the database is away: the ledger keeps everything, so it is enough to try again.
            installation.logger.error("sender: \(error)")
            await stopping.wait(seconds: rest.seconds(after: error, relays: pool.rest))
        }
    }

    /// Sends everything that is due now.
    ///
    /// - Throws: `TransportError` when no mail server can be reached, ``RelayRefusal`` when they refuse everyone,
    ///   `StoreError` when the database fails. What was not sent stays in the ledger, what was sent is recorded.
    public func drain() async throws -> SendSummary { try await drain(until: StopFlag()) }

    private func drain(until stopping: StopFlag) async throws -> SendSummary {
        let claimant = Claimant.current.description
        try await InstanceGuard(installation).check()
        let keeping = try await presence.keep()
        defer { keeping.cancel() }
        try await takeOverFromTheDead()
        try await memory.load(into: relays)
        let source = ClaimSource(
            installation, claimant: claimant, batch: installation.settings.smtpConnections * 32,
            gate: gate.current)
        let recorder = ResultRecorder(
            ledger: installation.database.ledger, claimant: claimant, score: installation.bounceScore)
        let book = OutcomeBook(installation, recorder: recorder, chance: chance)
        var failure = await sendAll(from: source, to: book, until: stopping)
        while failure == nil, !stopping.isSet, await source.hasLeftover {
            failure = await sendAll(from: source, to: book, until: stopping)
        }
        await memory.flush()
        gate.keep(try await source.close())
        try await book.close()
        try await recorder.flush()
        if let failure { throw failure }
        return await book.summary
    }

    /// Runs the lanes. The first that cannot go on stops the others after their messages.
    private func sendAll(from source: ClaimSource, to book: OutcomeBook, until stopping: StopFlag) async -> (any Error)?
    {
        let driver = SMTPDriver()
        let telling = Task {
            while !Task.isCancelled {
                onProgress(await book.summary)
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        defer { telling.cancel() }
        return await withTaskGroup(of: (any Error)?.self) { group in
            for _ in 0..<installation.settings.smtpConnections {
                let link = LaneLink(
                    pool: pool, driver: driver,
                    messagesPerConnection: installation.settings.smtpMessagesPerConnection)
                let lane = SendLane(source: source, link: link, book: book, pool: pool, clock: installation.clock)
                group.addTask {
                    do {
                        try await lane.run { !stopping.isSet }
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            var failure: (any Error)?
            for await error in group { failure = failure ?? error }
            return failure
        }
    }

    /// Claims of processes that are known to be gone need not be waited for.
    private func takeOverFromTheDead() async throws {
        for claimant in try await installation.database.ledger.claimants() where try await presence.isGone(claimant) {
            let count = try await installation.database.ledger.lapse(claimant: claimant, at: installation.clock.now)
            installation.logger.notice("taking over \(count) mails of a sender that is gone")
        }
    }
}

/// The limits' memory between rounds.
private final class SendMemory: Sendable {
    private let gate: Mutex<SendGate>

    init(_ gate: SendGate) { self.gate = Mutex(gate) }

    var current: SendGate { gate.withLock { $0 } }
    func keep(_ new: SendGate) { gate.withLock { $0 = new } }
}
