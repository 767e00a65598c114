import Foundation

/// Total orders over sightings, so that a merge never depends on how they arrived.
enum SightingOrder {
    static func ranked(_ sightings: [Sighting]) -> [Sighting] {
        sightings.sorted { left, right in
            if left.trust != right.trust { return left.trust < right.trust }
            return isBefore(left, right)
        }
    }

    static func newestFirst(_ ranked: [Sighting]) -> [Sighting] {
        ranked.sorted { left, right in
            if left.seenAt != right.seenAt { return left.seenAt > right.seenAt }
            if left.trust != right.trust { return left.trust < right.trust }
            return isBefore(left, right)
        }
    }

    private static func isBefore(_ left: Sighting, _ right: Sighting) -> Bool {
        if left.seenAt != right.seenAt { return left.seenAt > right.seenAt }
        if left.feed != right.feed { return left.feed < right.feed }
        return left.entry != right.entry && canonical(left.entry) < canonical(right.entry)
    }

    /// Decides only between two entries that one feed gave at one moment.
    private static func canonical(_ entry: Entry) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(entry)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
