import Foundation
import Papers

@testable import Filters

extension RandomFilters {
    mutating func papers(_ count: Int) -> [Paper] {
        (0..<count).map { number in
            let title = text(words: 1...4)
            let abstract = text(words: 0...12)
            let keywords = [text(words: 1...2), text(words: 1...2)]
            var result = paper(title, abstract: abstract, keywords: keywords, id: "2611.\(99_000 + number)")
            addFacts(to: &result)
            return result
        }
    }

    private mutating func addFacts(to paper: inout Paper) {
        paper.authors = random.several(of: Self.names, upTo: 3).map { Author($0) }
        paper.categories = random.several(of: Self.categories, upTo: 2)
        paper.organization = random.chance(50) ? random.pick(Self.words) : nil
        paper.upvotes = random.pick([0, 3, 4, 10, 11])
        paper.stars = random.pick([nil, 3, 100])
        paper.codeURL = random.chance(50) ? "https://example.org/code" : nil
        let start = Date(timeIntervalSince1970: 1_793_577_600)
        paper.publishedAt = random.chance(80) ? start + .random(in: -90_000...90_000, using: &random) : nil
    }

    mutating func standings(of papers: [Paper]) -> [PaperID: PaperStanding] {
        var standings: [PaperID: PaperStanding] = [:]
        for paper in papers where random.chance(60) {
            standings[paper.id] = PaperStanding(
                feeds: random.pick([[], ["Hugging Face"], ["arXiv", "https://example.org/hugging"]]),
                announceTypes: random.pick([[], [.new], [.cross, .replace]]), isPinned: random.chance(20))
        }
        return standings
    }
}
