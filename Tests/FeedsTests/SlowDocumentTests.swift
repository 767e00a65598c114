import Foundation
import Papers
import Testing

@testable import Feeds

@Suite("Documents built to be slow")
struct SlowDocumentTests {
    private static func many(_ text: String) -> String { String(repeating: text, count: 60_000 / text.utf8.count) }

    static let texts = [
        "<a ", "<a \"", "<a '<a \"", "&", "&amp;", "&#", "<!--", "<script>", "$", "$a", "\\(", "\\[", "\\(\\[",
        "\\cite[", "{", "{}", "{a,", "\\'", "\\frac",
        "^{", "``", "`a", "--", "~", "\\textbf{", "\\sqrt{", "<sub>", "http://a~b", "(", ",", "\u{202E}", "é",
        "\\begin{a}", "$\\left(", "a  ",
    ].map { many($0) }

    @Test("take no more than their length asks for", .timeLimit(.minutes(10)), arguments: texts)
    func text(_ text: String) throws {
        // A text that is gone over once for each of its characters would take hours.
        _ = LaTeX.unicode(PlainText.clean(text))
        _ = AuthorList.authors(inCreators: [Array(text.utf8)])
        for title in ["<![CDATA[\(text)]]>", text] {
            _ = try? feed(
                "<rss><channel><item><title>\(title)</title><link>https://a.org/1</link></item></channel></rss>")
        }
        #expect(FeedDiscovery.feeds(inPage: Array(text.utf8), url: nil).isEmpty)
    }

    /// About as long as a field is kept.
    private static func long(_ text: String) -> String { String(repeating: text, count: 60_000 / text.utf8.count) }

    @Test(
        "take time in proportion to their length, whatever they repeat", .timeLimit(.minutes(10)),
        arguments: [
            "<p x\" =\"", "<zz x\" =\"", "<q \"", "<q '<p \"", "<sub>x<q \"", "<script <q \"", "O_FIG ", "O_FIG O_TBL ",
            "a\u{200D}", "x\u{301}\u{300}", "\u{345}", "\u{FF9E}\u{FE0F}",
        ])
    func fields(text: String) {
        let text = Self.long(text)
        for ending in ["", "'\">"] {
            _ = PlainText.clean(text + ending)
            _ = FieldText.clean(Array((text + ending).utf8))
        }
        _ = BioRxivText.clean(Array(text.utf8))
        #expect(FieldText.clean(Array((text + "z").utf8)).map { $0.lowercased() == $0.uppercased() } != true)
    }

    @Test(
        "groups within groups are gone over once", .timeLimit(.minutes(10)),
        arguments: [
            ("\\'{", "1", "}"), ("$\\'{", "1", "}$"), ("\\`{\\'{", "1", "}}"), ("\\hat{", "1", "}"),
            ("\\'\\'{", "1", "}"),
            ("\\\"{{", "1", "}}"), ("\\frac{1}{\\'{", "2", "}}"), ("`\\'{", "1", "}'"),
        ])
    func groups(open: String, inner: String, close: String) {
        for depth in [24, 40, 2_000] {
            let text = String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
            #expect(!LaTeX.unicode(text).isEmpty)
        }
    }

    @Test("an accent over no letter leaves what it stands on")
    func accents() {
        #expect(LaTeX.unicode("\\'{e}t\\'e \\'{1} \\'{\\'{e}}") == "été \\'1 \u{E9}\u{301}")
    }

    @Test(
        "of whole documents too", .timeLimit(.minutes(10)),
        arguments: [
            String(repeating: "<", count: 8_000) + "rss>", String(repeating: "<a x=\"", count: 40_000),
            String(repeating: "<a x='<b y=\"", count: 20_000), String(repeating: "<!x[", count: 40_000),
            "[" + String(repeating: "1,\n", count: 60_000) + "1]",
            "<rss>" + (0..<20_000).map { "<p\($0):a/>" }.joined() + "</rss>",
            "<opml><body>" + (0..<20_000).map { "<outline xmlUrl='https://a.org/\($0)'/>" }.joined() + "</body></opml>",
            "<html>" + (0..<20_000).map { "<link rel=alternate type='text/xml' href='https://a.org/\($0)'>" }.joined(),
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.org/\(String(repeating: "a", count: 100_000))/'>"
                + String(repeating: "<entry><title>T</title><link href='b'/></entry>", count: 5_000) + "</feed>",
        ])
    func documents(text: String) {
        _ = try? feed(text)
        _ = try? OPML(parsing: FeedDocument(bytes: Array(text.utf8)))
        #expect(FeedDiscovery.feeds(inPage: Array(text.utf8), url: nil).count <= 100)
    }

    @Test("text that is no UTF-8 inside base64 is mended", .timeLimit(.minutes(10)))
    func base64() throws {
        let unit: [UInt8] = [0x80, 0x80, 0xE2, 0x80, 0x8D]
        let bytes = (0..<100_000).map { unit[$0 % unit.count] }
        let content = Data(bytes).base64EncodedString()
        let entry =
            "<entry><title>T</title><link href='https://a.org/1'/><content mode='base64'>\(content)</content></entry>"
        let read = try feed("<feed xmlns='http://www.w3.org/2005/Atom'>\(entry)</feed>")
        #expect(read.entries.first?.content?.hasPrefix("\u{FFFD}") == true)
    }

    @Test("one long text leaves no room behind in those that follow")
    func capacity() throws {
        let long = String(repeating: "a", count: 1_000_000)
        let short = String(repeating: "<b>text</b>", count: 2_000)
        let text = DecodedText(FeedDocument(bytes: Array("<rss><item><a>\(long)</a>\(short)</item></rss>".utf8)))
        var room = 0
        _ = try XMLReader.read(text, entries: ["item"]) { element, _ in
            room += element.children.reduce(0) { $0 + $1.text.capacity }
        }
        #expect(room < 4_000_000)
    }

    @Test("a tag with very many attributes is refused")
    func attributes() {
        let attributes = (0..<100_000).map { "a\($0)='x'" }.joined(separator: " ")
        #expect(feedError("<rss><channel \(attributes)></channel></rss>")?.problem == .hostile)
    }

    @Test(
        "a page that names feeds without end names a hundred, and half a tag is looked at once",
        .timeLimit(.minutes(10))
    )
    func pages() {
        let links = (0..<50_000).map { "<link rel=alternate type=application/rss+xml href=https://example.org/\($0)>" }
        #expect(FeedDiscovery.feeds(inPage: Array(links.joined().utf8), url: nil).count == 100)
        for start in ["<1", "<!>", "<!--", "<!--->", "<?", "<![", "<a", "<"] {
            _ = XMLHead(Array(Self.many(start).utf8))
        }
    }
}
