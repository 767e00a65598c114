import Foundation
import Papers
import Testing

@testable import Feeds

@Suite("A feed as lines of JSON")
struct FeedReportTests {
    @Test("absent values are left out, and every line is JSON")
    func lines() throws {
        let feed = try feed(
            "<rss><channel><title>N</title><item><title>T \"quoted\" \\zed</title><link>https://a.org/1</link></item></channel></rss>"
        )
        #expect(
            FeedReport.lines(feed) == [
                #"{"feed":{"charset":"UTF-8","charset_source":"content","entries":1,"kind":"rss","repairs":[],"title":"N"}}"#,
                #"{"entry":{"authors":[],"categories":[],"id":"url:https://a.org/1","title":"T \"quoted\" \\zed","url":"https://a.org/1"}}"#,
            ])
    }

    @Test("a full entry has the names that the design gives")
    func names() throws {
        var entry = Entry(id: try #require(PaperID(parsing: "2511.01234")), title: "T")
        (entry.url, entry.pdfURL, entry.abstract, entry.content) = ("u", "p", "s", "c")
        (entry.upvotes, entry.comments, entry.organization, entry.codeURL, entry.projectURL) = (1, 2, "o", "g", "j")
        entry.authors = [Author("A", affiliation: "X"), Author("B")]
        entry.categories = ["cs.CL"]
        entry.keywords = ["k"]
        (entry.discussionURL, entry.synopsis, entry.stars, entry.journal) = ("d", "y", 3, "n")
        (entry.doi, entry.listedOn) = ("10.1/x", "2026-11-20")
        entry.announceType = .replaceCross
        entry.published = Date(timeIntervalSince1970: 0)
        entry.updated = Date(timeIntervalSince1970: 1.5)
        entry.otherIDs = [try #require(PaperID(parsing: "10.1234/y"))]
        let line = FeedReport.entryLine(entry)
        let keys = [
            "announce_type", "authors", "affiliations", "categories", "code_url", "comments", "content",
            "discussion_url",
            "doi", "id", "journal", "keywords", "listed_on", "organization", "other_ids", "pdf_url", "project_url",
            "published", "stars", "summary", "synopsis", "title", "updated", "upvotes", "url",
        ]
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: [String: Any]])
        let fields = try #require(object["entry"])
        #expect(fields.keys.sorted() == keys.sorted())
        #expect(fields["published"] as? String == "1970-01-01T00:00:00Z")
        #expect(fields["updated"] as? String == "1970-01-01T00:00:01.500Z")
        #expect(fields["affiliations"] as? [String] == ["X", ""])
        #expect(fields["announce_type"] as? String == "replace-cross")
    }

    @Test("how often the feed wants to be asked is told")
    func hints() throws {
        let feed = try feed(
            "<rss><channel><title>N</title><ttl>60</ttl><skipHours><hour>0</hour><hour>5</hour></skipHours><skipDays><day>Sunday</day></skipDays></channel></rss>"
        )
        let line = FeedReport.feedLine(feed)
        for member in [#""ttl":3600"#, #""skip_hours":[0,5]"#, #""skip_days":[7]"#] { #expect(line.contains(member)) }
    }
}
