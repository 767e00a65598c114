import Foundation
import Papers
import Testing

@testable import Digests

@Suite("Ranking")
struct RankingTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func paper(_ number: Int, votes: Int = 0, comments: Int = 0, stars: Int? = nil, isPinned: Bool = false)
        throws -> Paper
    {
        try DigestsTests.paper(number) {
            $0.upvotes = votes
            $0.comments = comments
            $0.stars = stars
            $0.pin = isPinned ? EditorPin(pinnedAt: now) : nil
        }
    }

    /// One field whose papers have four votes' popularity on average: log2(1 + 3) = 2.
    private func usualIsThreeVotes() throws -> Popularity {
        Popularity([(try paper(1, votes: 3), nil), (try paper(2, votes: 3), nil)])
    }

    @Test("the score is as documented: popularity against the usual, halved every two days")
    func score() throws {
        let ranking = Ranking(now: now, popularity: try usualIsThreeVotes())
        func score(_ paper: Paper, hoursOld: Double = 0, match: Double = 0) -> Double {
            ranking.score(
                of: paper, field: nil, surfacedAt: now.addingTimeInterval(-hoursOld * 3600), match: match)
        }
        #expect(try score(paper(3)) == 1)
        #expect(try score(paper(3, votes: 3)) == 2)
        // log2(1 + 3) + log2(1 + 150 / 10) / 8 = 2.5
        #expect(try score(paper(3, votes: 3, stars: 150)) == 2.25)
        #expect(try score(paper(3, votes: 2, stars: 1159)) < score(paper(3, votes: 40)))
        #expect(try score(paper(3, votes: 6, comments: 9)) == 3)
        #expect(try score(paper(3, votes: 6, comments: 9), hoursOld: 48) == 1.5)
        #expect(try score(paper(3), match: 1) == 2)
        #expect(try score(paper(3, votes: -5), hoursOld: -5) == 1)
    }

    @Test(
        "stars of an old repository never count for more than the step from some votes to twice as many",
        arguments: [0, 50, 5000, 5_000_000])
    func stars(count: Int) throws {
        let ranking = Ranking(now: now, popularity: try usualIsThreeVotes())
        func score(votes: Int, stars: Int) throws -> Double {
            ranking.score(of: try paper(3, votes: votes, stars: stars), field: nil, surfacedAt: now)
        }
        #expect(try score(votes: 8, stars: count) < score(votes: 43, stars: 0))
        #expect(try score(votes: 8, stars: count) <= score(votes: 17, stars: 0))
        #expect(try score(votes: 8, stars: count) >= score(votes: 8, stars: 0))
    }

    @Test("age counts only beyond the reader's own interval")
    func interval() throws {
        let ranking = Ranking(now: now, popularity: try usualIsThreeVotes())
        func score(daysOld: Double) throws -> Double {
            ranking.score(
                of: try paper(3, votes: 3), field: nil, surfacedAt: now.addingTimeInterval(-daysOld * 86_400),
                interval: 7 * 86_400)
        }
        #expect(try [0, 1, 6.9, 7].map(score(daysOld:)) == [2, 2, 2, 2])
        #expect(try score(daysOld: 9) == 1)
    }

    @Test("no number of votes stands against a liking, and among papers liked alike more votes still come first")
    func votesAgainstLikings() throws {
        let ranking = Ranking(now: now, popularity: try usualIsThreeVotes())
        func score(votes: Int, liking: Double?) throws -> Double {
            ranking.score(of: try paper(3, votes: votes), field: nil, surfacedAt: now, liking: liking)
        }
        #expect(try score(votes: 0, liking: 1) > score(votes: 100_000, liking: 0))
        #expect(try score(votes: 90, liking: 1) > score(votes: 3, liking: 1))
        #expect(try score(votes: 90, liking: nil) - score(votes: 3, liking: nil) > 2)
    }

    @Test("a liking does not grow old")
    func likingsLast() throws {
        let ranking = Ranking(now: now, popularity: try usualIsThreeVotes())
        let old = ranking.score(
            of: try paper(3, votes: 3), field: nil, surfacedAt: now.addingTimeInterval(-60 * 86_400), liking: 2)
        #expect(abs(old - 2) < 0.001)
    }

    @Test(
        "likings are told apart within a mail, however small they are, and chance is not",
        arguments: [
            ([], []), ([0.3], [0]), ([0.2, 0.2, 0.2], [0, 0, 0]), ([0.1, 0.3], [-1, 1]), ([0, 0.04], [-1, 1]),
            ([0.001, 0.005], [-0.1, 0.1]),
            (Array(repeating: 0.0, count: 99) + [1], Array(repeating: -0.1005, count: 99) + [3]),
        ] as [([Double], [Double])])
    func standardised(likings: [Double], expected: [Double]) {
        let found = Liking.standardised(likings)
        #expect(found.count == expected.count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 0.0001 })
    }

    @Test("a few votes in a small field weigh as much as many in a large one")
    func fields() throws {
        let large = try (1...60).map { (try paper($0, votes: 100), String?.some("vision")) }
        let small = try (61...120).map { (try paper($0, votes: 3), String?.some("ecology")) }
        let popularity = Popularity(large + small)
        let inSmall = popularity.relative(of: try paper(200, votes: 12), field: "ecology")
        let inLarge = popularity.relative(of: try paper(200, votes: 12), field: "vision")
        #expect(inSmall > 1.3)
        #expect(inLarge < 0.7)
        // The leader of the small field stands before what is usual in the large one.
        #expect(inSmall > popularity.relative(of: try paper(201, votes: 100), field: "vision"))
    }

    @Test("a field of one paper is compared with all papers, not with itself")
    func loneField() throws {
        let papers = try (1...50).map { (try paper($0, votes: 3), String?.some("vision")) }
        let lone = try paper(60, votes: 63)
        let popularity = Popularity(papers + [(lone, "odd")])
        #expect(popularity.relative(of: lone, field: "odd") > 2)
        #expect(Popularity([]).relative(of: lone, field: nil) == 6)
    }

    private func order(_ papers: [(paper: Paper, hoursOld: Double, match: Double)]) throws -> [Int] {
        let ranking = Ranking(now: now, popularity: try usualIsThreeVotes())
        return papers.indices.map { index in
            let (paper, hoursOld, match) = papers[index]
            let surfacedAt = now.addingTimeInterval(-hoursOld * 3600)
            return (
                ranking.rank(of: paper, seq: Int64(index), field: nil, surfacedAt: surfacedAt, match: match), index
            )
        }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    @Test("pinned before all, more popularity before less, fresh before old, a better match before a worse")
    func ranked() throws {
        let papers = [
            (paper: try paper(0, votes: 3), hoursOld: 1.0, match: 0.0), (try paper(1, votes: 90), 1, 0),
            (try paper(2, votes: 90), 120, 0), (try paper(3), 1, 0), (try paper(4), 2, 0),
            (try paper(5, isPinned: true), 300, 0), (try paper(6, votes: 3), 1, 0.5),
        ]
        #expect(try order(papers) == [5, 1, 6, 0, 3, 4, 2])
    }

    @Test("ties are broken by the first seen, whatever the order of arrival")
    func ties() throws {
        let ranking = Ranking(now: now, popularity: try usualIsThreeVotes())
        let ranks = try (1...8).map { ranking.rank(of: try paper($0), seq: Int64($0), field: nil, surfacedAt: now) }
        #expect(ranks.reversed().sorted().map(\.seq) == Array(1...8))
    }

    @Test(
        "a match counts more in the title than in the abstract, and more where it is rare",
        arguments: [
            (1, 100, true, 1.0), (1, 100, false, 0.5), (100, 100, true, 0.5), (10, 100, true, 0.75), (1, 1, true, 1),
        ])
    func strength(found: Int, papers: Int, inTitle: Bool, expected: Double) {
        #expect(abs(MatchStrength.of(found: found, among: papers, inTitle: inTitle) - expected) < 1e-9)
    }

    @Test("reasons name the topic or filter and the terms that were found, once")
    func reasons() throws {
        let words = PickReasons(try texts())
        #expect(words.topic("Robotics", terms: ["robot*", "\"arm\""]) == "Robotics (robot*, arm)")
        #expect(words.topic("Robotics", terms: ["a", "b", "c", "d"]) == "Robotics (a, b, c, …)")
        #expect(
            words.topic("Agents", terms: ["agent", "LLM agent", "LLM agents", "GUI"]) == "Agents (agent, GUI)")
        #expect(words.filter("protein folding", terms: ["protein", "folding"]) == "your filter “protein folding”")
        #expect(words.filter("a OR b", terms: ["b"]) == "your filter “a OR b” (b)")
    }
}
