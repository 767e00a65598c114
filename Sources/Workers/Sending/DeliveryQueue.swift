import Foundation
import Store
import Synchronization

/// Hands claimed deliveries to the workers one by one, as fast as the limits allow, and claims more in time.
actor DeliveryQueue {
    /// A delivery with what composes it.
    struct Next: Sendable {
        let delivery: ClaimedDelivery
        let composer: MessageComposer
    }

    private let installation: Installation
    private let claimant: String
    private let recorder: ResultRecorder
    private let batch: Int
    private var limiter: RateLimiter
    private nonisolated let limiterCounts: Bool
    private var composer: MessageComposer
    private var waiting: [ClaimedDelivery] = []
    /// Subscribers with several mails in this round: these go one after the other, since a welcome says that papers follow it.
    private var withSeveral: Set<Int64> = []
    /// Those of them who are being sent one.
    private var underWay: Set<Int64> = []
    /// Workers for whom there is nothing but further mails to these.
    private var held: [CheckedContinuation<Void, Never>] = []
    private nonisolated let anyHasSeveral = Atomic(false)
    private var claiming: Task<Void, any Error>?
    private var isClosed = false
    private var cameEmpty = false
    /// How often the server had failed over when the round began.
    private let failovers: Int
    /// The limits ask for more patience than a round has.
    private var holdsOff = false

    /// A claim must outlast everything that is sent before it: a batch is small, and this is long. To it comes the time
    /// that a relay may keep us waiting at the end of a message, which nobody else may begin to send meanwhile.
    private static let lease: TimeInterval = 600
    /// Where the limits ask for a longer wait, claims are given back meanwhile.
    private static let patience: TimeInterval = 30
    /// How often it is looked whether a domain is free again.
    private static let pause: TimeInterval = 0.02

    init(_ installation: Installation, claimant: String, recorder: ResultRecorder, batch: Int, limiter: RateLimiter) {
        self.installation = installation
        self.claimant = claimant
        self.recorder = recorder
        failovers = installation.database.failovers
        self.batch = batch
        self.limiter = limiter
        limiterCounts = limiter.counts
        composer = MessageComposer(installation)
    }

    /// - Returns: nil when nothing is due any more, the limits ask for a long wait, or the source was stopped.
    /// - Throws: `StoreError`, also where what was sent cannot be recorded.
    func next() async throws -> Next? {
        while !isClosed {
            if recorder.isFailing { try await recorder.check() }
            guard try await fill() else { return nil }
            guard !waiting.isEmpty, !isClosed else { continue }
            // From here to the taking nothing is waited for: another worker could take what was promised to this one.
            let now = installation.clock.now
            if case .at(let date) = limiter.admits(at: now) {
                guard try await wait(until: date, from: now) else { return nil }
                continue
            }
            if let index = waiting.lastIndex(where: { mayGo($0, at: now) }) {
                let delivery = waiting.remove(at: index)
                if withSeveral.contains(delivery.subscriber.id) { underWay.insert(delivery.subscriber.id) }
                limiter.take(delivery.domain, at: now)
                return Next(delivery: delivery, composer: composer)
            }
            if let opening = opening(now) {
                guard try await wait(until: opening, from: now) else { return nil }
            } else {
                await withCheckedContinuation { held.append($0) }
            }
        }
        return nil
    }

    private func mayGo(_ delivery: ClaimedDelivery, at now: Date) -> Bool {
        limiter.admits(to: delivery.domain, at: now) == .now && !isHeld(delivery)
    }

    /// Whether another mail to the same subscriber is under way.
    private func isHeld(_ delivery: ClaimedDelivery) -> Bool {
        !underWay.isEmpty && underWay.contains(delivery.subscriber.id)
    }

    /// When the limits let the first of the waiting go; nil where all wait for other mails to the same subscribers.
    private func opening(_ now: Date) -> Date? {
        waiting.filter { !isHeld($0) }.map { delivery in
            switch limiter.admits(to: delivery.domain, at: now) {
            case .at(let date): date
            case .now, .onReturn: now.addingTimeInterval(Self.pause)
            }
        }.min()
    }

    private func wait(until date: Date, from now: Date) async throws -> Bool {
        let seconds = date.timeIntervalSince(now)
        guard seconds <= Self.patience else {
            holdsOff = true
            return false
        }
        try await installation.clock.sleep(for: max(seconds, 0.001))
        return true
    }

    /// Sees to it that something waits, and claims more before the last has gone.
    ///
    /// - Returns: false when nothing is due.
    private func fill() async throws -> Bool {
        // To claim takes about as long as to send half a batch.
        if waiting.count <= batch * 3 / 4, claiming == nil, !cameEmpty { claiming = Task { try await claim() } }
        guard waiting.isEmpty else { return true }
        try await claiming?.value
        return !waiting.isEmpty || !cameEmpty
    }

    private func claim() async throws {
        defer { claiming = nil }
        let ledger = installation.database.ledger
        let claimed = try await ledger.claim(
            limit: batch, by: claimant, at: installation.clock.now,
            lease: Self.lease + 2 * Double(installation.settings.smtpTimeout))
        guard installation.database.failovers == failovers else {
            // What was recorded last may have vanished, and is recorded again before anything is sent: in the next round.
            try await ledger.release(claimed.map(\.id), by: claimant, at: installation.clock.now)
            throw FailedOver()
        }
        let due = await unsent(claimed)
        do {
            composer.add(try await composer.missingPapers(of: due))
        } catch {
            try await ledger.release(due.map(\.id), by: claimant, at: installation.clock.now)
            throw error
        }
        cameEmpty = claimed.isEmpty
        noteSeveral(among: due)
        waiting = due.reversed() + waiting
    }

    private func noteSeveral(among due: [ClaimedDelivery]) {
        var seen = Set(waiting.map(\.subscriber.id))
        for delivery in due where !seen.insert(delivery.subscriber.id).inserted {
            withSeveral.insert(delivery.subscriber.id)
        }
        if !withSeveral.isEmpty { anyHasSeveral.store(true, ordering: .relaxed) }
    }

    /// Without those that were sent from here, which a server that took over has forgotten: that is recorded again.
    private func unsent(_ claimed: [ClaimedDelivery]) async -> [ClaimedDelivery] {
        guard installation.database.isShared else { return claimed }
        var unsent: [ClaimedDelivery] = []
        for delivery in claimed {
            guard let known = await recorder.sentLately(delivery.nonce) else {
                unsent.append(delivery)
                continue
            }
            await recorder.add(
                DeliveryResult(
                    id: delivery.id, state: .sent, reply: known.reply, messageID: known.messageID, at: known.at))
        }
        return unsent
    }

    /// A delivery is dealt with.
    nonisolated func returned(_ delivery: ClaimedDelivery) async {
        if limiterCounts || anyHasSeveral.load(ordering: .relaxed) { await isOver(delivery) }
    }

    private func isOver(_ delivery: ClaimedDelivery) {
        limiter.returned(delivery.domain)
        if underWay.remove(delivery.subscriber.id) != nil { letGo() }
    }

    private func letGo() {
        for continuation in held { continuation.resume() }
        held = []
    }

    /// A delivery was not handed to anybody: another worker has it, or a later round.
    func giveBack(_ delivery: ClaimedDelivery) {
        isOver(delivery)
        waiting.append(delivery)
    }

    /// Whether something was given back after the workers had found nothing more.
    var hasLeftover: Bool { !waiting.isEmpty && !isClosed && !holdsOff }

    /// Nothing more is handed out.
    func stop() {
        isClosed = true
        letGo()
    }

    /// Ends the round: what was claimed and not handed out can be claimed again at once.
    ///
    /// - Returns: what the limits remember, for the next round, and why the claims could not be given back: then the next
    ///   round takes them back.
    func close() async -> (limiter: RateLimiter, failure: (any Error)?) {
        stop()
        _ = await claiming?.result
        let unused = waiting.map(\.id)
        waiting = []
        do {
            try await installation.database.ledger.release(unused, by: claimant, at: installation.clock.now)
            return (limiter, nil)
        } catch {
            return (limiter, error)
        }
    }
}

/// The database's server was replaced while mails were sent.
struct FailedOver: Error, CustomStringConvertible {
    let description = "the database's server has failed over: what was sent last is recorded again first"
}

extension ClaimedDelivery {
    /// What the limits for one domain go by.
    fileprivate var domain: String { recipient.asciiDomain }
}
