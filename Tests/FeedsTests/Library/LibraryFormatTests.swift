import Foundation
import Papers
import Testing

@testable import Feeds

/// What an entry of a library comes to, in one line: title, authors, year, identifiers.
private func line(_ entry: LibraryEntry) -> String {
    [
        entry.title, entry.authors.map(\.name).joined(separator: "; "), entry.year.map(String.init) ?? "",
        entry.ids.map(\.key).joined(separator: " "),
    ].joined(separator: " | ")
}

private func library(_ text: String) throws(LibraryError) -> ParsedLibrary {
    try ParsedLibrary(parsing: Array(text.utf8))
}

@Suite("A reader's library")
struct LibraryFormatTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        let format: LibraryFormat
        let text: String
        let lines: [String]
        var testDescription: String { name }
    }

    @Test("is read from what reference managers and archives write", arguments: Self.samples)
    func reads(_ sample: Sample) throws {
        let library = try library(sample.text)
        #expect(library.format == sample.format)
        #expect(library.entries.map(line) == sample.lines)
        #expect(library.skipped.isEmpty)
        // As Windows has lines, with a byte order mark, and in UTF-16.
        let windows = "\u{FEFF}" + sample.text.replacing("\n", with: "\r\n")
        #expect(try ParsedLibrary(parsing: Array(windows.utf8)).entries.map(line) == sample.lines)
        let wide = windows.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        #expect(try ParsedLibrary(parsing: wide).entries.map(line) == sample.lines)
    }

    private static let attention = "Attention Is All You Need"

    static let samples: [Sample] = [
        Sample(
            name: "arXiv's own BibTeX", format: .bibTeX,
            text: """
                @misc{vaswani2023attentionneed,
                      title={Attention Is All You Need}, 
                      author={Ashish Vaswani and Noam Shazeer and Łukasz Kaiser},
                      year={2023},
                      eprint={1706.03762},
                      archivePrefix={arXiv},
                      primaryClass={cs.CL},
                      url={https://arxiv.org/abs/1706.03762}, 
                }
                """,
            lines: ["Attention Is All You Need | Ashish Vaswani; Noam Shazeer; Łukasz Kaiser | 2023 | arxiv:1706.03762"]
        ),
        Sample(
            name: "Google Scholar and DBLP", format: .bibTeX,
            text: """
                @article{kingma2014adam,
                  title={Adam: A method for stochastic optimization},
                  author={Kingma, Diederik P and Ba, Jimmy},
                  journal={arXiv preprint arXiv:1412.6980},
                  year={2014}
                }
                @article{DBLP:journals/corr/HeZRS15,
                  author       = {Kaiming He and
                                  Xiangyu Zhang},
                  title        = {Deep Residual Learning for Image Recognition},
                  journal      = {CoRR},
                  volume       = {abs/1512.03385},
                  year         = {2015}
                }
                """,
            lines: [
                "Adam: A method for stochastic optimization | Diederik P Kingma; Jimmy Ba | 2014 | arxiv:1412.6980",
                "Deep Residual Learning for Image Recognition | Kaiming He; Xiangyu Zhang | 2015 | arxiv:1512.03385",
            ]),
        Sample(
            name: "Better BibTeX and JabRef: nested braces, TeX, strings, joined pieces, comments", format: .bibTeX,
            text: #"""
                % Encoding: UTF-8
                @string{nat = "Nature"}
                @preamble{"\newcommand{\noop}[1]{}"}
                @Comment{jabref-meta: databaseType:bibtex;}
                @article{lecunDeepLearning2015,
                  title = {{{Deep}} Learning for {{DNA}} and $\alpha$-Helices},
                  author = "Yann {LeCun} and Bengio, Yoshua and M{\"u}ller, Jr., J{\'e}r\^ome and {The {ATLAS} Collaboration} and others",
                  date = {2015-05-28},
                  journal = nat # { (London)},
                  doi = {10.1038/nature14539},
                  keywords = {learning, {neural networks}},
                  abstract = {About {\it deep} nets \& more. Write to a@b.org.},
                  month = may,
                }
                @online(berg,
                  author = {family=Berg, given=Jan, prefix=van den and Poe, Edgar},
                  title = "A \textit{``quoted''} title" # " in " # {two pieces},
                  year = 1999)
                """#,
            lines: [
                "Deep Learning for DNA and α-Helices | Yann LeCun; Yoshua Bengio; Jérôme Müller Jr.; The ATLAS Collaboration | 2015 | doi:10.1038/nature14539",
                "A “quoted” title in two pieces | Jan van den Berg; Edgar Poe | 1999 | ",
            ]),
        Sample(
            name: "RIS of Zotero and EndNote, several entries", format: .ris,
            text: """
                TY  - JOUR
                TI  - Deep learning
                AU  - LeCun, Yann
                AU  - Bengio, Yoshua
                T2  - Nature
                AB  - Deep learning allows computational models
                that are composed of layers.
                DA  - 2015/05/28/
                PY  - 2015
                DO  - 10.1038/nature14539
                UR  - https://www.nature.com/articles/nature14539
                KW  - Computer science
                ER  - 

                TY  - PREPRINT
                T1  - Attention Is
                All You Need
                A1  - Vaswani, Ashish
                Y1  - 2017/06/12
                UR  - http://arxiv.org/abs/1706.03762v7
                ER  - 
                TY  - CHAP
                BT  - A Book
                AU  - King, Martin Luther, Jr.
                """,
            lines: [
                "Deep learning | Yann LeCun; Yoshua Bengio | 2015 | doi:10.1038/nature14539",
                "Attention Is All You Need | Ashish Vaswani | 2017 | arxiv:1706.03762",
                "A Book | Martin Luther King Jr. |  | ",
            ]),
        Sample(
            name: "CSL-JSON", format: .cslJSON,
            text: """
                [{"id":"http://zotero.org/users/1/items/A","type":"article-journal","title":"Deep <i>learning</i>",
                  "DOI":"10.1038/nature14539","abstract":"Nets.","issued":{"date-parts":[["2015",5,28]]},
                  "author":[{"family":"LeCun","given":"Yann"},{"literal":"The ATLAS Collaboration"},
                            {"family":"Berg","given":"Jan","non-dropping-particle":"van den"}]},
                 {"id":7,"type":"article","title":"Attention Is All You Need","number":"arXiv:1706.03762",
                  "note":"arXiv:1706.03762 [cs]","issued":{"raw":"2017-06-12"},"author":[],"custom":{"deep":[1,{}]}}]
                """,
            lines: [
                "Deep learning | Yann LeCun; The ATLAS Collaboration; Jan van den Berg | 2015 | doi:10.1038/nature14539",
                "Attention Is All You Need |  | 2017 | arxiv:1706.03762",
            ]),
        Sample(
            name: "one item, and items in an object", format: .cslJSON,
            text: #"{"items":[{"title":"Inside","PMID":"26017442","issued":{"date-parts":[[2015]]}}]}"#,
            lines: ["Inside |  | 2015 | url:https://pubmed.ncbi.nlm.nih.gov/26017442"]),
        Sample(
            name: "Zotero's RDF", format: .zoteroRDF,
            text: """
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
                 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#"
                 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/"
                 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
                    <bib:Article rdf:about="https://www.nature.com/articles/nature14539">
                        <z:itemType>journalArticle</z:itemType>
                        <dcterms:isPartOf rdf:resource="urn:issn:1476-4687"/>
                        <bib:authors><rdf:Seq>
                            <rdf:li><foaf:Person><foaf:surname>LeCun</foaf:surname><foaf:givenName>Yann</foaf:givenName></foaf:Person></rdf:li>
                            <rdf:li><foaf:Person><foaf:surname>Bengio</foaf:surname><foaf:givenName>Yoshua</foaf:givenName></foaf:Person></rdf:li>
                        </rdf:Seq></bib:authors>
                        <link:link rdf:resource="#item_3"/>
                        <dc:subject><z:AutomaticTag><rdf:value>Computer science</rdf:value></z:AutomaticTag></dc:subject>
                        <dc:title>Deep learning</dc:title>
                        <dcterms:abstract>Layers &amp; nets.</dcterms:abstract>
                        <dc:date>2015-05</dc:date>
                        <bib:pages>436-444</bib:pages>
                    </bib:Article>
                    <bib:Journal rdf:about="urn:issn:1476-4687">
                        <dc:identifier>DOI 10.1038/nature14539</dc:identifier><dc:title>Nature</dc:title>
                    </bib:Journal>
                    <z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
                    <bib:Memo rdf:about="#item_4"><rdf:value>A note</rdf:value></bib:Memo>
                    <rdf:Description rdf:about="http://arxiv.org/abs/1706.03762">
                        <z:itemType>preprint</z:itemType>
                        <dc:title>Attention Is All You Need</dc:title>
                        <dc:description>arXiv:1706.03762 [cs]</dc:description>
                        <dc:date>2017-06-12</dc:date>
                    </rdf:Description>
                </rdf:RDF>
                """,
            lines: [
                "Deep learning | Yann LeCun; Yoshua Bengio | 2015 | doi:10.1038/nature14539",
                "Attention Is All You Need |  | 2017 | arxiv:1706.03762",
            ]),
        Sample(
            name: "Zotero's CSV", format: .csv,
            text: """
                "Key","Item Type","Publication Year","Author","Title","DOI","Url","Abstract Note","Date","Manual Tags"
                "AB12","journalArticle","2015","LeCun, Yann; Bengio, Yoshua","Deep learning","10.1038/nature14539","https://www.nature.com/x","It says ""nets"".
                On two lines.","2015-05-28","ml; nets"
                "CD34","preprint","2017","Vaswani, Ashish","Attention Is All You Need","","http://arxiv.org/abs/1706.03762","","2017-06-12",""
                """,
            lines: [
                "Deep learning | Yann LeCun; Yoshua Bengio | 2015 | doi:10.1038/nature14539",
                "Attention Is All You Need | Ashish Vaswani | 2017 | arxiv:1706.03762",
            ]),
        Sample(
            name: "a spreadsheet with semicolons", format: .csv,
            text: "Title;Year;arXiv ID\nAttention Is All You Need;2017;1706.03762\n",
            lines: ["Attention Is All You Need |  | 2017 | arxiv:1706.03762"]),
        Sample(
            name: "a list of identifiers", format: .identifiers,
            text: """
                # to read
                1706.03762v5
                https://arxiv.org/pdf/1412.6980, doi:10.1038/nature14539
                hep-th/9711200; arXiv:1512.03385
                https://doi.org/10.1145/3386569.3392379
                """,
            lines: [
                " |  |  | arxiv:1706.03762", " |  |  | arxiv:1412.6980", " |  |  | doi:10.1038/nature14539",
                " |  |  | arxiv:hep-th/9711200", " |  |  | arxiv:1512.03385", " |  |  | doi:10.1145/3386569.3392379",
            ]),
        Sample(
            name: "identifiers with commas on one line", format: .identifiers, text: "arXiv:2611.00002, 2611.00001",
            lines: [" |  |  | arxiv:2611.00002", " |  |  | arxiv:2611.00001"]),
    ]

    @Test("keeps abstracts and keywords as text")
    func fields() throws {
        for (text, abstract, keywords) in [
            (
                #"@article{a, title={T}, abstract={About {\it deep} nets \& more.}, keywords={learning, {Neural} nets}}"#,
                "About deep nets & more.", ["learning", "Neural nets"]
            ),
            ("TY  - JOUR\nTI  - T\nN2  - First\nsecond\nKW  - a\nKW  - b\nER  - \n", "First second", ["a", "b"]),
            (#"[{"title":"T","abstract":"<p>One.</p>","keyword":"a, b"}]"#, "One.", ["a", "b"]),
        ] {
            let entry = try #require(try library(text).entries.first)
            #expect(entry.abstract == abstract)
            #expect(entry.keywords == keywords)
        }
    }

    @Test("another paper that a note speaks of is not the entry's")
    func notes() throws {
        let entry = try #require(
            try library("@article{a, title={A comment}, note={Comment on arXiv:1706.03762}, year={2018}}").entries.first
        )
        #expect(entry.ids.isEmpty)
    }

    @Test("what cannot be read is told with its line and the rest is kept")
    func skipped() throws {
        let broken = try library(
            """
            @article{good, title={First}}

            @article{lost, title={Never closed
            @article{next, title={Second}, year={20}}
            @misc{bare, note={nothing}}
            @set{both, entryset={good,next}}
            """)
        #expect(broken.entries.map(\.title) == ["First", "Second"])
        #expect(broken.skipped.map(\.line) == [3, 5])
        #expect(broken.skipped.map(\.name) == ["lost", "bare"])
        #expect(broken.skipped.map(\.reason) == [.broken, .unnamed])
        let list = try library("1706.03762\nAttention is all you need\n2401.00001 nonsense")
        #expect(list.skipped.map(\.description).allSatisfy { $0.contains("it is no arXiv id, DOI or address") })
        #expect(list.skipped.map(\.line) == [2, 3])
        #expect(list.entries.count == 2)
        let cut = try library(#"[{"title":"One"},{"title":"Two"},{"title":"#)
        #expect(cut.entries.map(\.title) == ["One", "Two"])
        #expect(cut.skipped.map(\.reason) == [.broken])
        let wrong = try library(#"[{"title":"One"},7,{"title":"Two"}]"#)
        #expect(wrong.entries.count == 2 && wrong.skippedCount == 1)
        let quote = try library("Title,DOI\nOne,10.1000/1\n\"never closed,10.1000/2\n")
        #expect(quote.entries.map(\.title) == ["One"])
        #expect(quote.skipped.map(\.line) == [3])
    }

    @Test(
        "a document that is no library is refused with what to do",
        arguments: [
            ("", LibraryError.Problem.empty), (" \n\t ", .empty), ("just some words\n", .unknown),
            ("<html><p>x", .unknown),
            ("[1,2,3", .broken), (#"{"a":1"#, .broken), ("@comment{nothing else}", .unknown),
            ("Title,DOI\n", .unknown), ("\u{0}\u{1}\u{2}", .unknown),
        ])
    func refuses(_ text: String, _ problem: LibraryError.Problem) {
        let error = #expect(throws: LibraryError.self) { try library(text) }
        #expect(error?.problem == problem)
        #expect(error?.description.contains("export") == true)
    }
}
