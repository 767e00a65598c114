import Papers
import Testing

@testable import Feeds

@Suite("How much of a feed is kept")
struct FieldLimitTests {
    private static func atom(_ inner: String) -> String { "<feed xmlns='http://www.w3.org/2005/Atom'>\(inner)</feed>" }
    private static func entry(_ inner: String) -> String {
        "<entry><title>T</title><link href='https://a.org/1'/>\(inner)</entry>"
    }

    @Test("fields that are too long are cut at a character, and the report says so")
    func cutsFields() throws {
        let title = String(repeating: "e\u{301}", count: 1_000)
        let text = String(repeating: "\u{1F9EA}\u{FE0F}", count: 20_000)
        let read = try feed(
            Self.atom(
                "<entry><title>\(title)</title><link href='https://a.org/1'/><summary>\(text)</summary>"
                    + "<author><name>\(title)</name></author><category term='\(title)'/></entry>" + Self.entry("")))
        let entry = try #require(read.entries.first)
        #expect(entry.title == String(repeating: "e\u{301}", count: 500))
        let abstract = try #require(entry.abstract)
        #expect(abstract == String(repeating: "\u{1F9EA}\u{FE0F}", count: 10_000))
        #expect(entry.authors.allSatisfy { $0.name.utf8.count <= FieldLimits.name })
        #expect(entry.categories.allSatisfy { $0.utf8.count <= FieldLimits.name })
        #expect(read.repairs.contains("1 entry had fields longer than any paper's, which were cut"))
    }

    @Test("a paper keeps its three thousand authors, and no more")
    func authors() throws {
        let authors = (0..<3_500).map { "<author><name>Ada \($0)</name></author>" }.joined()
        let read = try feed(Self.atom(Self.entry(authors) + Self.entry("<author><name>Ada</name></author>")))
        #expect(read.entries.map(\.authors.count) == [3_000, 1])
    }

    @Test("of the feed's authors its entries get the first fifty")
    func feedAuthors() throws {
        let atom = (0..<200).map { "<author><name>Ada \($0)</name></author>" }.joined()
        #expect(try feed(Self.atom(atom + Self.entry("") + Self.entry(""))).entries.map(\.authors.count) == [50, 50])
        let json = (0..<200).map { #"{"name":"Ada \#($0)"}"# }.joined(separator: ",")
        let items = #"[{"id":"1","url":"https://a.org/1","title":"T"},{"id":"2","url":"https://a.org/2","title":"T"}]"#
        let read = try feed(
            #"{"version":"https://jsonfeed.org/version/1.1","authors":[\#(json)],"items":\#(items)}"#)
        #expect(read.entries.map(\.authors.count) == [50, 50])
    }

    @Test("addresses without end are left out")
    func addresses() throws {
        let long = "https://b.org/" + String(repeating: "a", count: 5_000)
        let read = try feed(
            "<rss><channel><item><title>T</title><link>https://a.org/1</link><comments>\(long)</comments></item></channel></rss>"
        )
        #expect(read.entries.first?.discussionURL == nil)
        #expect(read.entries.first?.url == "https://a.org/1")
    }

    @Test("a document with more entries than are read is refused before the rest is looked at")
    func entries() {
        let json = (0..<5).map { #"{"id":"\#($0)","url":"https://a.org/\#($0)","title":"T"}"# }
        let documents = [
            Self.atom(String(repeating: Self.entry(""), count: 5) + "<broken"),
            #"{"version":"https://jsonfeed.org/version/1.1","items":[\#(json.joined(separator: ","))],broken"#,
        ]
        for text in documents {
            for most in [4, 5] {
                let document = FeedDocument(bytes: Array(text.utf8), url: "https://a.org/feed", mostEntries: most)
                do throws(FeedError) {
                    #expect(try ParsedFeed(parsing: document).entries.count == 5)
                    #expect(most == 5)
                } catch {
                    #expect(error.problem == .tooLarge && most == 4)
                    #expect(error.description.hasPrefix("https://a.org/feed: it has more than 4 entries"))
                }
            }
        }
    }

    @Test("errors of one document tell their own lines")
    func lines() throws {
        let rows = ["1", "2", #"{"id":"1","url":"https://a.org/1","title":"T"}"#, "3"].joined(separator: ",\n")
        let read = try feed(#"{"version":"https://jsonfeed.org/version/1.1","items":["# + rows + "]}")
        #expect(read.dropped.map { $0.reason.prefix(7) } == ["line 1,", "line 2,", "line 4,"])
    }
}
