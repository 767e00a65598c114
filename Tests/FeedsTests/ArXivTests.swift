import Papers
import Testing

@testable import Feeds

@Suite("arXiv")
struct ArXivTests {
    private func rss(_ items: String, title: String = "cs.CL updates on arXiv.org") -> String {
        """
        <?xml version='1.0' encoding='UTF-8'?>
        <rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
        <title>\(title)</title><link>http://rss.arxiv.org/rss/cs.CL</link>
        <lastBuildDate>Thu, 24 Sep 2026 08:58:05 +0000</lastBuildDate>\(items)</channel></rss>
        """
    }

    private func item(_ type: String, creator: String = "A B") -> String {
        """
        <item><title>On $\\ell_2$</title><link>https://arxiv.org/abs/2609.26811</link>
        <description>arXiv:2609.26811v1 Announce Type: \(type) \nAbstract: A 5\\% gain &amp;lt; 6.</description>
        <guid isPermaLink="false">oai:arXiv.org:2609.26811v1</guid><category>cs.LG</category><category>cs.CL</category>
        <pubDate>Thu, 24 Sep 2026 00:00:00 -0400</pubDate><arxiv:announce_type>\(type)</arxiv:announce_type>
        <arxiv:DOI>10.1093/x</arxiv:DOI><dc:creator>\(creator)</dc:creator></item>
        """
    }

    @Test("a listing's item, field by field")
    func listing() throws {
        let feed = try feed(rss(item("new")))
        let entry = try #require(feed.entries.first)
        #expect(feed.kind == .arXivRSS && feed.title == "cs.CL updates on arXiv.org")
        #expect(entry.id.key == "arxiv:2609.26811" && entry.title == "On ℓ₂")
        #expect(entry.abstract == "A 5% gain < 6.")
        #expect(entry.categories == ["cs.LG", "cs.CL"] && entry.doi == "10.1093/x")
        #expect(entry.published == FeedDate.parse("2026-09-24T04:00:00Z"))
        #expect(entry.url == "https://arxiv.org/abs/2609.26811" && entry.pdfURL == "https://arxiv.org/pdf/2609.26811")
    }

    @Test(
        "announcements are kept apart",
        arguments: [
            ("new", AnnounceType.new), ("cross", .cross), ("replace", .replace), ("replace-cross", .replaceCross),
        ])
    func announcement(_ text: String, type: AnnounceType) throws {
        #expect(try feed(rss(item(text))).entries.first?.announceType == type)
    }

