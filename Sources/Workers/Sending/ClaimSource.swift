import Foundation
import Store

/// Hands claimed deliveries to the connections one by one, claiming more when none is left.
actor ClaimSource {
    private let installation: Installation
    private let claimant: String
    private let batch: Int
    private var composer: MessageComposer
    private var waiting: [ClaimedDelivery] = []
    private var isClosed = false

    /// A claim must outlast everything that is sent before it: a batch is small, and this is long.
    private static let lease: TimeInterval = 600

    init(_ installation: Installation, claimant: String, batch: Int, composer: MessageComposer) {
        self.installation = installation
        self.claimant = claimant
        self.batch = batch
        self.composer = composer
    }

    /// The next delivery with what composes it; nil when nothing is due any more, or the source was closed.
    func next() async throws -> (delivery: ClaimedDelivery, composer: MessageComposer)? {
        if waiting.isEmpty, !isClosed { try await claim() }
        guard !isClosed, let delivery = waiting.popLast() else { return nil }
        return (delivery, composer)
    }

    private func claim() async throws {
        let claimed = try await installation.database.ledger.claim(
            limit: batch, by: claimant, at: installation.clock.now, lease: Self.lease)
        do {
            composer.add(try await composer.missingPapers(of: claimed))
        } catch {
            try await installation.database.ledger.release(claimed.map(\.id), by: claimant, at: installation.clock.now)
            throw error
        }
        // Another connection may have claimed meanwhile: an actor is left at each await.
        waiting = claimed.reversed() + waiting
    }

    /// Ends the round: what was claimed and not handed out can be claimed again at once.
    func close() async throws {
        isClosed = true
        let unused = waiting.map(\.id)
        waiting = []
        try await installation.database.ledger.release(unused, by: claimant, at: installation.clock.now)
    }
}
