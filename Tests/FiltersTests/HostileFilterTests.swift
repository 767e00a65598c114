import Papers
import TestTools
import Testing

@testable import Filters

@Suite("Filters and papers built to be slow")
struct HostileFilterTests {
    /// Each word of it may be one of a phrase's or two.
    private static let text = String(repeating: "inging ing-ing ", count: 60)

    private func agree(_ filter: Filter, _ paper: Paper) -> Bool {
        var set = FilterSet()
        let id = set.add(filter)
        let fast = set.matches(in: PaperBatch([paper])).contains(0, for: id)
        #expect(fast == filter.matches(paper))
        return fast
    }

    @Test("a phrase that may go on in two ways at each word is followed once", .timeLimit(.minutes(10)))
    func phrases() throws {
        let paper = paper("T", abstract: Self.text)
        for count in [10, 30, 59] {
            let words = Array(repeating: "ing", count: count)
            #expect(agree(try Filter("\"\((words + ["zzz"]).joined(separator: " "))\""), paper) == false)
            #expect(agree(try Filter("\"\((words + ["ing"]).joined(separator: " "))\""), paper))
            #expect(agree(try Filter("=\"\((words + ["zzz"]).joined(separator: " "))\""), paper) == false)
        }
    }

    @Test("marking such a text is as quick", .timeLimit(.minutes(10)))
    func marking() throws {
        let phrase = Array(repeating: "ing", count: 50).joined(separator: " ")
        let filter = try Filter((0..<10).map { "\"\(phrase) zz\($0)\"" }.joined(separator: " OR "))
        let paper = paper("T", abstract: Self.text)
        #expect(filter.marked(abstractOf: paper).allSatisfy { !$0.isHit })
        let found = try Filter("\"ing ing\"").marked(abstractOf: paper)
        #expect(found.filter(\.isHit).allSatisfy { $0.text.contains("inging") || $0.text.contains("ing-ing") })
        #expect(!found.filter(\.isHit).isEmpty)
    }

    @Test("a phrase has at most sixty words")
    func longPhrases() throws {
        let words = { (count: Int) in "\"\(Array(repeating: "a", count: count).joined(separator: " "))\"" }
        #expect(try Filter(words(60)).matches(paper(words(60))))
        #expect(throws: FilterError.self) { try Filter(words(61)) }
        #expect(throws: FilterError.self) { try Filter("title:" + String(repeating: "学", count: 61)) }
        do throws(FilterError) {
            _ = try Filter("a \(words(61))")
        } catch {
            #expect(error.fault == .phraseTooLong)
            #expect(error.description.hasPrefix("a phrase has at most 60 words, at character 4: "))
        }
    }

    @Test(
        "a letter under a heap of marks is no filter, and no word that costs more than others", .timeLimit(.minutes(10))
    )
    func marks() throws {
        let heap = String(repeating: "\u{315}\u{300}", count: 100_000)
        #expect(throws: FilterError.self) { try Filter("a" + heap) }
        #expect(agree(try Filter("naive"), paper("nai" + heap + "ve bayes")))
        #expect(agree(try Filter("nai\u{315}\u{300}ve"), paper("naive bayes")))
        #expect(Folding.fold("ภ" + String(repeating: "\u{E38}\u{FE0F}", count: 100_000)).unicodeScalars.count < 10)
    }

    @Test("a batch of very many different words takes room for each once", .timeLimit(.minutes(10)))
    func words() throws {
        var papers = (0..<1_000).map { paper("word\($0)", id: "x\($0)") }
        papers[999].abstract = (0..<50_000).map { "w\($0)" }.joined(separator: " ")
        let batch = PaperBatch(papers)
        #expect(batch.presenceCount < 60_000)
        var set = FilterSet()
        let ids = try ["w49999", "word3", "abstract:word3", "title:word999 w1"].map { set.add(try Filter($0)) }
        let matches = set.matches(in: batch)
        #expect(ids.map { matches[$0] } == [[999], [3], [], [999]])
    }

    @Test(
        "what counts, links and dates rule out need not be looked through",
        arguments: [
            ("-(a OR b) upvotes>9", false), ("a OR upvotes>9", true), ("a (b OR upvotes<9)", true),
            ("-upvotes<9", false),
            ("upvotes<9", true), ("has:code", false), ("-has:code a", true), ("a has:code", false), ("a", true),
            ("-(a has:code)", true), ("(has:code OR upvotes>9) title:x", false), ("is:pinned OR has:doi", false),
        ])
    func facts(filter: String, mayMatch: Bool) throws {
        #expect(try Filter(filter).mayMatch(factsOf: paper("a b c")) == mayMatch)
    }

    @Test("no paper that matches is ruled out by its facts")
    func factsAgree() throws {
        var random = RandomFilters(random: SplitMix64(seed: 11))
        let papers = random.papers(40)
        let standings = random.standings(of: papers)
        for _ in 0..<300 {
            let filter = try Filter(random.filter())
            for paper in papers {
                let standing = standings[paper.id] ?? PaperStanding()
                guard filter.matches(paper, standing: standing) else { continue }
                #expect(filter.mayMatch(factsOf: paper, standing: standing), "\(filter)")
            }
        }
    }
}
