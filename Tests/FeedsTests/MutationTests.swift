import TestTools
import Testing

@testable import Feeds

@Suite("Documents broken at random")
struct MutationTests {
    static let seeds = [
        #"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "url": "https://a.org/1", "title": "T", "content_html": "<p>x &amp; y</p>", "authors": [{"name": "A"}]}]}"#,
        #"{"messages": [{"status": "ok", "cursor": 0, "count": 1, "total": "9"}], "collection": [{"doi": "10.1101/2026.01.02.1", "title": "O_SCPLOWxC_SCPLOW", "authors": "A, B.; C, D."}]}"#,
        #"{"message-type": "work-list", "message": {"items": [{"DOI": "10.1234/x", "title": ["T"], "issued": {"date-parts": [[2010, 2]]}, "author": [{"given": "A", "family": "B"}]}]}}"#,
        """
        <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header><identifier>oai:o.org:1</identifier></header><metadata>
        <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title>
        <dc:creator>A, B</dc:creator><dc:identifier>https://o.org/a</dc:identifier><dc:date>30. März 2024</dc:date></oai_dc:dc></metadata></record>
        <resumptionToken>x</resumptionToken></ListRecords></OAI-PMH>
        """,
        #"[{"paper": {"id": "2511.01234", "authors": [{"name": "A", "hidden": false}], "publishedAt": "2025-11-03T18:05:00.000Z", "title": "T $x^2$", "summary": "S \u00e9 \\% <b>x</b>", "upvotes": 1}, "title": "T", "numComments": 2}]"#,
        """
        <?xml version='1.0' encoding='UTF-8'?><rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><title>cs</title><item><title>On $\\ell_2$ {\\"o}</title><link>https://arxiv.org/abs/2609.26811</link><description>arXiv:2609.26811v1
        Announce Type: new \nAbstract: &lt;p&gt;5\\% &amp;amp;</description><guid>oai:arXiv.org:2609.26811v1</guid><pubDate>Thu, 24 Sep 2026 00:00:00 -0400</pubDate>
        <dc:creator>A (B, C), D</dc:creator></item></channel></rss>
        """,
        """
        <!DOCTYPE feed [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry xml:base="https://a.org/b/"><title type="html">&lt;i&gt;T</title>
        <link href="../c?d#e"/><updated>2026-01-03T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x<sub>2</sub>&#150;&nbsp;</div></content></entry></feed>
        """,
    ]

    @Test("thousands of mutations end in a feed or an error, never in a crash", arguments: seeds.indices)
    func survive(_ seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed) + 1)
        let original = Array(Self.seeds[seed].utf8)
        var feeds = 0
        var errors = 0
        for _ in 0..<1_200 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &generator) { Mutation.apply(to: &bytes, &generator) }
            do throws(FeedError) {
                let feed = try ParsedFeed(parsing: FeedDocument(bytes: bytes))
                _ = FeedReport.lines(feed)
                feeds += 1
            } catch {
                #expect(!error.description.isEmpty)
                errors += 1
            }
        }
        #expect(feeds > 50 && errors > 10)
    }
}

/// One thing that goes wrong with a document.
enum Mutation {
    private static let snippets = [
        "<", ">", "&", "]]>", "<![CDATA[", "<!--", "{", "}", "[", "]", "\"", "\\", "\\u", "\\ud800", "$", "^{", "\u{0}",
        "<item>", "</item>", "<entry>",
        "&#x110000;", "&lt;", "\u{202E}", "<script>", "<?xml", "\\frac{", "``", "999999999999999999999",
    ].map { Array($0.utf8) }

    static func apply(to bytes: inout [UInt8], _ generator: inout SplitMix64) {
        guard !bytes.isEmpty else { return }
        let at = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(contentsOf: snippets.randomElement(using: &generator) ?? [], at: at)
        case 3: bytes.removeSubrange(at...)
        case 4: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &generator)))
        case 5:
            bytes.insert(
                contentsOf: bytes[at..<min(bytes.count, at + Int.random(in: 1...200, using: &generator))], at: at)
        default: bytes[at] ^= 1 << UInt8.random(in: 0...7, using: &generator)
        }
    }
}
