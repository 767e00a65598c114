import Foundation

/// Total orders over sightings, so that a merge never depends on how they arrived.
enum SightingOrder {
    static func ranked(_ sightings: [Sighting]) -> [Sighting] {
        sorted(sightings) { left, right in
            // A notice says something of the paper and is not its text.
            if left.isNotice != right.isNotice { return right.isNotice }
            if left.sighting.trust != right.sighting.trust { return left.sighting.trust < right.sighting.trust }
            return left.isBefore(right)
        }
    }

    static func newestFirst(_ ranked: [Sighting]) -> [Sighting] {
        sorted(ranked) { left, right in
            if left.sighting.seenAt != right.sighting.seenAt { return left.sighting.seenAt > right.sighting.seenAt }
            if left.sighting.trust != right.sighting.trust { return left.sighting.trust < right.sighting.trust }
            return left.isBefore(right)
        }
    }

    private static func sorted(_ sightings: [Sighting], by order: (Candidate, Candidate) -> Bool) -> [Sighting] {
        sightings.count < 2 ? sightings : sightings.map(Candidate.init).sorted(by: order).map(\.sighting)
    }

    /// A sighting with what is compared, made when it is first asked for and once.
    private final class Candidate {
        let sighting: Sighting
        private lazy var key = sighting.entry.id.key
        private lazy var canonical = Self.text(of: sighting.entry)

        var isNotice: Bool { sighting.entry.announceType == .notice }

        init(_ sighting: Sighting) { self.sighting = sighting }

        func isBefore(_ other: Candidate) -> Bool {
            let (left, right) = (sighting, other.sighting)
            if left.seenAt != right.seenAt { return left.seenAt > right.seenAt }
            if left.feed != right.feed { return left.feed < right.feed }
            if left.entry.id != right.entry.id { return key < other.key }
            return left.entry != right.entry && canonical < other.canonical
        }

        /// Decides only between two entries of one identifier that one feed gave at one moment.
        private static func text(of entry: Entry) -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return (try? encoder.encode(entry)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
    }
}
