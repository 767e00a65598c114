import TestTools
import Testing

@testable import Filters

@Suite("What is accepted with a warning")
struct WarningTests {
    @Test(
        "a filter that can never match says so",
        arguments: [
            "a -a", "-a title:b a", "title:x -title:x", "upvotes>10 upvotes<5", "upvotes<0", "(a -a) OR (b -b)",
            "stars=3 stars=4",
            "-(a OR -a)", "\"a b\" c -\"a b\"", "c upvotes<=4 upvotes>=5",
        ])
    func never(text: String) throws {
        #expect(try Filter(text).warnings.first?.contains("can never match") == true)
    }

    @Test(
        "a filter that always matches says so",
        arguments: ["a OR -a", "upvotes>=0", "-(a -a)", "x OR upvotes>=0", "-upvotes<0"])
    func always(text: String) throws {
        #expect(try Filter(text).warnings.first?.contains("matches every paper") == true)
    }

    @Test("a lower-case operator is pointed out, a quoted one is not")
    func operators() throws {
        #expect(try Filter("a or b").warnings.first?.contains("write OR in capitals") == true)
        #expect(try Filter("not a").warnings.first?.contains("write NOT in capitals") == true)
        #expect(try Filter("\"or\" a").warnings.isEmpty)
    }

    @Test(
        "a filter that may match is accepted in silence",
        arguments: [
            "a -b", "a OR -b", "upvotes>=3 upvotes<=3", "upvotes>0", "-a", "title:a -abstract:a",
            "self supervised -self",
            "upvotes<5 OR upvotes>10",
        ])
    func silence(text: String) throws { #expect(try Filter(text).warnings.isEmpty) }

    @Test("what is called never or always is so on every random paper")
    func soundness() throws {
        var source = RandomFilters(random: SplitMix64(seed: 41))
        let papers = source.papers(40).map { PaperText($0) }
        for _ in 0..<3_000 {
            let text = source.filter(depth: 2)
            let filter = try Filter("(\(text)) \(source.random.chance(50) ? "OR" : "") -(\(text))")
            let constancy = Constancy(filter.expression)
            guard constancy != .varies else { continue }
            let found = papers.filter { Evaluator(paper: $0).matches(filter.expression) }
            #expect(found.count == (constancy == .always ? papers.count : 0), "\(filter)")
        }
    }
}
