import Foundation
import Store

extension SubscriptionService {
    /// The longest pause that ends by itself, in days.
    public static let longestPause = 366

    /// When a pause until a day ends: as that day begins, in the subscriber's zone.
    ///
    /// - Parameter day: `2026-12-07`.
    /// - Throws: ``ServiceRefusal`` for a text that is no day, and for one that is not ahead or too far ahead.
    public func endOfPause(_ day: String, for schedule: DeliverySchedule) throws -> Date {
        guard let end = schedule.start(ofDay: day) else {
            throw ServiceRefusal(description: "“\(day)” is not a day; write one such as \(schedule.slot(of: now))")
        }
        guard end > now else {
            throw ServiceRefusal(description: "\(day) is not in the future; choose a day after today")
        }
        guard end <= now.addingTimeInterval(Double(Self.longestPause) * 86_400) else {
            throw ServiceRefusal(
                description: "\(day) is more than a year away; leave out the day to pause without an end")
        }
        return end
    }

    /// Stops somebody's digests.
    ///
    /// - Parameter end: when they go on by themselves; nil until they are resumed.
    /// - Returns: nil where there is nothing to pause.
    public func pause(_ subscriber: Subscriber, until end: Date? = nil, source: String) async throws -> Subscriber? {
        try await store.pause(
            id: subscriber.id, until: end, consent: consent("paused", source, subscriber.address, at: now))
    }

    /// Resumes a paused subscription; the papers of the pause are passed over, but for those a new subscriber would get.
    public func resume(_ subscriber: Subscriber, source: String) async throws -> Subscriber? {
        let now = now
        return try await store.resume(
            id: subscriber.id, lastSeq: try await startSeq(now),
            consent: consent("resumed", source, subscriber.address, at: now))
    }

    /// Resumes those whose pause has ended.
    ///
    /// - Returns: how many there were.
    public func resumeThoseWhosePauseIsOver() async throws -> Int {
        let now = now
        var count = 0
        var over = try await store.pauseOver(at: now, limit: 500)
        while !over.isEmpty {
            let start = try await startSeq(now)
            for subscriber in over {
                let resumed = try await store.resume(
                    id: subscriber.id, byItself: true, lastSeq: start,
                    consent: consent("resumed", "end of pause", subscriber.address, at: now))
                if resumed != nil { count += 1 }
            }
            over = try await store.pauseOver(at: now, limit: 500)
        }
        return count
    }
}
