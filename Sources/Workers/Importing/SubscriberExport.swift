import Core
import Foundation
import Store

/// Writes everybody as a table that ``SubscriberImport`` reads back to the same: state, interests, schedule and dates.
public struct SubscriberExport: Sendable {
    private let installation: Installation

    public init(_ installation: Installation) { self.installation = installation }

    private static let columns: [ImportColumn] = [
        .email, .state, .topics, .filters, .authors, .timeZone, .time, .cadence, .weekday, .maxPapers, .language,
        .beyond,
        .pausedUntil, .createdAt, .confirmedAt,
    ]

    /// Gives the table piece by piece, as CSV (RFC 4180, UTF-8) with a header.
    public func csv(state: SubscriberState? = nil, _ write: (String) -> Void) async throws {
        write(CSVWriter.line(Self.columns.map(\.rawValue)))
        var last: Int64 = 0
        while case let page = try await installation.database.subscribers.list(state: state, after: last),
            let end = page.last
        {
            last = end.id
            write(page.map { CSVWriter.line(Self.cells($0)) }.joined())
        }
    }

    private static func cells(_ subscriber: Subscriber) -> [String] {
        [
            subscriber.address.description, subscriber.state.rawValue,
            subscriber.interests.topics.joined(separator: " "), subscriber.interests.filters.joined(separator: "\n"),
            subscriber.interests.authors.map(\.text).joined(separator: "\n"),
            subscriber.schedule.timeZone.identifier, subscriber.schedule.time, subscriber.schedule.cadence.rawValue,
            "\(subscriber.schedule.weekday)", "\(subscriber.maxPapers)", subscriber.language?.rawValue ?? "",
            "\(subscriber.seesBeyond)", subscriber.resumeDay ?? "", time(subscriber.createdAt),
            time(subscriber.confirmedAt),
        ]
    }

    private static func time(_ date: Date?) -> String {
        date?.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
            ?? ""
    }
}
