import Core
import Papers
import Testing

@testable import Digests

@Suite("Digest sizes")
struct DigestSizeTests {
    private func render(_ picks: [Pick], more: Int = 0) throws -> RenderedDigest {
        try renderer().edition().render(Digest(day: day(), picks: picks, more: more), for: reader)
    }

    private func longPaper(_ number: Int, abstract: String) throws -> Pick {
        let paper = try paper(number, "A paper with a title of quite some length, as they have them, number \(number)")
        {
            $0.abstract = abstract
            $0.authors = (1...9).map { Author("Firstname Lastname \($0)") }
            $0.pdfURL = "https://arxiv.org/pdf/2611.\(number)"
            $0.codeURL = "https://github.com/example/repository-\(number)"
        }
        return Pick(paper: paper, reasons: ["Language models"])
    }

    @Test("a day of forty papers fits with whole excerpts")
    func forty() throws {
        let abstract = String(repeating: "Sentences of ordinary length follow each other here. ", count: 20)
        let mail = try render(try (1...40).map { try longPaper($0, abstract: abstract) })
        #expect(mail.htmlEncoded.count <= 100_000)
        #expect(!mail.html.contains("on the web"))
        #expect(mail.html.ranges(of: "follow each other here.").count >= 400)
    }

    @Test("abstracts shrink before papers leave")
    func shrinking() throws {
        let abstract = String(repeating: "長い要旨。", count: 200)
        let mail = try render(try (1...40).map { try longPaper($0, abstract: abstract) })
        #expect(mail.htmlEncoded.count <= 100_000)
        #expect(!mail.html.contains("on the web"))
        let shown = mail.html.ranges(of: "長い要旨。").count
        #expect(shown >= 40 * 10 && shown < 40 * 120)
    }

    @Test("papers that do not fit are counted among those on the web, with those that were there before")
    func overflow() throws {
        let mail = try render(try (1...150).map { try longPaper($0, abstract: "") }, more: 5)
        #expect(mail.htmlEncoded.count <= 100_000)
        let shown = mail.html.ranges(of: "<h2").count
        #expect(shown > 40 && shown < 150)
        #expect(mail.html.contains("\(155 - shown) more papers on the web"))
        #expect(mail.text.contains("And \(155 - shown) more papers on the web"))
        #expect(mail.html.contains(">Unsubscribe</a>"))
    }

    @Test(
        "a receiver's limit is kept by shorter abstracts and fewer papers, with the same subject, for all who share a digest",
        arguments: [120_000, 60_000, 30_000, 15_000])
    func limit(bytes: Int) throws {
        let abstract = String(repeating: "Sentences of ordinary length follow each other here. ", count: 20)
        let digest = try Digest(day: day(), picks: (1...20).map { try longPaper($0, abstract: abstract) }, more: 5)
        let edition = try renderer().edition()
        let whole = edition.render(digest, for: reader)
        let alone = edition.render(digest, for: reader, within: bytes)
        let shared = edition.render(key: "morning", for: reader, within: bytes) { digest }
        #expect(edition.render(key: "morning", for: reader) { digest }.body.bytes == whole.body.bytes)
        for mail in [alone, shared] {
            #expect(mail.body.bytes.count <= bytes && mail.subject == whole.subject)
            let shown = mail.html.ranges(of: "<h2").count
            #expect(shown >= 1 && (bytes >= 60_000 || shown < 20))
            #expect(mail.html.contains("\(25 - shown) more papers on the web"))
            #expect(mail.html.contains(">Unsubscribe</a>"))
        }
    }

    @Test("where nothing fits the smallest form is one paper without its abstract")
    func smallest() throws {
        let digest = try Digest(day: day(), picks: (1...20).map { try longPaper($0, abstract: "An abstract.") })
        let mail = try renderer().edition().render(digest, for: reader, within: 100)
        #expect(mail.html.ranges(of: "<h2").count == 1 && !mail.html.contains("An abstract."))
        #expect(mail.html.contains("19 more papers on the web"))
    }

    @Test("one paper makes a mail without “more”")
    func one() throws {
        let mail = try render([Pick(paper: wholePaper())])
        #expect(mail.subject == "Attention Is Still All You Need")
        #expect(mail.html.contains("1 paper<"))
        #expect(!mail.text.contains("more papers"))
    }
}
