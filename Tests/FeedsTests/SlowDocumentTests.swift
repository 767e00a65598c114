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

    @Test("take no more than their length asks for", .timeLimit(.minutes(1)), arguments: texts)
    func text(_ text: String) throws {
        let clock = ContinuousClock()
        let time = clock.measure {
            _ = LaTeX.unicode(PlainText.clean(text))
            _ = AuthorList.authors(inCreators: [Array(text.utf8)])
            _ = try? feed(
                "<rss><channel><item><title><![CDATA[\(text)]]></title><link>https://a.org/1</link></item></channel></rss>"
            )
            _ = try? feed(
                "<rss><channel><item><title>\(text)</title><link>https://a.org/1</link></item></channel></rss>")
            _ = FeedDiscovery.feeds(inPage: Array(text.utf8), url: nil)
        }
        // A text that is gone over once for each of its characters would take hours.
        #expect(time < .seconds(30))
    }

    @Test("a tag with very many attributes is refused")
    func attributes() {
        let attributes = (0..<100_000).map { "a\($0)='x'" }.joined(separator: " ")
        #expect(feedError("<rss><channel \(attributes)></channel></rss>")?.problem == .hostile)
    }

    @Test(
        "a page that names feeds without end names a hundred, and half a tag is looked at once", .timeLimit(.minutes(1))
    )
    func pages() {
        let links = (0..<50_000).map { "<link rel=alternate type=application/rss+xml href=https://example.org/\($0)>" }
        #expect(FeedDiscovery.feeds(inPage: Array(links.joined().utf8), url: nil).count == 100)
        for start in ["<1", "<!>", "<!--", "<!--->", "<?", "<![", "<a", "<"] {
            _ = XMLHead(Array(Self.many(start).utf8))
        }
    }
}
