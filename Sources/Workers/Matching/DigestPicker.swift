import Digests
import Foundation
import Store

/// Chooses and orders the papers of digests, by `Ranking`.
struct DigestPicker: Sendable {
    private let matcher: Matcher
    private let ranking: Ranking
    private let now: Date

    /// The most papers beyond a reader's topics.
    private static let beyondTopics = 3

    /// Likings that are told why: half a standard deviation above the mail's mean.
    private static let toldLiking = 0.5

    init(_ matcher: Matcher, now: Date) {
        self.matcher = matcher
        self.now = now
        let compared = matcher.papers.indices.map { (matcher.papers[$0].paper, matcher.field(of: $0)) }
        ranking = Ranking(now: now, popularity: Popularity(compared))
    }

    /// What is new to a reader.
    func contents(
        for reader: Subscriber, after seq: Int64? = nil, had: Set<Int64>, _ affinities: Affinities?
    ) -> DigestContents? {
        let start = seq ?? reader.lastSeq
        let candidates = matcher.candidates(for: reader.interests, after: start, had: had)
        let beyond =
            reader.seesBeyond ? matcher.beyond(candidates, for: reader.interests, after: start, had: had) : []
        let taste = Taste(affinities: affinities, interval: reader.schedule.interval(at: now))
        return contents(of: candidates, limit: reader.maxPapers, taste, beyond: beyond)
    }

    /// The best of a reader's candidates, at most `limit`, by group; nil where there is none.
    ///
    /// - Parameters:
    ///   - beyond: what else is new to the reader, of which the few that trend stand at the end.
    private func contents(
        of candidates: [Candidate], limit: Int, _ taste: Taste, beyond: [Candidate]
    ) -> DigestContents? {
        guard !candidates.isEmpty else { return nil }
        let ordered = order(candidates, taste)
        let kept = Self.grouped(Self.picked(ordered, limit: max(1, limit)).map { ($0, isPinned($0)) })
        let items = kept.map { candidate in
            var item = candidate.item
            let terms = matcher.terms(of: candidate)
            item.terms = terms.isEmpty ? nil : terms
            let followed = matcher.followed(candidate)
            item.followed = followed.isEmpty ? nil : followed
            if let liking = candidate.liking, liking >= Self.toldLiking,
                let reason = taste.affinities?.reason(candidate.index)
            {
                item.because = reason.title
                item.isOfLibrary = reason.isOfLibrary ? true : nil
                item.alike = reason.terms.isEmpty ? nil : reason.terms
                item.author = reason.author
            }
            return item
        }
        return DigestContents(items: items + trending(among: beyond, taste), more: ordered.count - kept.count)
    }

    /// What one reader brings to the order of papers.
    struct Taste: Sendable {
        /// Nil for a reader without marks.
        var affinities: Affinities?
        /// Seconds of a paper's age that do not count, see `DeliverySchedule/interval(at:)`.
        var interval: TimeInterval
    }

    /// The best first, each with how much it is liked against the others.
    func order(_ candidates: [Candidate], _ taste: Taste) -> [Candidate] {
        var candidates = candidates
        if let affinities = taste.affinities {
            let likings = Liking.standardised(candidates.map { affinities.liking($0.index) })
            for (place, liking) in likings.enumerated() { candidates[place].liking = liking }
        }
        return candidates.map { (rank: rank(of: $0, taste.interval), candidate: $0) }.sorted { $0.rank < $1.rank }
            .map(\.candidate)
    }

    private func rank(of candidate: Candidate, _ interval: TimeInterval) -> Rank {
        let stored = matcher.papers[candidate.index]
        return ranking.rank(
            of: stored.paper, seq: stored.seq, field: matcher.field(of: candidate.index),
            surfacedAt: stored.surfacedAt, match: candidate.match, liking: candidate.liking, interval: interval)
    }

    /// The few papers that got more notice than is usual in their field.
    private func trending(among beyond: [Candidate], _ taste: Taste) -> [DigestItem] {
        let noticed = beyond.filter { candidate in
            let paper = matcher.papers[candidate.index].paper
            return ranking.popularity(of: paper, field: matcher.field(of: candidate.index)) > 1
        }
        return order(noticed, taste).prefix(Self.beyondTopics).map { candidate in
            var item = candidate.item
            item.isBeyond = true
            return item
        }
    }

    /// The first that fit, in their order; whom the reader follows is passed over for nobody else's paper, not even one that
    /// an editor pinned.
    private static func picked(_ ordered: [Candidate], limit: Int) -> [Candidate] {
        guard ordered.count > limit else { return ordered }
        var others = limit - min(limit, ordered.count { !$0.followed.isEmpty })
        return Array(
            ordered.filter { candidate in
                guard candidate.followed.isEmpty else { return true }
                others -= 1
                return others >= 0
            }.prefix(limit))
    }

    private func isPinned(_ candidate: Candidate) -> Bool { matcher.papers[candidate.index].paper.pin != nil }

    /// What stands under one heading.
    private enum Group: Hashable {
        case topic(String)
        /// Neither topic nor filter asked for them.
        case followed
        /// The reader's own filters, or nothing in particular.
        case others

        init(_ candidate: Candidate) {
            self =
                candidate.item.group.map(Group.topic)
                ?? (candidate.followed.isEmpty || !candidate.item.filters.isEmpty ? .others : .followed)
        }
    }

    /// Pinned papers first, then each group as one block, where its best paper would stand.
    private static func grouped(_ ranked: [(candidate: Candidate, isPinned: Bool)]) -> [Candidate] {
        var blocks: [Group: [Candidate]] = [:]
        var order: [Group] = []
        for (candidate, isPinned) in ranked where !isPinned {
            let group = Group(candidate)
            if blocks[group] == nil { order.append(group) }
            blocks[group, default: []].append(candidate)
        }
        return ranked.filter(\.isPinned).map(\.candidate) + order.flatMap { blocks[$0] ?? [] }
    }
}