    @Test(
        "one string of authors",
        arguments: [
            (
                "Ke Cheng (Beihang University, Beijing, China), Mingjie Bi (BIGAI, Beijing, China)",
                ["Ke Cheng", "Mingjie Bi"]
            ),
            (#"Paulo Andr\'e Lima de Castro, Aky\"urek Ekin"#, ["Paulo André Lima de Castro", "Akyürek Ekin"]),
            (
                "Anamta Khan, Ratna Kandala,  Deepti, Joyojeet Pal",
                ["Anamta Khan", "Ratna Kandala", "Deepti", "Joyojeet Pal"]
            ),
            ("Martin Luther King, Jr., Ada Lovelace", ["Martin Luther King Jr.", "Ada Lovelace"]),
            ("A. One (1), B. Two (1 and 2) ((1) Univ, Town, (2) Institute)", ["A. One", "B. Two"]),
            (#"Jos\'e {\'A}lvarez, {\L}ukasz Kaiser"#, ["José Álvarez", "Łukasz Kaiser"]), ("", []),
        ])
    func creators(_ text: String, names: [String]) throws {
        #expect(try feed(rss(item("new", creator: text))).entries.first?.authors.map(\.name) == names)
    }

    @Test("affiliations are kept beside the names")
    func affiliations() throws {
        let authors = try feed(rss(item("new", creator: "Ke Cheng (Beihang University, Beijing)"))).entries.first?
            .authors
        #expect(authors == [Author("Ke Cheng", affiliation: "Beihang University, Beijing")])
    }

    @Test("a weekend's feed has no entries and is no error")
    func weekend() throws { #expect(try feed(rss("<skipDays><day>Sunday</day></skipDays>")).entries.isEmpty) }

    @Test("an unknown category is arXiv's error")
    func unknownCategory() {
        #expect(
            feedError(rss("", title: "Feed error for query: cs.XX"))?.message.contains("Feed error for query: cs.XX")
                == true)
    }

    @Test("an item without identifier is dropped alone")
    func dropped() throws {
        let feed = try feed(rss("<item><title>X</title><link>https://arxiv.org/help</link></item>" + item("new")))
        #expect(feed.entries.count == 1 && feed.dropped.map(\.which) == ["entry 1 “X”"])
    }

    @Test("the Atom listing has authors only in dc:creator")
    func atomListing() throws {
        let feed = try feed(
            """
            <feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom">
            <id>http://rss.arxiv.org/atom/cs.AI</id><title>cs.AI updates on arXiv.org</title><updated>2025-08-20T04:00:19.866337+00:00</updated>
            <entry><id>oai:arXiv.org:2508.13426v1</id><title>ALIGN</title><updated>2025-08-20T04:00:19.899254+00:00</updated>
            <link href="https://arxiv.org/abs/2508.13426" rel="alternate" type="text/html"/>
            <summary>arXiv:2508.13426v1 Announce Type: cross \nAbstract: Words.</summary><category term="cs.CL"/>
            <published>2025-08-20T00:00:00-04:00</published><arxiv:announce_type>cross</arxiv:announce_type>
            <dc:creator>Chunhua Liu, Paulo Andr\\'e Lima</dc:creator></entry></feed>
            """)
        let entry = try #require(feed.entries.first)
        #expect(feed.kind == .arXivAtom)
        #expect(entry.authors.map(\.name) == ["Chunhua Liu", "Paulo André Lima"])
        #expect(entry.abstract == "Words." && entry.announceType == .cross && entry.updated == nil)
    }

    private func api(_ entries: String) -> String {
        """
        <feed xmlns="http://www.w3.org/2005/Atom"><link href="http://arxiv.org/api/query?x" rel="self"/>
        <title type="html">ArXiv Query: search_query=x</title><id>http://arxiv.org/api/abc</id>
        <updated>2025-10-17T00:00:00-04:00</updated>\(entries)</feed>
        """
    }

    @Test("the query API, in the form that declares namespaces on each element")
    func query() throws {
        let feed = try feed(
            api(
                """
                <entry><id>http://arxiv.org/abs/astro-ph/0601001v1</id><updated>2006-01-02T14:57:58Z</updated>
                <published>2006-01-01T14:57:58Z</published><title>Hot\n  Jupiters</title><summary>  We\nderive.\n</summary>
                <author><name>J. Doe</name><arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Ohio State</arxiv:affiliation></author>
                <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1086/1</arxiv:doi>
                <link href="http://arxiv.org/abs/astro-ph/0601001v1" rel="alternate" type="text/html"/>
                <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.LG"/>
                <category term="stat.ML"/><category term="cs.LG"/></entry>
                """))
        let entry = try #require(feed.entries.first)
        #expect(feed.kind == .arXivAPI)
        #expect(
            entry.id.key == "arxiv:astro-ph/0601001" && entry.title == "Hot Jupiters" && entry.abstract == "We derive.")
        #expect(
            entry.url == "https://arxiv.org/abs/astro-ph/0601001"
                && entry.pdfURL == "https://arxiv.org/pdf/astro-ph/0601001")
        #expect(entry.authors == [Author("J. Doe", affiliation: "Ohio State")])
        #expect(entry.categories == ["cs.LG", "stat.ML"] && entry.doi == "10.1086/1")
        #expect(
            entry.published == FeedDate.parse("2006-01-01T14:57:58Z")
                && entry.updated == FeedDate.parse("2006-01-02T14:57:58Z"))
    }

    @Test("an Error entry is arXiv's words, not a paper")
    func apiError() {
        let error = feedError(
            api(
                """
                <entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_1234</id><title>Error</title>
                <summary>incorrect id format for 1234</summary></entry>
                """))
        #expect(error?.problem == .reported)
        #expect(error?.message == "arXiv says: incorrect id format for 1234: correct the query in the address")
    }
}
