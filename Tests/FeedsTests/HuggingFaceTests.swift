import Foundation
import Papers
import Testing

@testable import Feeds

@Suite("Hugging Face daily papers")
struct HuggingFaceTests {
    private let row = #"""
        {"paper": {"id": "2511.01234", "authors": [{"_id": "1", "name": "Ada  Lovelace", "hidden": false},
        {"name": "Hidden One", "hidden": true}, {"name": "GLM-4. 5 Team"}], "publishedAt": "2025-11-03T18:05:00.000Z",
        "submittedOnDailyAt": "2025-11-05T02:44:20.973Z", "title": "LLMtimesMapReduce:\n  Longer", "summary": "It is 2.2times\nfaster, 5\\% less.",
        "upvotes": 12, "githubRepo": "https://github.com/a/b", "githubStars": 7, "projectPage": " http://a.org/p",
        "ai_summary": "One sentence.", "ai_keywords": ["agents", "maps"], "organization": {"name": "acme", "fullname": "Acme Labs"}},
        "publishedAt": "2025-11-03T13:05:00.000Z", "title": "LLM$\\times$MapReduce: Longer", "summary": "outer", "numComments": 3,
        "mediaUrls": ["x"], "submittedBy": {"name": "nobody"}, "isAuthorParticipating": true}
        """#

    @Test("a row becomes an entry, field by field")
    func fields() throws {
        let feed = try feed("[\(row)]")
        let entry = try #require(feed.entries.first)
        #expect(feed.kind == .huggingFace)
        #expect(entry.id.key == "arxiv:2511.01234")
        #expect(entry.title == "LLM×MapReduce: Longer")
        #expect(entry.authors.map(\.name) == ["Ada Lovelace", "GLM-4. 5 Team"])
        #expect(entry.published == FeedDate.parse("2025-11-03T18:05:00Z"))
        #expect(entry.listedOn == "2025-11-05")
        #expect(entry.abstract == "It is 2.2times faster, 5% less.")
        #expect(entry.upvotes == 12 && entry.comments == 3 && entry.stars == 7)
        #expect(entry.url == "https://huggingface.co/papers/2511.01234" && entry.discussionURL == entry.url)
        #expect(entry.pdfURL == "https://arxiv.org/pdf/2511.01234")
        #expect(entry.codeURL == "https://github.com/a/b" && entry.projectURL == "http://a.org/p")
        #expect(
            entry.organization == "Acme Labs" && entry.synopsis == "One sentence." && entry.synopsisWriter == .machine
                && entry.keywords == ["agents", "maps"])
    }

    @Test(
        "the shapes of other years",
        arguments: [
            (#"{"paper": {"id": "2405.17247", "summary": "S"}, "title": "T", "mediaUrl": "x"}"#, "S", String?.none),
            (#"{"title": "T", "paper": {"id": "2405.17247"}, "summary": "Outer"}"#, "Outer", nil),
            (
                #"{"paper": {"id": "2405.17247", "title": "T", "summary": "S"}, "submitterOrganization": {"name": "o"}}"#,
                "S", "o"
            ),
            (
                #"{"paper": {"id": "2405.17247", "title": "T", "summary": "S", "projectPage": null, "organization": {"fullname": "O"}}}"#,
                "S", "O"
            ),
        ])
    func shapes(_ row: String, abstract: String, organization: String?) throws {
        let entry = try #require(try feed("[\(row)]").entries.first)
        #expect(entry.title == "T" && entry.abstract == abstract && entry.organization == organization)
    }

    @Test("an empty day is a feed without entries")
    func empty() throws { #expect(try feed("[]").entries.isEmpty) }

    @Test(
        "one bad element costs that element only",
        arguments: [
            "\"a string\"", "17", "null", "{}", #"{"paper": {}}"#, #"{"paper": {"id": "not an id", "title": "T"}}"#,
            #"{"paper": {"id": "2405.17247"}}"#, #"{"paper": "x"}"#,
            #"{"paper": {"id": "2405.17247", "authors": 3}, "title": "T"}"#,
        ])
    func badElement(_ bad: String) throws {
        let feed = try feed("[\(row), \(bad), \(row)]")
        #expect(feed.entries.count == 2)
        #expect(feed.dropped.count == 1)
        #expect(feed.dropped.first?.which.hasPrefix("entry 2") == true)
    }

    @Test("a day of strings is a clear error")
    func strings() throws {
        let error = try #require(feedError(#"["{'paper': {'id': '2412.07730'}}", "{}"]"#, url: "https://a.org/x"))
        #expect(error.problem == .wrongShape)
        #expect(error.description.hasPrefix("https://a.org/x: none of its 2 elements is a paper"))
        #expect(error.description.contains("a string where an object should be"))
    }

    @Test("a truncated day keeps the papers before the cut")
    func truncated() throws {
        let feed = try feed("[\(row), \(row.prefix(200))")
        #expect(feed.entries.count == 1)
        #expect(feed.repairs.contains { $0.contains("breaks off") })
    }

    @Test("a day that is cut in its first paper is an error")
    func truncatedAtOnce() { #expect(feedError("[\(row.prefix(200))")?.problem == .malformed) }

    @Test("the API's own error is passed on")
    func reported() { #expect(feedError(#"{"error": "Invalid date"}"#)?.message == "the server says: Invalid date") }
}
