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
        // log2(1 + 3) + log2(1 + 150 / 10) / 4 = 3
        #expect(try score(paper(3, votes: 3, stars: 150)) == 2.5)
        #expect(try score(paper(3, votes: 2, stars: 1159)) < score(paper(3, votes: 40)))
        #expect(try score(paper(3, votes: 6, comments: 9)) == 3)
        #expect(try score(paper(3, votes: 6, comments: 9), hoursOld: 48) == 1.5)
        #expect(try score(paper(3), match: 1) == 2)
        #expect(try score(paper(3, votes: -5), hoursOld: -5) == 1)
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
