import Foundation
import Papers
import TestTools
import Testing

@testable import Filters

@Suite("The bloomFilter of papers")
struct BloomFilterTests {
    @Test("lets every paper pass that a filter matches", arguments: [31, 32, 33] as [UInt64])
    func sound(seed: UInt64) throws {
        var source = RandomFilters(random: SplitMix64(seed: seed))
        let papers = source.papers(120)
        let standings = source.standings(of: papers)
        let texts = papers.map { PaperText($0, standings[$0.id] ?? PaperStanding()) }
        let bloomFilters = papers.map { PaperBloomFilter($0).bits }
        var matched = 0
        for _ in 0..<300 {
            let filter = try Filter(source.filter())
            let question = BloomQuery(filter)
            for index in papers.indices where filter.matches(texts[index]) {
                matched += 1
                #expect(question.mayMatch(bloomFilters[index]), "\(filter) and “\(papers[index].title)”")
            }
        }
        #expect(matched > 1000)
    }

    @Test("holds back nearly every paper that has nothing of what is asked")
    func selective() throws {
        let filters = try ["zebrafish", "\"quantum error correction\"", "author:\"Ada Lovelace\"", "cat:astro-ph.*"]
            .map { BloomQuery(try Filter($0)) }
        // 150 different words each, as an abstract of usual length has at most.
        let bloomFilters = (0..<1000).map { number in
            PaperBloomFilter(
                paper("Study \(number)", abstract: (0..<150).map { "word\(number)x\($0)" }.joined(separator: " "))
            )
            .bits
        }
        for filter in filters { #expect(bloomFilters.count { filter.mayMatch($0) } < 60) }
    }

    @Test("is asked among many in one row of bits")
    func row() throws {
        let papers = ["Diffusion", "Robots"].map { paper($0) }
        let bits = papers.flatMap { PaperBloomFilter($0).bits }
        let question = BloomQuery(try Filter("robot"))
        #expect(!question.mayMatch(bits, at: 0))
        #expect(question.mayMatch(bits, at: PaperBloomFilter.words))
    }
}
