import Foundation
import Mail
import Store

/// Many active subscribers at once, written straight into the program's database.
enum SampleReaders {
    /// Minutes after midnight UTC at which they are sent their mail.
    private static let minute = 420

    /// Shortly after the next time that they are due, whatever the hour is now: by the program's real clock a test of the
    /// early night would otherwise come too late for yesterday's mail.
    static var morning: Date {
        let day: TimeInterval = 86_400
        // Who is added meanwhile must be in time for it.
        let earliest = Date.now.addingTimeInterval(3600).timeIntervalSince1970
        let due = TimeInterval(minute * 60)
        return Date(timeIntervalSince1970: ((earliest - due) / day).rounded(.up) * day + due + 300)
    }

    static func add(_ count: Int, to program: Program) async throws {
        let database = try Database(url: program.place.url)
        let now = Date.now
        for number in 1...count {
            let reader = NewSubscriber(
                address: try Address("reader\(number)@example.org"), state: .active,
                schedule: DeliverySchedule(timeZone: .utc, minute: minute), maxPapers: 20, lastSeq: 0)
            _ = try await database.subscribers.add(
                reader, consent: Consent(event: "subscribed", source: "test", addressHash: "\(number)", at: now))
        }
    }
}
