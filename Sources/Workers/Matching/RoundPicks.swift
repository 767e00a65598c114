import Core
import Foundation
import Store

/// The digests of one round. Readers who ask for the same, and had and marked nothing, get the same: it is chosen once.
struct RoundPicks {
    private struct Wish: Hashable, Sendable {
        let interests: Interests
        let lastSeq: Int64
        let maxPapers: Int
        let seesBeyond: Bool
        /// Those who read once a week are not told of its days apart.
        let interval: TimeInterval
    }

    private let picker: DigestPicker
    private let now: Date
    /// Where readers have interests of their own, memory must not grow with their number.
    private let chosen = BoundedCache<Wish, DigestContents?>(most: 5000)

    init(_ matcher: Matcher, now: Date) {
        picker = DigestPicker(matcher, now: now)
        self.now = now
    }

    /// What is new to a reader; nil where nothing is.
    ///
    /// - Parameters:
    ///   - had: papers that the reader has had.
    ///   - affinities: the reader's, where they marked papers.
    func contents(for reader: Subscriber, had: Set<Int64>, _ affinities: Affinities?) -> DigestContents? {
        guard had.isEmpty, affinities == nil else { return picker.contents(for: reader, had: had, affinities) }
        let wish = Wish(
            interests: reader.interests, lastSeq: reader.lastSeq, maxPapers: reader.maxPapers,
            seesBeyond: reader.seesBeyond, interval: reader.schedule.interval(at: now))
        return chosen.value(for: wish) { picker.contents(for: reader, had: had, nil) }
    }
}
