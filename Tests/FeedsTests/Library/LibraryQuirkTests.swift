import Foundation
import Papers
import Testing

@testable import Feeds

/// What exports write beside the letter of their formats.
@Suite("Quirks of exported libraries")
struct LibraryQuirkTests {
    @Test("a paper gets the year of the volume it is in, which stands after it")
    func crossref() throws {
        let library = try library(
            """
            @inproceedings{a, title={In a volume}, author={A B}, crossref = {DBLP:conf/nips/2017}}
            @inproceedings{b, title={With its own}, year={2016}, crossref={DBLP:conf/nips/2017}}
            @inproceedings{c, title={Of none}, crossref={gone}}
            @misc{d, crossref={DBLP:conf/nips/2017}}
            @proceedings{dblp:conf/NIPS/2017, title={The volume}, editor={C D}, year={2017}}
            @inproceedings{e, title={Behind it}, crossref={DBLP:conf/nips/2017}}
            """)
        #expect(library.entries.map(\.title) == ["In a volume", "With its own", "Of none", "The volume", "Behind it"])
        #expect(library.entries.map(\.year) == [2017, 2016, nil, 2017, 2017])
    }

    @Test("a publisher's tags in titles are markup, an author's angle brackets are text")
    func tags() throws {
        let library = try library(
            #"""
            @article{a, title={CO<sub>2</sub> &amp; <i>E. coli</i>}, abstract={<jats:p>We see a &lt; b.</jats:p>}}
            @article{b, title={The <s> token and List<int> when a < b}, abstract={Where $a<b$ and $c>d$.}}
            """#)
        #expect(library.entries.map(\.title) == ["CO₂ & E. coli", "The <s> token and List<int> when a < b"])
        #expect(library.entries.map(\.abstract) == ["We see a < b.", "Where a<b and c>d."])
    }

    @Test("a DOI's angle brackets come in TeX's mathematics")
    func angles() throws {
        let library = try library(
            "@article{a, title={T}, doi={10.1002/(SICI)1097-4636(199823)43:4$<$338::AID-JBM16$>$3.0.CO;2-B}}")
        #expect(
            library.entries.first?.ids.map(\.key) == [
                "doi:10.1002/(sici)1097-4636(199823)43:4<338::aid-jbm16>3.0.co;2-b"
            ])
    }

    @Test("RIS: EndNote's day without a year, keywords in lines, editors of a book, names that come twice")
    func ris() throws {
        let library = try library(
            """
            TY  - JOUR
            AU  - Hochreiter, S.
            A1  - Hochreiter, S.
            DA  - Nov 15
            KW  - one
            two
            three
            PY  - 1997
            TI  - Long short-term memory
            ER  - 
            TY  - BOOK
            A2  - Hopper, Grace
            T1  - Collected
            DA  - 12 June 1970
            ER  - 
            TY  - CHAP
            AU  - Lovelace, Ada
            ED  - Hopper, Grace
            TI  - A chapter
            """)
        #expect(
            library.entries.map { $0.authors.map(\.name) } == [["S. Hochreiter"], ["Grace Hopper"], ["Ada Lovelace"]])
        #expect(library.entries.map(\.year) == [1997, 1970, nil])
        #expect(library.entries.first?.keywords == ["one", "two", "three"])
    }

    @Test(
        "a short file in one-byte letters is read in its own",
        arguments: [
            ("windows-1252", "Müller, Jürgen", "Jürgen Müller"), ("windows-1252", "Lefèvre, René", "René Lefèvre"),
            ("windows-1252", "Größe, Élan", "Élan Größe"), ("windows-1251", "Колмогоров, Андрей", "Андрей Колмогоров"),
            ("ISO-8859-7", "Παπαδόπουλος, Γιώργος", "Γιώργος Παπαδόπουλος"),
        ])
    func letters(charset: String, typed: String, name: String) throws {
        let text = "@article{a, title={Fuzzy sets}, author={\(typed)}}\n"
        let bytes: [UInt8]
        if charset == "ISO-8859-7" {
            // Foundation has no name for it; its letters stand in the order of Unicode's block.
            bytes = try text.unicodeScalars.map { scalar in
                try #require(UInt8(exactly: scalar.isASCII ? scalar.value : scalar.value - 0x2D0))
            }
        } else {
            let encoding: String.Encoding = charset == "windows-1251" ? .windowsCP1251 : .windowsCP1252
            bytes = [UInt8](try #require(text.data(using: encoding)))
        }
        #expect(try ParsedLibrary(parsing: bytes).entries.first?.authors.map(\.name) == [name])
    }

    private func library(_ text: String) throws -> ParsedLibrary { try ParsedLibrary(parsing: Array(text.utf8)) }
}
