import Papers
import Testing

@testable import Feeds

@Suite("RSS 2.0 and Atom 1.0 from anybody")
struct RSSAndAtomTests {
    private func rss(_ items: String) -> String {
        """
        <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
        <channel><title>News</title><link>https://example.org/</link>\(items)</channel></rss>
        """
    }

    private func atom(_ entries: String, head: String = "") -> String {
        #"<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>\#(head)\#(entries)</feed>"#
    }

    @Test("an RSS item, field by field")
    func item() throws {
        let feed = try feed(
            rss(
                """
                <item><title>Ties &amp;amp; Knots</title><link>/2026/488</link><description><![CDATA[<p>A <b>short</b> text.</p>]]></description>
                <content:encoded><![CDATA[<p>The whole text.</p>]]></content:encoded><guid isPermaLink="false">x1</guid>
                <dc:creator>Ada Lovelace</dc:creator><dc:creator>Kurt G\\"odel</dc:creator><category>Logic</category>
                <pubDate>Sat, 18 Jul 2026 18:24:04 +0000</pubDate><enclosure url="/2026/488.pdf" length="1" type="application/pdf"/></item>
                """), url: "https://eprint.example.org/rss.xml")
        let entry = try #require(feed.entries.first)
        #expect(feed.kind == .rss && feed.title == "News" && feed.url == "https://example.org/")
        #expect(entry.id.key == "url:https://eprint.example.org/2026/488" && entry.title == "Ties & Knots")
        #expect(entry.pdfURL == "https://eprint.example.org/2026/488.pdf")
        #expect(entry.abstract == "A short text." && entry.content == "The whole text.")
        #expect(entry.authors.map(\.name) == ["Ada Lovelace", "Kurt Gödel"] && entry.categories == ["Logic"])
    }

    @Test(
        "entries that name a paper are that paper",
        arguments: [
            ("<link>https://tldr.takara.ai/p/2604.26238</link>", "arxiv:2604.26238"),
            ("<link>https://a.org/x</link><guid>oai:arXiv.org:2604.26238v2</guid>", "arxiv:2604.26238"),
            (
                "<link>https://a.org/x</link><dc:identifier>doi:10.1101/2026.01.02.123456</dc:identifier>",
                "doi:10.1101/2026.01.02.123456"
            ),
            ("<link>https://doi.org/10.48550/arXiv.2604.26238</link>", "arxiv:2604.26238"),
            ("<link>http://arxiv.org/abs/1805.06430</link>", "arxiv:1805.06430"),
            ("<guid>https://example.org/only-guid</guid>", "url:https://example.org/only-guid"),
        ])
    func identity(_ inner: String, key: String) throws {
        #expect(try feed(rss("<item><title>T</title>\(inner)</item>")).entries.first?.id.key == key)
    }

    @Test("an arXiv id in the title names the paper")
    func titleMention() throws {
        let item =
            "<item><title>Top quarks. (arXiv:1805.09166v1 [hep-ex] CROSS LISTED)</title><link>https://a.org/1</link></item>"
        #expect(try feed(rss(item)).entries.first?.id.key == "arxiv:1805.09166")
    }

    @Test(
        "RSS authors in their three manners",
        arguments: [
            ("<author>ada@example.org (Ada Lovelace)</author>", ["Ada Lovelace"]),
            ("<author>ada@example.org</author>", []),
            ("<author>Ada Lovelace</author>", ["Ada Lovelace"]),
        ])
    func authors(_ inner: String, names: [String]) throws {
        let item = "<item><title>T</title><link>https://a.org/1</link>\(inner)</item>"
        #expect(try feed(rss(item)).entries.first?.authors.map(\.name) == names)
    }

    @Test("an item with nothing to name it is dropped alone")
    func dropped() throws {
        let feed = try feed(
            rss("<item><title>No link</title></item><item><title>T</title><link>https://a.org/1</link></item>"))
        #expect(feed.entries.count == 1)
        #expect(
            feed.dropped.map(\.description) == ["entry 1 “No link”: it has neither a link nor an identifier of a paper"]
        )
    }

    @Test("an item without title borrows the first words of its text")
    func untitled() throws {
        let item =
            "<item><link>https://a.org/1</link><description>\(String(repeating: "word ", count: 40))</description></item>"
        let title = try #require(try feed(rss(item)).entries.first?.title)
        #expect(title.hasSuffix("word…") && title.count <= 80)
    }

    @Test("an Atom entry, field by field")
    func entry() throws {
        let feed = try feed(
            atom(
                """
                <entry xml:base="https://example.org/blog/"><title type="html">A &lt;i&gt;b&lt;/i&gt;</title><id>urn:x</id>
                <link href="2003/a"/><link rel="enclosure" type="application/pdf" href="a.pdf"/><published>2026-01-02</published>
                <updated>2026-01-03T00:00:00Z</updated><category term="x"/><summary>Sum</summary>
                <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &lt; two</p><script>bad()</script><p>H<sub>2</sub>O</p></div></content>
                </entry>
                """, head: "<author><name>Ada</name></author><link rel='self' href='https://example.org/feed.xml'/>"))
        let entry = try #require(feed.entries.first)
        #expect(entry.id.key == "url:https://example.org/blog/2003/a" && entry.title == "A b")
        #expect(entry.pdfURL == "https://example.org/blog/a.pdf" && entry.authors.map(\.name) == ["Ada"])
        #expect(entry.abstract == "Sum" && entry.content == "One < two H₂O")
        #expect(entry.published == FeedDate.parse("2026-01-02") && entry.updated == FeedDate.parse("2026-01-03"))
    }

    @Test(
        "relative links are resolved against the document, else against the feed's own address",
        arguments: [
            ("https://mirror.org/f/feed", "https://mirror.org/p/1"), (nil, "https://home.org/p/1"),
        ])
    func base(_ url: String?, link: String) throws {
        let document = atom(
            "<entry><title>T</title><link href='/p/1'/></entry>",
            head: "<link rel='self' href='https://home.org/feed'/>")
        #expect(try feed(document, url: url).entries.first?.url == link)
    }

    @Test("Atom without its namespace is still Atom")
    func bareAtom() throws {
        #expect(
            try feed("<feed><title>N</title><entry><title>T</title><link href='https://a.org/1'/></entry></feed>")
                .entries.count == 1)
    }
}
