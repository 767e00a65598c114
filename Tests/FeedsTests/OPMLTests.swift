import Foundation
import Testing

@testable import Feeds

@Suite("OPML")
struct OPMLTests {
    @Test("feeds in folders are found, each once, with their titles")
    func folders() throws {
        let text = """
            <?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
            <outline text="Papers"><outline text="A &amp; B" xmlUrl="https://a.org/f?x=1&amp;y=2" type="rss"/>
              <outline text="Deep"><outline title="T" text="t" xmlUrl="https://b.org/f"/></outline></outline>
            <outline text="again" xmlUrl="https://b.org/f"/><outline text="no feed"/></body></opml>
            """
        let list = try OPML(parsing: FeedDocument(bytes: Array(text.utf8)))
        #expect(
            list
                == OPML(
                    title: "Mine",
                    outlines: [
                        .init(url: "https://a.org/f?x=1&y=2", title: "A & B"),
                        .init(url: "https://b.org/f", title: "T"),
                    ]))
    }

    @Test("what is written is read again")
    func roundTrip() throws {
        let list = OPML(
            title: "F",
            outlines: [
                .init(url: "https://a.org/?a=1&b=\"2\"", title: "Ä < B & \"C\" ’"), .init(url: "https://b.org/"),
            ])
        let text = list.serialised(date: Date(timeIntervalSince1970: 0))
        #expect(text.contains("<dateCreated>Thu, 1 Jan 1970 00:00:00 +0000</dateCreated>"))
        let again = try OPML(parsing: FeedDocument(bytes: Array(text.utf8)))
        #expect(again.outlines.map(\.title) == ["Ä < B & \"C\" ’", "https://b.org/"])
        #expect(again.outlines.map(\.url) == ["https://a.org/?a=1&b=%222%22", "https://b.org/"])
    }

    @Test("a feed is no list of feeds", arguments: ["<rss><channel/></rss>", "", "[]"])
    func refuses(_ text: String) {
        #expect(throws: FeedError.self) { try OPML(parsing: FeedDocument(bytes: Array(text.utf8))) }
    }

    @Test("a list of very many feeds is read in a time that grows with its length only", .timeLimit(.minutes(10)))
    func long() throws {
        let outlines = (0..<20_000).map { "<outline xmlUrl=\"https://example.org/a/rather/long/address/\($0)\"/>" }
        let text = "<opml version=\"2.0\"><body>\(outlines.joined())</body></opml>"
        #expect(try OPML(parsing: FeedDocument(bytes: Array(text.utf8))).outlines.count == 20_000)
    }
}
