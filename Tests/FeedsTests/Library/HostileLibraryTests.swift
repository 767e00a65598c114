import Foundation
import Papers
import Testing

@testable import Feeds

@Suite("A hostile library")
struct HostileLibraryTests {
    private func library(_ bytes: [UInt8]) throws(LibraryError) -> ParsedLibrary { try ParsedLibrary(parsing: bytes) }

    @Test("larger than 5 MB is refused, and of more than 5,000 entries the first are kept")
    func limits() throws {
        let error = #expect(throws: LibraryError.self) {
            try library(Array(repeating: 0x41, count: ParsedLibrary.maxBytes + 1))
        }
        #expect(error?.problem == .tooLarge)
        let bib = (0..<6_000).map { "@misc{k\($0), title={Paper \($0)}}" }.joined(separator: "\n")
        let ris = (0..<6_000).map { "TY  - JOUR\nTI  - Paper \($0)\nER  - " }.joined(separator: "\n")
        let json = "[" + (0..<6_000).map { "{\"title\":\"Paper \($0)\"}" }.joined(separator: ",") + "]"
        let csv = "Title\n" + (0..<6_000).map { "Paper \($0)" }.joined(separator: "\n")
        let list = (0..<6_000).map { "2401.\(String(format: "%05d", $0))" }.joined(separator: " ")
        for text in [bib, ris, json, csv, list] {
            let library = try library(Array(text.utf8))
            #expect(library.entries.count == ParsedLibrary.mostEntries)
            #expect(library.isCut)
            #expect(library.skipped.isEmpty)
        }
    }

    /// Each as large as is read.
    private static let heavy: [(name: String, text: @Sendable () -> String)] = {
        let size = ParsedLibrary.maxBytes - 64
        @Sendable func fill(_ head: String, _ piece: String, _ tail: String = "") -> String {
            let count = max(0, size - head.utf8.count - tail.utf8.count) / piece.utf8.count
            return head + String(repeating: piece, count: count) + tail
        }
        return [
            ("braces", { fill("@article{a, title={", "{") }),
            ("closed braces", { fill("@article{a, title={", "{}", "}}") }),
            ("entries never closed", { fill("", "@a{b, title={c\n") }),
            ("entries without anything", { fill("", "@a{}\n") }),
            ("numbers", { fill("10.1000/x\n", "1\n") }),
            ("brackets", { fill("10.1000/x\n", String(repeating: ")", count: 2047) + "\n") }),
            (
                "all of a journal's identifiers, for each time that it is named",
                {
                    #"<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="http://purl.org/dc/terms/" "#
                        + #"xmlns:b="http://purl.org/net/biblio#"><b:Journal r:about="j">"#
                        + String(repeating: "<d:identifier>a</d:identifier>", count: 80_000)
                        + "</b:Journal><b:Article><d:title>x</d:title>"
                        + String(repeating: #"<d:isPartOf r:resource="j"/>"#, count: 80_000) + "</b:Article></r:RDF>"
                }
            ),
            ("at signs", { fill("@article{a, title={x}}\n", "@") }),
            ("names without a brace", { fill("@article{a, title={x}}\n", "@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ") }),
            ("comments never closed", { fill("@article{a, title={x}}\n", "@comment{") }),
            ("fields", { fill("@article{a, title={x}, ", "b=c,", "}") }),
            ("pieces", { fill("@article{a, title={x}, note=", "{a}#", "{b}}") }),
            ("authors", { fill("@article{a, title={x}, author={", "A and ", "B}}") }),
            ("commas in a name", { fill("@article{a, title={x}, author={", "A,", "B}}") }),
            ("TeX in a title", { fill("@article{a, title={", "\\\"{\\'{", "}}") }),
            ("one line of RIS", { fill("TY  - JOUR\nTI  - x\nAB  - ", "a ") }),
            ("lines of RIS without a tag", { fill("TY  - JOUR\nTI  - x\n", "a\n") }),
            ("types of RIS", { fill("", "TY  - \n") }),
            ("carriage returns", { fill("1706.03762", "\r") }),
            ("brackets of JSON", { fill("[{\"title\":\"x\"},", "[") }),
            ("numbers of JSON", { fill("[{\"title\":\"x\"}", ",1", "]") }),
            ("members of JSON", { fill("[{\"title\":\"x\"", ",\"a\":{\"b\":[]}", "}]") }),
            ("elements of RDF", { fill("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">", "<a>") }),
            (
                "items of RDF",
                {
                    fill(
                        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">", "<a><b>c</b></a>",
                        "</rdf:RDF>")
                }
            ),
            ("quotes of CSV", { fill("Title,DOI\n", "\"") }),
            ("cells of CSV", { fill("Title,DOI\nx", ",") }),
            ("one word", { fill("1706.03762\n", "x") }),
            ("blanks", { fill("1706.03762\n", " ", "x") }),
            ("identifiers on a line", { fill("1706.03762 ", "10.1000/a,") }),
        ]
    }()

    @Test(
        "is read or refused in a time that grows with its size only", .timeLimit(.minutes(10)), arguments: heavy.indices
    )
    func time(_ index: Int) {
        let (name, text) = Self.heavy[index]
        let bytes = Array(text().utf8)
        #expect(bytes.count <= ParsedLibrary.maxBytes && bytes.count > ParsedLibrary.maxBytes / 4 * 3)
        let start = ContinuousClock.now
        let library = try? library(bytes)
        #expect(library?.entries.count ?? 0 <= ParsedLibrary.mostEntries)
        // A debug build on a busy machine takes seconds; what is quadratic takes hours.
        #expect(ContinuousClock.now - start < .seconds(240), "\(name)")
    }

    @Test("whose strings double with each line brings no more than a few megabytes")
    func doubling() throws {
        var text = "@string{a0 = \"lol lol lol\"}\n"
        for step in 1...60 { text += "@string{a\(step) = a\(step - 1) # a\(step - 1)}\n" }
        for number in 0..<2_000 { text += "@article{k\(number), title = a60, note = a59}\n" }
        text += "@article{last, title={The last}}"
        let library = try library(Array(text.utf8))
        #expect(library.entries.last?.title == "The last")
        #expect(library.entries.reduce(0) { $0 + $1.title.utf8.count } < 10 << 20)
    }

    @Test("holds no entity, no markup and no endless field")
    func inert() throws {
        let text = """
            <!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/passwd">]>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <rdf:Description><dc:title>x &b; y</dc:title></rdf:Description></rdf:RDF>
            """
        let entries = (try? library(Array(text.utf8)))?.entries ?? []
        #expect(!entries.contains { $0.title.contains("root:") || $0.title.contains("boom") })
        let long = String(repeating: "long ", count: 40_000)
        let entry = try #require(
            try library(Array("@a{b, title={<b>\(long)</b>}, abstract={\(long)}, author={\(long)}}".utf8)).entries.first
        )
        #expect(entry.title.count <= FieldLimits.title)
        #expect(entry.abstract.count <= 4_000)
        #expect(entry.authors.allSatisfy { $0.name.utf8.count <= FieldLimits.name })
    }

    @Test("that is damaged anywhere is read or refused, and nothing worse", .timeLimit(.minutes(10)))
    func damage() throws {
        var state: UInt64 = 7
        func random(_ most: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % most
        }
        let signs = Array("{}\"@#=,\\\n\r<>&[]: -\u{0}é".utf8)
        for sample in LibraryFormatTests.samples {
            for _ in 0..<150 {
                var bytes = Array(sample.text.utf8)
                for _ in 0...random(4) {
                    let place = random(bytes.count)
                    switch random(3) {
                    case 0: bytes[place] = signs[random(signs.count)]
                    case 1: bytes.remove(at: place)
                    default: bytes.insert(signs[random(signs.count)], at: place)
                    }
                }
                if random(4) == 0 { bytes.removeSubrange(random(bytes.count)...) }
                _ = try? library(bytes)
            }
        }
    }
}
