import Foundation
import Store

/// Gathers what became of messages and records it: while one transaction waits for the disk, the next gathers.
///
/// What is gathered but not yet on disk would be sent again after a crash, so it is never more than one transaction's worth.
actor ResultRecorder {
    private let ledger: DeliveryLedger
    private let claimant: String
    private let score: BounceScore
    private var waiting: [DeliveryResult] = []
    private var writer: Task<Void, Never>?
    private var failure: (any Error)?

    /// How many results may wait before the connections wait too.
    private static let limit = 64
    /// Fewer are given a moment to become more: a transaction costs the same for one and for many. Whoever waits for them
    /// is not kept waiting.
    private static let worthwhile = 32
    private static let moments: [Duration] = [.milliseconds(1), .milliseconds(2), .milliseconds(4)]
    private var isAwaited = false
    /// Before each further try to record what is left at the end.
    private static let pauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8)]

    init(ledger: DeliveryLedger, claimant: String, score: BounceScore) {
        self.ledger = ledger
        self.claimant = claimant
        self.score = score
    }

    /// Queues a result. Returns at once unless the disk is far behind.
    ///
    /// - Throws: `StoreError` of an earlier write, so that a sender that cannot record stops sending.
    func add(_ result: DeliveryResult) async throws {
        waiting.append(result)
        if let failure { throw failure }
        if writer == nil { writer = Task { await write() } }
        if waiting.count >= Self.limit { await writer?.value }
    }

    /// Returns when everything queued is on disk.
    func flush() async throws {
        isAwaited = true
        defer { isAwaited = false }
        while let writer { await writer.value }
        // The reason may have gone, and what is forgotten is sent again: nothing is for want of another try, and a database
        // server that restarts is waited for.
        for pause in Self.pauses where !waiting.isEmpty {
            if let error = failure as? StoreError, error.kind == .unreachable || error.kind == .busy {
                try? await Task.sleep(for: pause)
            } else if pause != Self.pauses.first {
                break
            }
            failure = nil
            await write()
            while let writer { await writer.value }
        }
        if let failure { throw failure }
    }

    /// One transaction; the next follows where more has come meanwhile.
    private func write() async {
        for moment in Self.moments where waiting.count < Self.worthwhile && !isAwaited {
            try? await Task.sleep(for: moment)
        }
        let batch = waiting
        waiting = []
        do {
            try await ledger.record(batch, by: claimant, score: score)
        } catch {
            waiting = batch + waiting
            failure = error
        }
        writer = waiting.isEmpty || failure != nil ? nil : Task { await write() }
    }
}
