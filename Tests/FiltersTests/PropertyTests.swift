import Papers
import TestTools
import Testing

@testable import Filters

@Suite("What holds for any filter")
struct PropertyTests {
    @Test("a printed filter parses to the same filter and prints the same", arguments: [1, 2, 3] as [UInt64])
    func printing(seed: UInt64) throws {
        var source = RandomFilters(random: SplitMix64(seed: seed))
        for _ in 0..<3_000 {
            let text = source.filter(depth: 4)
            let filter = try Filter(text)
            let again = try Filter(filter.description)
            #expect(again == filter, "\(text) → \(filter.description)")
            #expect(again.description == filter.description)
        }
    }

    @Test("a set answers as each filter alone on each paper", arguments: [11, 12] as [UInt64])
    func agreement(seed: UInt64) throws {
        var source = RandomFilters(random: SplitMix64(seed: seed))
        // More than one block of papers, and a last block that is not full.
        let papers = source.papers(290)
        let standings = source.standings(of: papers)
        let batch = PaperBatch(papers, standings: standings)
        let evaluators = papers.map { Evaluator(paper: PaperText($0, standings[$0.id] ?? PaperStanding())) }
        var set = FilterSet()
        let filters = try (0..<200).map { _ in try Filter(source.filter()) }
        let ids = filters.map { set.add($0) }
        let matches = set.matches(in: batch)
        for (filter, id) in zip(filters, ids) {
            let alone = papers.indices.filter { evaluators[$0].matches(filter.expression) }
            #expect(matches[id] == alone, "\(filter)")
            #expect(matches.count(of: id) == alone.count)
        }
    }

    @Test("a set that was added to and removed from answers like a new one")
    func churn() throws {
        var source = RandomFilters(random: SplitMix64(seed: 21))
        let batch = PaperBatch(source.papers(60))
        var set = FilterSet()
        var kept: [(filter: Filter, id: FilterID)] = []
        for _ in 0..<6_000 {
            if kept.count > 40 {
                let leaving = kept.remove(at: Int.random(in: kept.indices, using: &source.random))
                set.remove(leaving.id)
            }
            let filter = try Filter(source.filter())
            kept.append((filter, set.add(filter)))
        }
        var fresh = FilterSet()
        let freshIDs = kept.map { fresh.add($0.filter) }
        let matches = set.matches(in: batch)
        let expected = fresh.matches(in: batch)
        for ((filter, id), freshID) in zip(kept, freshIDs) { #expect(matches[id] == expected[freshID], "\(filter)") }
        #expect(set.count == fresh.count)
    }

    @Test("no text makes the parser crash or hang", arguments: [31, 32] as [UInt64])
    func anyText(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "(", ")", "\"", "“", "-", "–", "*", "=", ":", "title:", "author:", "cat:", "cs.", "OR ", "AND ", "NOT ",
            " ",
            "upvotes", ">=", "9999999999999999999", "since:", "2026-02-30", "id:", "a", "é", "机", "\u{301}", "\u{0}",
            "|",
            "https://", "👩‍👩‍👧", "\r\n", "'s", "C++",
        ]
        for _ in 0..<2_000 {
            let isBytes = random.chance(30)
            let length = Int.random(in: 0...60, using: &random)
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text =
                isBytes
                ? String(decoding: bytes, as: UTF8.self) : (0..<length).map { _ in random.pick(pieces) }.joined()
            do {
                let filter = try Filter(text)
                let again = try Filter(filter.description)
                #expect(again == filter, "\(text) → \(filter)")
            } catch {
                #expect((0...text.count).contains(error.offset) && !error.report.isEmpty, "\(text)")
            }
        }
    }
}
