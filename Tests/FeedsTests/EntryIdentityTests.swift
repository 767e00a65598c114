import Papers
import Testing

@testable import Feeds

@Suite("Which entries are one paper")
struct EntryIdentityTests {
    private static let address = "https://feeds.example.org/new.xml"
    private static func rss(_ items: String...) -> String {
        "<rss><channel><title>N</title>\(items.joined())</channel></rss>"
    }
    private static func item(_ link: String, guid: String? = nil, title: String = "T") -> String {
        let name = guid.map { "<guid isPermaLink=\"false\">\($0)</guid>" } ?? ""
        return "<item><title>\(title)</title><link>\(link)</link>\(name)</item>"
    }
    private static func atom(_ entries: String...) -> String {
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title>\(entries.joined())</feed>"
    }
    private static func entry(_ link: String, id: String) -> String {
        "<entry><title>T</title><id>\(id)</id><link href='\(link)'/></entry>"
    }
    private static func json(_ items: String...) -> String {
        #"{"version":"https://jsonfeed.org/version/1.1","title":"N","items":[\#(items.joined(separator: ","))]}"#
    }

    private func papers(_ document: String) throws -> Int { Set(try read(document).map(\.id)).count }
    private func read(_ document: String) throws -> [Entry] { try feed(document, url: Self.address).entries }

    @Test(
        "entries behind one link with names of their own are several",
        arguments: [
            rss(item("https://a.org/list", guid: "1"), item("https://a.org/list", guid: "2")),
            rss(item("https://a.org/list#p12"), item("https://a.org/list#p13")),
            rss(
                item("https://a.org/list", guid: "https://a.org/?p=1"),
                item("http://a.org/list/", guid: "https://a.org/?p=2")),
            atom(entry("https://a.org/list", id: "urn:uuid:1"), entry("https://a.org/list", id: "urn:uuid:2")),
            json(
                #"{"id":"1","url":"https://a.org/list","title":"T"}"#,
                #"{"id":"2","url":"https://a.org/list","title":"T"}"#),
        ])
    func several(_ document: String) throws {
        #expect(try papers(document) == 2)
        #expect(try read(document).allSatisfy { $0.url?.contains("a.org/list") == true })
    }

    @Test(
        "the same page, however it is written, is one paper",
        arguments: [
            rss(
                item("https://a.org/1"), item("http://a.org/1/"),
                item("https://a.org/1?utm_source=rss&amp;utm_medium=x")),
            rss(item("https://a.org/1", guid: "7"), item("http://a.org/1", guid: "7")),
            rss(item("https://doi.org/10.1234/x", guid: "1"), item("https://doi.org/10.1234/x", guid: "2")),
            rss(
                item("https://arxiv.org/abs/2511.01234", guid: "1"),
                item("https://huggingface.co/papers/2511.01234.md", guid: "2")),
            atom(entry("https://a.org/1", id: "https://a.org/1"), entry("https://a.org/1/", id: "http://a.org/1")),
        ])
    func same(_ document: String) throws { #expect(try papers(document) == 1) }

    @Test(
        "a link that leads nowhere is none",
        arguments: [
            "", "N/A", "n/a", "none", "null", "-", "#", "#p12", "https://feeds.example.org/new.xml#p1", "new.xml",
        ])
    func noLink(_ link: String) throws {
        let documents = [
            Self.rss(Self.item(link, guid: "1", title: "One"), Self.item(link, guid: "2", title: "Two")),
            Self.rss(Self.item(link, title: "One"), Self.item(link, title: "Two")),
            Self.atom(Self.entry(link, id: "urn:uuid:1"), Self.entry(link, id: "urn:uuid:2")),
            Self.json(#"{"id":"1","url":"\#(link)","title":"One"}"#, #"{"id":"2","url":"\#(link)","title":"Two"}"#),
        ]
        for document in documents {
            #expect(try papers(document) == 2)
            #expect(try read(document).allSatisfy { $0.url == nil && $0.pdfURL == nil })
        }
    }

    @Test("an entry without a link keeps the identifier that it names")
    func namedWithoutLink() throws {
        let item = "<item><title>T</title><link>#</link><guid isPermaLink='false'>doi:10.1234/x</guid></item>"
        let entry = try #require(try read(Self.rss(item)).first)
        #expect(entry.id.key == "doi:10.1234/x")
        #expect(entry.url == "https://doi.org/10.1234/x")
    }

    @Test("where the first of several links leads nowhere the next is taken")
    func nextLink() throws {
        let item = """
            <item xmlns:atom="http://www.w3.org/2005/Atom"><title>T</title><link>N/A</link>
            <atom:link href="https://a.org/1"/></item>
            """
        #expect(try read(Self.rss(item)).map(\.url) == ["https://a.org/1"])
    }

    @Test(
        "user names in links are dropped",
        arguments: [
            ("https://arxiv.org@evil.example/", "https://evil.example/"),
            ("https://arxiv.org:80@evil.example/abs/2511.01234", "https://evil.example/abs/2511.01234"),
            ("https://evil.example\\@arxiv.org/abs/2511.01234", "https://evil.example/@arxiv.org/abs/2511.01234"),
            ("//user:secret@a.org/1", "https://a.org/1"), ("https://medium.com/@ada/1", "https://medium.com/@ada/1"),
            ("https://@a.org/1", "https://a.org/1"),
        ])
    func userNames(_ link: String, _ address: String) throws {
        let entry = try #require(try read(Self.rss(Self.item(link))).first)
        #expect(entry.url == address)
        #expect(entry.id.scheme == .url)
    }

    @Test("a feed's own user name goes into no link")
    func ownUserName() throws {
        let read = try feed(Self.rss(Self.item("/1")), url: "https://user:secret@a.org/feed.xml")
        #expect(read.entries.map(\.url) == ["https://a.org/1"])
    }

    @Test("what an entry names beside its identifier is kept")
    func otherIdentifiers() throws {
        let item = """
            <item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>T</title>
            <link>https://pubmed.ncbi.nlm.nih.gov/38123456/</link><guid isPermaLink="false">pubmed:38123456</guid>
            <dc:identifier>pmid:38123456</dc:identifier><dc:identifier>pmc:PMC10123456</dc:identifier>
            <dc:identifier>doi:10.1234/x</dc:identifier></item>
            """
        let entry = try #require(try read(Self.rss(item)).first)
        #expect(entry.id.key == "doi:10.1234/x")
        #expect(
            entry.otherIDs?.map(\.key) == [
                "url:https://pubmed.ncbi.nlm.nih.gov/38123456", "url:https://pmc.ncbi.nlm.nih.gov/articles/PMC10123456",
            ])
    }
}
