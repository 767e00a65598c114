import Foundation
import Mail
import Papers
import TestSupport
import Testing

@testable import Store

/// A new database for one test, gone when the test is done.
final class TestDatabase: Sendable {
    let folder: URL
    let place: TestPlace
    let database: Database

    static let start = Date(timeIntervalSince1970: 1_763_625_600)  // 2025-11-20T08:00:00Z

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        place = try await TestPlace.migrated(in: folder)
        database = try Database(url: place.url)
        try await database.migrate(now: Self.start)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Adds an active subscriber whose digest comes at 07:00 UTC.
    func subscriber(_ email: String, interests: Interests = Interests(), at now: Date = start) async throws
        -> Subscriber
    {
        let new = NewSubscriber(
            address: try Address(email), state: .active,
            schedule: DeliverySchedule(timeZone: .utc, minute: 7 * 60), maxPapers: 10, interests: interests, lastSeq: 0)
        return try #require(try await database.subscribers.add(new, consent: consent("subscribed", at: now)))
    }

    func consent(_ event: String, at now: Date = start) -> Consent {
        Consent(event: event, source: "test", addressHash: "hash", at: now)
    }

    /// Writes a digest that is due now for a subscriber, as the scheduler would.
    func digest(for subscriber: Subscriber, slot: String, seqs: [Int64], at now: Date) async throws -> Int {
        let contents = DigestContents(items: seqs.map { DigestItem(seq: $0, topics: ["a"]) }, more: 0)
        return try await database.ledger.schedule(
            [
                ScheduledDigest(
                    subscriber: subscriber, slot: slot, contents: contents,
                    nextDigestAt: subscriber.schedule.next(after: now), lastSeq: seqs.max() ?? 0,
                    expiresAt: now.addingTimeInterval(86_400))
            ], at: now)
    }
}

func entry(_ id: String, _ title: String = "A title") throws -> Entry {
    Entry(id: try #require(PaperID(parsing: id)), title: title)
}
