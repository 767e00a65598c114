import Foundation
import Logging
import Store
import Synchronization

/// Gathers what became of messages and records it: while one transaction waits for the disk, the next gathers.
///
/// What is gathered but not yet on disk would be sent again after a crash, so it is never more than one transaction's worth
/// while the database takes it. Where it does not, nothing more is sent and nothing is forgotten: it is recorded as soon as
/// the database takes it again, in whichever round that is.
actor ResultRecorder {
    private let ledger: DeliveryLedger
    private let claimant: String
    private let score: BounceScore
    private let logger: Logger
    private var waiting: [DeliveryResult] = []
    private var beingWritten = 0
    private var writer: Task<Void, Never>?
    private var failure: (any Error)? { didSet { fails.store(failure != nil, ordering: .relaxed) } }
    private let fails = Atomic(false)
    private var strangeFailures = 0
    private static let mostStrangeFailures = 5
    /// Nil where nothing that was recorded can vanish.
    private var recent: RecentResults?

    /// How many results may wait before the connections wait too.
    private static let limit = 64
    /// Fewer are given a moment to become more: a transaction costs the same for one and for many. Whoever waits for them
    /// is not kept waiting.
    private static let worthwhile = 32
    private static let moments: [Duration] = [.milliseconds(1), .milliseconds(2), .milliseconds(4)]
    private var isAwaited = false
    /// Before further tries to record what is left.
    private static let firstPause: Duration = .milliseconds(500)
    private static let longestPause: Duration = .seconds(4)

    /// - Parameter remembersSent: whether what was recorded may be lost with a server and is kept in mind for that.
    init(
        ledger: DeliveryLedger, claimant: String, score: BounceScore, logger: Logger, remembersSent: Bool = false
    ) {
        self.ledger = ledger
        self.claimant = claimant
        self.score = score
        self.logger = logger
        recent = remembersSent ? RecentResults() : nil
    }

    /// Queues a result. Returns at once unless the disk is far behind; where it fails, ``check()`` tells.
    func add(_ result: DeliveryResult) async {
        waiting.append(ledger.named(result))
        guard failure == nil else { return }
        if writer == nil { writer = Task { await write() } }
        if waiting.count >= Self.limit { await writer?.value }
    }

    /// Whether ``check()`` would throw: asked for each message, which is not worth waiting for this actor.
    nonisolated var isFailing: Bool { fails.load(ordering: .relaxed) }

    /// - Throws: why the last write failed, so that a sender that cannot record stops sending.
    func check() throws { if let failure { throw failure } }

    /// How many results are not yet on disk.
    var unrecorded: Int { waiting.count + beingWritten }

    /// Returns when everything queued is on disk.
    ///
    /// - Parameter patience: for how long it is tried again.
    /// - Throws: `StoreError`; what could not be recorded is kept.
    func flush(patience: Duration = .zero) async throws {
        isAwaited = true
        defer { isAwaited = false }
        while let writer { await writer.value }
        let end = ContinuousClock.now + patience
        var pause = Self.firstPause
        while !waiting.isEmpty {
            failure = nil
            await write()
            while let writer { await writer.value }
            guard failure != nil, !waiting.isEmpty, .now < end, !Task.isCancelled else { break }
            try? await Task.sleep(for: min(pause, ContinuousClock.now.duration(to: end)))
            pause = min(Self.longestPause, pause * 2)
        }
        if let failure, !waiting.isEmpty { throw failure }
        failure = nil
    }

    /// One transaction; the next follows where more has come meanwhile.
    private func write() async {
        for moment in Self.moments where waiting.count < Self.worthwhile && !isAwaited {
            try? await Task.sleep(for: moment)
        }
        let batch = waiting
        waiting = []
        beingWritten = batch.count
        do {
            try await record(batch)
        } catch {
            waiting = batch + waiting
            failure = error
        }
        beingWritten = 0
        writer = waiting.isEmpty || failure != nil ? nil : Task { await write() }
    }

    private func record(_ batch: [DeliveryResult]) async throws {
        do {
            try await ledger.record(batch, by: claimant, score: score)
            recent?.add(batch)
            strangeFailures = 0
        } catch let error as StoreError where error.isStrange {
            try await recordSingly(batch, error)
        }
    }

    /// One that can never be recorded must not keep the others from it: where others can be, or it was tried often enough,
    /// it is given up.
    private func recordSingly(_ batch: [DeliveryResult], _ error: StoreError) async throws {
        var refused: [(result: DeliveryResult, error: StoreError)] = []
        if batch.count == 1 {
            refused = [(batch[0], error)]
        } else {
            for result in batch {
                do {
                    try await ledger.record([result], by: claimant, score: score)
                    recent?.add([result])
                } catch let error as StoreError where error.isStrange {
                    refused.append((result, error))
                }
            }
        }
        strangeFailures += 1
        guard refused.count < batch.count || strangeFailures >= Self.mostStrangeFailures else { throw error }
        strangeFailures = 0
        for (result, error) in refused { logger.error("the result of mail \(result.id) is lost: \(error)") }
    }
}

/// What was sent in the last minutes, in case the server forgets it.
extension ResultRecorder {
    /// What became of a mail that was sent from here lately, by the nonce of its delivery.
    func sentLately(_ nonce: Int64) -> DeliveryResult? { recent?.result(nonce) }

    /// Records what was sent lately once more, after a fail-over.
    ///
    /// - Returns: how many mails the server did not know to be sent.
    func recordAgain() async throws -> Int { try await ledger.recordAgain(recent?.all ?? []) }
}

/// The mails that were sent in the last minutes: a standby that takes over may lag as far behind.
struct RecentResults {
    private var results: [Int64: DeliveryResult] = [:]
    private var order: [(nonce: Int64, at: Date)] = []
    private var start = 0

    private static let age: TimeInterval = 600
    private static let most = 50_000

    mutating func add(_ batch: [DeliveryResult]) {
        for result in batch where result.state == .sent {
            guard let nonce = result.nonce, results.updateValue(result, forKey: nonce) == nil else { continue }
            order.append((nonce, result.at))
        }
        guard let newest = batch.last?.at else { return }
        while start < order.count,
            order.count - start > Self.most || newest.timeIntervalSince(order[start].at) > Self.age
        {
            results[order[start].nonce] = nil
            start += 1
        }
        if start > Self.most {
            order.removeFirst(start)
            start = 0
        }
    }

    func result(_ nonce: Int64) -> DeliveryResult? { results[nonce] }

    var all: [DeliveryResult] { order[start...].compactMap { results[$0.nonce] } }
}

extension StoreError {
    /// Whether the fault may be in what is recorded and not in the place for it.
    fileprivate var isStrange: Bool { kind == .conflict || kind == .other }
}
