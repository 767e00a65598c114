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
                #"{"feed": {"title": "N", "kind": "rss", "charset": "UTF-8", "charset_source": "content", "entries": 1, "repairs": []}}"#,
                #"{"entry": {"id": "url:https://a.org/1", "title": "T \"quoted\" \\zed", "url": "https://a.org/1", "authors": [], "categories": []}}"#,
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
        #expect(
            FeedReport.entryLine(entry)
                == #"{"entry": {"id": "arxiv:2511.01234", "title": "T", "url": "u", "pdf_url": "p", "discussion_url": "d", "doi": "10.1/x", "#
                + #""authors": ["A", "B"], "affiliations": ["X", ""], "#
                + #""categories": ["cs.CL"], "keywords": ["k"], "published": "1970-01-01T00:00:00Z", "updated": "1970-01-01T00:00:01.500Z", "#
                + #""summary": "s", "content": "c", "synopsis": "y", "upvotes": 1, "comments": 2, "organization": "o", "code_url": "g", "#
                + #""stars": 3, "project_url": "j", "journal": "n", "announce_type": "replace-cross", "#
                + #""listed_on": "2026-11-20"}}"#)
    }

    @Test("how often the feed wants to be asked is told")
    func hints() throws {
        let feed = try feed(
            "<rss><channel><title>N</title><ttl>60</ttl><skipHours><hour>0</hour><hour>5</hour></skipHours><skipDays><day>Sunday</day></skipDays></channel></rss>"
        )
        #expect(FeedReport.feedLine(feed).hasSuffix(#""ttl": 3600, "skip_hours": [0, 5], "skip_days": [7]}}"#))
    }
}
