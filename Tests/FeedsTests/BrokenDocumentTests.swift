import Testing

@testable import Feeds

@Suite("Broken and hostile documents")
struct BrokenDocumentTests {
    private let item = "<item><title>T</title><link>https://a.org/1</link></item>"

    private func rss(_ inner: String) -> String {
        "<rss version='2.0'><channel><title>N</title>\(inner)</channel></rss>"
    }

    @Test("a truncated document keeps the entries before the cut")
    func truncated() throws {
        let feed = try feed("<rss><channel><title>N</title>\(item)\(item)<item><title>Half of a ti")
        #expect(feed.entries.count == 2 && feed.title == "N")
        #expect(feed.repairs.contains { $0.contains("breaks off") })
    }

    @Test(
        "what is mended is said",
        arguments: [
            ("AT&T & more", "AT&T & more", "bare ampersands"), ("caf&eacute;&nbsp;bar", "café bar", "HTML entities"),
            ("a\u{1}b\u{8}c", "abc", "control characters"), ("it&#146;s", "it’s", ""),
        ])
    func repairs(_ title: String, text: String, note: String) throws {
        let feed = try feed(rss("<item><title>\(title)</title><link>https://a.org/1?x=1&y=2</link></item>"))
        #expect(feed.entries.first?.title == text)
        #expect(feed.entries.first?.url == "https://a.org/1?x=1&y=2")
        #expect(note.isEmpty || feed.repairs.contains { $0.contains(note) })
    }

    @Test("ampersands in CDATA are left alone")
    func cdata() throws {
        let feed = try feed(rss("<item><title><![CDATA[R&D &eacute;]]></title><link>https://a.org/1</link></item>"))
        #expect(feed.entries.first?.title == "R&D é" && feed.repairs.isEmpty)
    }

    @Test("prefixes that nobody declared mean what they usually mean")
    func prefixes() throws {
        let feed = try feed(
            rss("<item><title>T</title><link>https://a.org/1</link><dc:creator>Ada</dc:creator></item>"))
        #expect(feed.entries.first?.authors.map(\.name) == ["Ada"])
        #expect(feed.repairs.contains { $0.contains("dc:") })
    }

    @Test(
        "missing end tags cost nothing",
        arguments: [
            "<item><title>One<link>https://a.org/1</link></item>",
            "<item><title>One</title><link>https://a.org/1</link>",
            "<item><title>One</title><link>https://a.org/1</link><description>x",
        ])
    func missingEnds(_ bad: String) throws {
        let feed = try feed(rss(bad + "<item><title>Two</title><link>https://a.org/2</link></item>"))
        #expect(feed.entries.map(\.title) == ["One", "Two"])
    }

    @Test("blank lines, a warning or a mark before the declaration", arguments: ["\n\n ", "Warning: x\n", "\u{FEFF}"])
    func noise(_ before: String) throws {
        #expect(try feed(before + "<?xml version='1.0'?>" + rss(item)).entries.count == 1)
    }

    @Test(
        "no feed",
        arguments: [
            ("", FeedError.Problem.empty), ("  \n", .empty), ("<html><body>x</body></html>", .webPage),
            ("hello", .unknownFormat),
            ("<!DOCTYPE html><html></html>", .webPage), ("<kml></kml>", .unknownFormat), ("{\"a\": 1}", .unknownFormat),
            ("<rss", .malformed), ("[", .malformed), ("<!-- only -->", .malformed),
        ])
    func noFeed(_ text: String, problem: FeedError.Problem) { #expect(feedError(text)?.problem == problem) }

    @Test(
        "external entities and a billion laughs are refused",
        arguments: [
            #"<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>"#,
            #"<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"#,
            #"<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://a.org/x.dtd"> %p;]>"#,
        ])
    func entities(_ doctype: String) {
        #expect(
            feedError(doctype + rss("<item><title>&x;&c;</title><link>https://a.org/1</link></item>"))?.problem
                == .hostile)
    }

    @Test("a document type that only names itself is no harm")
    func doctype() throws {
        let doctype =
            #"<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">"#
        #expect(try feed(doctype + rss(item)).entries.count == 1)
    }

    @Test("an entity that is plain text is never expanded and does no harm")
    func plainEntity() throws {
        let feed = try feed(
            "<!DOCTYPE rss [<!ENTITY x \"y\">]>"
                + rss("<item><title>a &x; b</title><link>https://a.org/1</link></item>"))
        #expect(feed.entries.first?.title == "a &x; b")
    }

    @Test(
        "ten thousand levels are refused",
        arguments: [
            String(repeating: "<a>", count: 10_000), "<rss><channel><item>" + String(repeating: "<b>", count: 10_000),
            String(repeating: "[", count: 10_000), "[" + String(repeating: "{\"paper\":", count: 10_000),
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>" + String(repeating: "<i>", count: 10_000),
        ])
    func depth(_ text: String) {
        let problem = feedError(text)?.problem
        #expect(problem == .hostile || problem == .unknownFormat)
    }
}
