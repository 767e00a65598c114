import Foundation
import Papers
import Testing

@testable import Digests

@Suite("Ranking and selection")
struct SelectionTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private var ranking: DigestRanking { DigestRanking(now: now) }

    private func candidate(
        _ number: Int, votes: Int = 0, comments: Int = 0, hoursOld: Double = 1, reasons: [String] = ["Vision"]
    ) throws -> DigestCandidate {
        let paper = try paper(number) {
            $0.upvotes = votes
            $0.comments = comments
        }
        return DigestCandidate(
            paper: paper, seq: Int64(number), firstSeenAt: now.addingTimeInterval(-hoursOld * 3600), reasons: reasons)
    }

    private func order(_ candidates: [DigestCandidate], max: Int = 100) -> [Int64] {
        DigestSelection(from: candidates, interest: .matches, maxPapers: max, ranking: ranking).seqs
    }

    @Test("the score is as documented: votes by logarithm, halved every two days")
    func score() {
        #expect(ranking.score(upvotes: 0, comments: 0, firstSeenAt: now) == 1)
        #expect(ranking.score(upvotes: 6, comments: 1, firstSeenAt: now) == 4)
        #expect(ranking.score(upvotes: 6, comments: 1, firstSeenAt: now.addingTimeInterval(-48 * 3600)) == 2)
        #expect(ranking.score(upvotes: -5, comments: 0, firstSeenAt: now.addingTimeInterval(500)) == 1)
    }

    @Test("more votes stand before fewer, fresh before old")
    func ranked() throws {
        let candidates = [
            try candidate(1, votes: 3), try candidate(2, votes: 90), try candidate(3, votes: 20, comments: 30),
            try candidate(4, votes: 90, hoursOld: 120), try candidate(5, hoursOld: 2), try candidate(6, hoursOld: 1),
        ]
        #expect(order(candidates) == [2, 3, 1, 4, 6, 5])
    }

    @Test("ties are broken by votes and then by the first seen, whatever the order of arrival")
    func ties() throws {
        let tied = try (1...8).map { try candidate($0, votes: $0 % 2 == 0 ? 7 : 5, comments: $0 % 2 == 0 ? 0 : 2) }
        let expected: [Int64] = [2, 4, 6, 8, 1, 3, 5, 7]
        #expect(order(tied) == expected)
        #expect(order(tied.reversed()) == expected)
        #expect(order(Array(tied[3...] + tied[..<3])) == expected)
    }

    @Test("papers beyond the cap are counted", arguments: [(0, 0, 5), (2, 2, 3), (5, 5, 0), (9, 5, 0)])
    func cap(max: Int, kept: Int, more: Int) throws {
        let candidates = try (1...5).map { try candidate($0) }
        let selection = DigestSelection(from: candidates, interest: .matches, maxPapers: max, ranking: ranking)
        #expect(selection.picks.count == kept)
        #expect(selection.more == more)
    }

    @Test("a reader with topics gets only what matched, one without gets what trends")
    func interests() throws {
        let candidates = [try candidate(1, reasons: []), try candidate(2, reasons: ["Vision"])]
        let matching = DigestSelection(from: candidates, interest: .matches, maxPapers: 9, ranking: ranking)
        #expect(matching.seqs == [2])
        #expect(matching.picks.map(\.reasons) == [["Vision"]])
        let trending = DigestSelection(from: candidates, interest: .trending, maxPapers: 9, ranking: ranking)
        #expect(trending.seqs == [1, 2])
    }

    @Test("a paper that comes twice counts once, for all its reasons")
    func doubles() throws {
        let candidates = [try candidate(1, reasons: ["Vision"]), try candidate(1, reasons: ["Video", "Vision"])]
        let selection = DigestSelection(from: candidates, interest: .matches, maxPapers: 9, ranking: ranking)
        #expect(selection.picks.map(\.reasons) == [["Vision", "Video"]])
        #expect(selection.more == 0)
    }
}
