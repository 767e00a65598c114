import Foundation

/// What a feed says of how often it wants to be asked (RSS 2.0: `ttl`, `skipHours`, `skipDays`; all in GMT).
public struct RefreshHints: Hashable, Sendable {
    /// Seconds for which the document may be kept.
    public var timeToLive: TimeInterval?
    /// Hours of the day, 0 to 23, in which nothing changes.
    public var skippedHours: Set<Int> = []
    /// Days of the week on which nothing changes: 1 is Monday, 7 is Sunday (ISO 8601).
    public var skippedDays: Set<Int> = []

    public init() {}

    /// The first whole hour from `date` on, or `date` itself, at which the feed wants to be asked.
    public func allowed(from date: Date) -> Date {
        // A feed that skips everything is not taken at its word.
        guard skippedDays.count < 7, skippedHours.count < 24, !(skippedDays.isEmpty && skippedHours.isEmpty) else {
            return date
        }
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        var candidate = date
        for _ in 0..<(24 * 8) {
            let hour = calendar.component(.hour, from: candidate)
            // Calendar's weekday counts from Sunday.
            let day = (calendar.component(.weekday, from: candidate) + 5) % 7 + 1
            guard skippedHours.contains(hour) || skippedDays.contains(day) else { return candidate }
            candidate = Date(
                timeIntervalSince1970: (candidate.timeIntervalSince1970 / 3600).rounded(.down) * 3600 + 3600)
        }
        return date
    }
}

extension RefreshHints {
    private static let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// - Parameter channel: the `channel` element of an RSS document.
    init(_ channel: XMLElement) {
        timeToLive = channel.token(.rss("ttl")).flatMap { Double($0) }.flatMap {
            (1...44_640).contains($0) ? $0 * 60 : nil
        }
        let hours = channel[.rss("skiphours")]?.all(.rss("hour")) ?? []
        // Older feeds count from 1 to 24.
        skippedHours = Set(hours.compactMap { FieldText.token($0.text).flatMap { Int($0) } }.map { abs($0 % 24) })
        let names = channel[.rss("skipdays")]?.all(.rss("day")) ?? []
        skippedDays = Set(
            names.compactMap { FieldText.token($0.text) }
                .compactMap { name in Self.days.firstIndex(of: name.lowercased()).map { $0 + 1 } })
    }
}
