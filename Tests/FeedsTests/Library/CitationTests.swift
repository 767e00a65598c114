import Foundation
import Papers
import Testing

@testable import Feeds

@Suite("Papers for reference managers")
struct CitationTests {
    private static func paper(_ title: String, id: String = "2611.01234", _ change: (inout Entry) -> Void = { _ in })
        throws -> Paper
    {
        var entry = Entry(id: try #require(PaperID(parsing: id)), title: title)
        entry.published = Date(timeIntervalSince1970: 1_793_700_000)
        entry.authors = [Author("Ada Lovelace")]
        change(&entry)
        return Paper(entry)
    }

    @Test(
        "what is written is read back, whatever the words hold", arguments: CitationFormat.allCases,
        [
            "Attention Is All You Need", "Sums with a<b and c>d", "50% of $5 & a_b #1 ~ 2^k | `q`",
            "α-Rényi divergence for ℝ¹⁰ and H₂O at 10⁻⁶", "Über Größe, Łukasz, Çelik, ñandú, ø and å",
            "“Quoted” – and — “dashes” … 'apostrophes' and co-hyphens", "深層学習による画像認識", "GPT-4o, BERT: on mT5",
            "x ≤ y ∧ √s → ∞", "A title that ends in a brace}",
        ])
    func readBack(_ format: CitationFormat, _ text: String) throws {
        let papers = try [
            Self.paper(text) {
                $0.abstract = "Before. \(text) After."
                $0.authors = ["Jan van der Berg", "José Ñúñez", "The ATLAS Collaboration", "Plato", "王小明"].map {
                    Author($0)
                }
                $0.keywords = ["machine learning", "Größe"]
            },
            Self.paper("Second", id: "10.1000/a_b(c)<d>"),
        ]
        let library = try ParsedLibrary(parsing: Array(format.document(papers).utf8))
        #expect(library.skipped.isEmpty)
        try #require(library.entries.count == 2)
        let read = library.entries[0]
        #expect(read.title == papers[0].title)
        #expect(read.abstract == papers[0].abstract)
        #expect(read.authors.map(\.name) == papers[0].authors.map(\.name))
        #expect(read.keywords == papers[0].keywords)
        #expect(read.year == 2026)
        #expect(library.entries.map { $0.ids.first } == papers.map(\.id))
    }

    @Test(
        "in BibTeX also what TeX would read otherwise",
        arguments: ["{x} \\alpha {", "and --double-- ''hyphens''", "@article{no, title={entry}}", "%", "\\", "a ~ b"])
    func commands(_ text: String) throws {
        let paper = try Self.paper(text) { $0.abstract = "Before. \(text) After." }
        let library = try ParsedLibrary(parsing: Array(CitationFormat.bibTeX.document([paper]).utf8))
        #expect(library.entries.map(\.title) == [paper.title])
        #expect(library.entries.map(\.abstract) == [paper.abstract])
    }

    @Test(
        "a name is divided where that is sure",
        arguments: [
            ("Ada Lovelace", "Lovelace, Ada"), ("Jan van der Berg", "van der Berg, Jan"),
            ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
            ("The ATLAS Collaboration", "The ATLAS Collaboration"),
            ("Plato", "Plato"), ("Lovelace, Ada", "Lovelace, Ada"), ("王小明", "王小明"), ("", ""),
        ])
    func names(_ name: String, _ sorted: String) { #expect(CitedName(name).familyFirst == sorted) }

    @Test("nothing is told that is not known")
    func unknown() throws {
        let bare = try Self.paper("Bare") {
            $0.published = nil
            $0.authors = []
        }
        for format in CitationFormat.allCases {
            let text = format.document([bare])
            for word in ["year", "issued", "PY  -", "author", "AU  -", "journal", "volume", "abstract", "AB  -"] {
                #expect(!text.contains(word), "\(word) in \(text)")
            }
        }
    }

    @Test("keys are the papers' own, in whatever list they stand")
    func keys() throws {
        let papers = try ["2611.01234", "2611.01235", "cs/0102001", "10.1000/a", "10.1000/b"].map {
            Citation(try Self.paper("Same title", id: $0)).key
        }
        #expect(Set(papers).count == papers.count)
        #expect(papers[0] == "lovelace2026-2611.01234")
        for key in papers {
            #expect(key.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-.".utf8.contains($0) }, "\(key)")
        }
    }

    @Test("an empty list is a document of its format")
    func empty() throws {
        #expect(CitationFormat.bibTeX.document([]) == "")
        #expect(CitationFormat.ris.document([]) == "")
        let items = try JSONSerialization.jsonObject(with: Data(CitationFormat.cslJSON.document([]).utf8))
        #expect((items as? [Any])?.isEmpty == true)
    }
}
