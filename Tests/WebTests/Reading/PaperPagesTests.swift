import Foundation
import Loopback
import Papers
import Store
import TestSupport
import Testing

@testable import Web

@Suite("A paper's page")
struct PaperPagesTests {
    private func entry(_ id: String, _ title: String, _ abstract: String = "") throws -> Entry {
        var entry = Entry(id: try #require(PaperID(parsing: id)), title: title)
        entry.abstract = abstract
        return entry
    }

    private func record(
        _ entries: [Entry], in test: TestInstallation, feed: String = "https://feeds.example/a?key=secret"
    )
        async throws
    {
        _ = try await test.installation.database.papers.record(
            entries, feed: feed, trust: .curator, seenAt: test.clock.now)
    }

    @Test("shows the paper whole: authors, abstract, links, topics, where it was seen")
    func whole() async throws {
        let test = try await TestInstallation()
        var paper = try entry("2611.00001", "Diffusion for robots", String(repeating: "A long sentence. ", count: 200))
        paper.authors = (1...40).map { Author("Author Number\($0)") }
        paper.categories = ["cs.RO"]
        paper.codeURL = "https://github.com/example/robots"
        paper.upvotes = 12
        try await record([paper], in: test)
        try await TestSite.serve(test) { site in
            let page = try await site.get("/paper/2611.00001")
            #expect(page.status == 200)
            #expect(page.body.ranges(of: "A long sentence.").count >= 200)
            #expect(page.body.contains("/search?q=author%3A%22Author%20Number1%22"))
            #expect(page.body.contains("and 28 more") && page.body.contains("Author Number40"))
            for link in ["https://arxiv.org/abs/2611.00001", "https://github.com/example/robots"] {
                #expect(page.body.contains("href=\"\(link)\""))
            }
            #expect(page.body.contains("12 upvotes"))
            #expect(page.body.contains("href=\"/topics/diffusion\">Diffusion</a>"))
            #expect(page.body.contains("href=\"/topics/robots\""))
            #expect(page.body.contains("<meta property=\"og:type\" content=\"article\">"))
            #expect(page.body.contains("feeds.example") && !page.body.contains("secret"))
            #expect(try await site.get("/").body.contains("<a href=\"/paper/2611.00001\">Diffusion for robots</a>"))
        }
    }

    @Test(
        "a summary that a machine wrote says so, on the page and where the page tells of itself; the authors’ own does not",
        arguments: [SynopsisWriter.machine, nil, .authors], ["en": "AI summary", "de": "KI-Zusammenfassung"])
    func synopsis(writer: SynopsisWriter?, label: (key: String, value: String)) async throws {
        let test = try await TestInstallation()
        var paper = try entry("2611.00001", "Diffusion for robots")
        (paper.synopsis, paper.synopsisWriter) = ("Robots dream.", writer)
        try await record([paper], in: test)
        try await TestSite.serve(test) { site in
            let page = try await site.get("/paper/2611.00001?lang=\(label.key)").body
            let isLabelled = writer != .authors
            #expect(page.contains("<h3>\(label.value)</h3>\n<p class=\"synopsis\"") == isLabelled)
            #expect(page.contains("content=\"\(label.value): Robots dream.\"") == isLabelled)
            #expect(page.contains("content=\"Robots dream.\"") == !isLabelled)
        }
    }

    @Test("related papers share telling words, the likest first; a hidden one is none")
    func related() async throws {
        let test = try await TestInstallation()
        let others = (1...20).map {
            ("2611.000\(50 + $0)", "Unlike number\($0)", "Something word\($0) else thing\($0).")
        }
        try await record(
            [
                entry("2611.00001", "Zebrafish heart cells", "Zebrafish heart cells under a microscope."),
                entry("2611.00002", "Zebrafish heart repair", "Zebrafish repair heart cells after harm."),
                entry("2611.00003", "Zebrafish brains", "Zebrafish think of brains."),
                entry("2611.00004", "Zebrafish heart secrets", "Zebrafish heart cells, withdrawn."),
            ] + others.map { try entry($0.0, $0.1, $0.2) }, in: test)
        let id = try #require(PaperID(parsing: "2611.00004"))
        let hidden = try #require(try await test.installation.database.papers.paper(id: id))
        try await test.installation.database.papers.setHidden(hidden.seq, true)
        try await TestSite.serve(test) { site in
            let body = try await site.get("/paper/2611.00001").body
            let list = body.matches(of: /<a href="\/paper\/2611\.(\d+)">/).map { String($0.1) }
            #expect(list == ["00002", "00003"])
            #expect(try await site.get("/paper/2611.00004").status == 404)
        }
    }

    @Test(
        "every form of an identifier leads to one address",
        arguments: [
            ("/paper/2611.00001v2", "2611.00001"), ("/paper/arXiv:2611.00001", "2611.00001"),
            ("/paper/doi/10.1101%2F2026.11.01.000001", "10.1101"), ("/paper/doi/10.1101/2026.11.01.000001", "10.1101"),
            ("/paper/math.GT/0309136", "math/0309136"), ("/paper/no/4", "no/4"), ("/paper/no/2", "10.1101"),
        ])
    func forms(path: String, canonical: String) async throws {
        let test = try await TestInstallation()
        try await record(
            [
                entry("2611.00001", "One"), entry("10.1101/2026.11.01.000001", "Two"), entry("math/0309136", "Three"),
                entry("https://example.org/a?b=c&d=e", "Four"),
            ], in: test)
        try await TestSite.serve(test) { site in
            let page = try await site.get(path)
            #expect(page.status == 200)
            #expect(page.body.contains("<link rel=\"canonical\" href=\"https://papers.example.org/paper/"))
            #expect(page.body.firstMatch(of: /rel="canonical" href="([^"]*)"/)?.1.contains(canonical) == true)
        }
    }

    @Test(
        "an address of no paper is not found",
        arguments: [
            "2611.99999", "nonsense", "", "no/", "no/x", "no/99", "doi/", "doi/x", "..%2F..%2Fetc", "%00", "%ff",
        ])
    func unknown(path: String) async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let answer = try await site.get("/paper/\(path)")
            #expect(answer.status == 404)
        }
    }

    @Test("a paper that turned out to be another is found under its old number")
    func merged() async throws {
        let test = try await TestInstallation()
        try await record([entry("https://example.org/a", "Same title of a paper")], in: test)
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/paper/no/1").body.contains("Same title"))
            _ = try await test.installation.database.papers.setHidden(1, true)
            #expect(try await site.get("/paper/no/1").status == 404)
        }
    }
}
