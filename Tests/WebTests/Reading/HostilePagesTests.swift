import Foundation
import Loopback
import Papers
import TestSupport
import Testing

@testable import Web

@Suite("Hostile papers on the public pages")
struct HostilePagesTests {
    @Test("script, dangerous links, template syntax, line ends and bidi controls are inert in pages, feeds and headers")
    func inert() async throws {
        let test = try await TestInstallation()
        let evil =
            "<script>alert(1)</script> {{siteName}} {{{x}}} {{>mail-footer.html}} ]]> \u{202E}evil\u{0}\r\nSet-Cookie: a=b"
        var entry = Entry(id: try #require(PaperID(parsing: "2611.00001")), title: "Robot " + evil)
        entry.abstract = evil + " <img src=x onerror=alert(1)>"
        entry.authors = [Author("\"><svg onload=alert(1)> " + evil)]
        entry.categories = ["cs.<b>"]
        entry.keywords = [evil]
        entry.organization = evil
        entry.journal = evil
        entry.synopsis = evil
        for link in [\Entry.pdfURL, \.codeURL, \.projectURL, \.discussionURL] {
            entry[keyPath: link] = "javascript:alert(1)"
        }
        var other = Entry(
            id: try #require(PaperID(parsing: "https://evil.example/a%0D%0ASet-Cookie:b=c?x=<y>")), title: "Robot")
        other.url = "data:text/html,<script>alert(1)</script>"
        _ = try await test.installation.database.papers.record(
            [entry, other], feed: "javascript:alert(1)", trust: .curator, seenAt: test.clock.now)
        try await TestSite.serve(test) { site in
            for path in [
                "/", "/paper/2611.00001", "/paper/no/2", "/search?q=robot", "/topics/robots", "/feed.atom",
                "/feed.json",
                "/search/feed.atom?q=robot", "/sitemap.xml", "/search?q=%3Cscript%3E%22%0D%0ASet-Cookie:x%3Dy",
                "/?filter=%22%3E%3Cscript%3E%22",
            ] {
                let answer = try await site.get(path)
                let place = "\(path)"
                #expect([200, 422].contains(answer.status), "\(place)")
                #expect(answer.headers["set-cookie"] == nil, "\(place)")
                for needle in ["\u{202E}", "\u{0}", "href=\"javascript:", "href=\"data:", "<img src=x"] {
                    #expect(!answer.body.contains(needle) || path.hasSuffix("json"), "\(place): \(needle)")
                }
                if !path.contains("feed.json") {
                    let body = answer.body.withoutDataBlock
                    for needle in ["<script", "<svg", "<img", "<b>"] {
                        #expect(!body.contains(needle), "\(place): \(needle)")
                    }
                }
                for needle in ["\u{202E}", "\u{0}", "\"javascript:", "\"data:"] {
                    #expect(!answer.body.contains(needle), "\(place): \(needle)")
                }
            }
            #expect(
                try await site.get("/paper/2611.00001").body.contains("{{siteName}} {{{x}}} {{&gt;mail-footer.html}}"))
        }
    }

    @Test("every page stays under 60 KB, whatever papers say")
    func size() async throws {
        let test = try await TestInstallation()
        let entries = try (1...100).map { number in
            var entry = Entry(
                id: try #require(PaperID(parsing: "2611.\(10_000 + number)")),
                title: "Robot: a title of the length that long titles have, with a colon and then some more, \(number)")
            entry.abstract = String(repeating: "A robot & its sentence of ordinary length stands here. ", count: 60)
            entry.authors = (1...200).map { Author("Firstname Middlename Lastname\($0)") }
            entry.categories = ["cs.RO", "cs.LG", "cs.AI"]
            entry.keywords = ["one", "two", "three"]
            entry.codeURL = "https://github.com/example/a-repository-with-a-long-name-\(number)"
            entry.projectURL = "https://example.github.io/a-project-page-with-a-long-name-\(number)/"
            entry.pdfURL = "https://arxiv.org/pdf/2611.\(10_000 + number)"
            return entry
        }
        _ = try await test.installation.database.papers.record(
            entries, feed: "hf", trust: .curator, seenAt: test.clock.now)
        try await TestSite.serve(test) { site in
            for path in ["/", "/?page=2", "/week", "/paper/2611.10001", "/search?q=robot", "/topics/robots", "/topics"]
            {
                let bytes = try await site.get(path).body.utf8.count
                #expect(bytes < 60_000, "\(path): \(bytes)")
            }
        }
    }
}
