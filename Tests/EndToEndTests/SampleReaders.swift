import Foundation
import Mail
import Store

/// Many active subscribers at once, written straight into the program's database.
enum SampleReaders {
    static func add(_ count: Int, to program: Program) async throws {
        let database = try Database(url: program.place.url)
        let now = Date.now
        for number in 1...count {
            let reader = NewSubscriber(
                address: try Address("reader\(number)@example.org"), state: .active,
                schedule: DeliverySchedule(timeZone: .gmt, minute: 420), maxPapers: 20, lastSeq: 0)
            _ = try await database.subscribers.add(
                reader, consent: Consent(event: "subscribed", source: "test", addressHash: "\(number)", at: now))
        }
    }
}
