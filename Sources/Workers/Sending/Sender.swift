import Core
import Foundation
import Logging
import Papers
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
    private let limiter: SendMemory
    private let heartbeat: Heartbeat
    private let recorder: ResultRecorder
    private let failover: FailoverNotice

    /// For how long ``drain()``, which may be all that a process does, tries to record what came of its mails.
    private let patience: Duration
    /// The same where the process is told to stop; whoever told it ends it before, where that is too long.
    private static let stopPatience: Duration = .seconds(240)

    /// - Parameters:
    ///   - patience: for how long ``drain()`` waits for a database that does not take what came of its mails.
    ///   - relayPatience: how long is too long for a relay's reply to what was sent ahead.
    ///   - onProgress: told what has come of a round so far, about ten times a second.
    /// - Throws: `TransportError` for a mail server address that cannot be read.
    public init(
        _ installation: Installation, chance: @escaping @Sendable () -> Double = { .random(in: 0...1) },
        patience: Duration = .seconds(30), relayPatience: SMTPPatience = SMTPPatience(),
        onProgress: @escaping @Sendable (SendSummary) -> Void = { _ in }
    ) throws {
        self.installation = installation
        self.chance = chance
        self.patience = patience
        self.onProgress = onProgress
        let clock = installation.clock
        let memory = RelayMemory(installation)
        self.memory = memory
        relays = try Relay.all(installation.settings, patience: relayPatience, onChange: { memory.learnt($0, $1) })
        pool = RelayPool(relays, now: { clock.now })
        limiter = SendMemory(RateLimiter(SendLimits(installation.settings)))
        heartbeat = Heartbeat(installation.database, claimant: Claimant.current)
        recorder = ResultRecorder(
            ledger: installation.database.ledger, claimant: Claimant.current.description,
            score: installation.bounceScore, logger: installation.logger,
            remembersSent: installation.database.isShared)
        failover = FailoverNotice(installation)
    }

    /// Sends whenever something is due, until the service stops; then the messages in flight finish.
    public func run() async throws {
        let stopping = StopFlag()
        // The task is cancelled where another service failed: that ends the work in the same way.
        await withTaskCancellationOrGracefulShutdownHandler {
            var rest = BackOff()
            while !stopping.isSet {
                await round(stopping, &rest)
                await stopping.wait(seconds: 1)
            }
            await recordLast()
        } onCancelOrGracefulShutdown: {
            stopping.set()
        }
    }

    private func round(_ stopping: StopFlag, _ rest: inout BackOff) async {
        do {
            let summary = try await drain(until: stopping, patience: .zero)
            rest.worked()
            if summary != SendSummary() {
                installation.logger.info(
                    "\(counted(summary.sent, "mail")) sent, \(summary.deferred) deferred, \(summary.failed) failed")
            }
            for (problem, count) in summary.problems { installation.logger.warning("\(count) × \(problem)") }
        } catch {
            // The mail server or the database is away: the ledger keeps everything, so it is enough to try again.
            installation.logger.error("sender: \(error)")
            let refusal = (error as? RelayRefusal)?.rest(at: installation.clock.now) ?? 0
            await stopping.wait(seconds: rest.seconds(after: error, relays: max(pool.rest, refusal)))
        }
    }

    /// What is not recorded when the process ends is sent again by the next.
    private func recordLast() async {
        let count = await recorder.unrecorded
        guard count > 0 else { return }
        installation.logger.warning(
            "stopping, and waiting for the database to record the results of \(counted(count, "mail"))")
        // Also where the task is cancelled, since another service has failed.
        let last = Task { try await recorder.flush(patience: Self.stopPatience) }
        do {
            try await last.value
        } catch {
            let left = await recorder.unrecorded
            installation.logger.error(
                "the results of \(counted(left, "mail")) are not recorded, so they are sent again: \(error)")
        }
    }

    /// Sends everything that is due now.
    ///
    /// - Throws: `TransportError` when no mail server can be reached, ``RelayRefusal`` when they refuse everyone,
    ///   `StoreError` when the database fails. What was not sent stays in the ledger, what was sent is recorded.
    public func drain() async throws -> SendSummary {
        try await drain(until: StopFlag(), patience: patience)
    }

    private func drain(until stopping: StopFlag, patience: Duration) async throws -> SendSummary {
        let claimant = Claimant.current.description
        // What an earlier round could not record comes first, before anything is claimed.
        try await recorder.flush()
        try await InstanceGuard(installation).check()
        try await failover.settle(recorder)
        let keeping = try await heartbeat.keep()
        defer { keeping.cancel() }
        try await takeOverLeftClaims()
        try await memory.load(into: relays)
        let queue = DeliveryQueue(
            installation, claimant: claimant, recorder: recorder, batch: installation.settings.smtpConnections * 32,
            limiter: limiter.current)
        let replies = try await ReplyHandler(
            installation, recorder: recorder, relays: pool.names, chance: chance)
        var failure = await sendAll(from: queue, to: replies, until: stopping)
        while failure == nil, !stopping.isSet, await queue.hasLeftover {
            failure = await sendAll(from: queue, to: replies, until: stopping)
        }
        await memory.flush()
        // Each of these is done whatever became of the others: what was sent must not be forgotten.
        for work in [
            { try await replies.close() }, { try await recorder.flush(patience: patience) },
            { try await replies.conclude() },
        ] {
            do { try await work() } catch { failure = failure ?? error }
        }
        let end = await queue.close()
        limiter.keep(end.limiter)
        if let failure = failure ?? end.failure { throw failure }
        return await replies.summary
    }

    /// Runs the workers. The first that cannot go on stops the others after their messages.
    private func sendAll(
        from queue: DeliveryQueue, to replies: ReplyHandler, until stopping: StopFlag
    ) async -> (any Error)? {
        let driver = SMTPDriver()
        let telling = Task {
            while !Task.isCancelled {
                onProgress(await replies.summary)
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        defer { telling.cancel() }
        return await withTaskGroup(of: (any Error)?.self) { group in
            for _ in 0..<installation.settings.smtpConnections {
                let link = PooledConnection(
                    pool: pool, driver: driver,
                    messagesPerConnection: installation.settings.smtpMessagesPerConnection)
                let worker = ConnectionWorker(
                    queue: queue, link: link, replies: replies, pool: pool, clock: installation.clock,
                    driver: driver)
                group.addTask {
                    do {
                        try await worker.run { !stopping.isSet }
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

    /// Claims of processes that are known to be gone need not be waited for, and those of this one that no worker holds are
    /// left from a round that could not give them back.
    private func takeOverLeftClaims() async throws {
        let ledger = installation.database.ledger
        for claimant in try await ledger.claimants() {
            if claimant == Claimant.current.description {
                let count = try await ledger.takeBack(claimant: claimant, at: installation.clock.now)
                if count > 0 { installation.logger.notice("taking back \(counted(count, "mail")) of an earlier round") }
            } else if try await heartbeat.isGone(claimant) {
                let count = try await ledger.lapse(claimant: claimant, at: installation.clock.now)
                installation.logger.notice("taking over \(counted(count, "mail")) of a sender that is gone")
            }
        }
    }
}

/// The limits' memory between rounds.
private final class SendMemory: Sendable {
    private let limiter: Mutex<RateLimiter>

    init(_ limiter: RateLimiter) { self.limiter = Mutex(limiter) }

    var current: RateLimiter { limiter.withLock { $0 } }
    func keep(_ new: RateLimiter) { limiter.withLock { $0 = new } }
}
