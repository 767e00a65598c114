import Feeds
import Foundation
import Loopback
import Papers
import TestSupport
import Testing

@testable import Digests
@testable import Web

@Suite("The feeds of lists")
struct FeedTests {
    private func rich() throws -> Entry {
        var entry = Entry(id: try #require(PaperID(parsing: "2611.00001")), title: "Ω & <i>less</i> \"robots\"")
        entry.abstract = "What a robot says: 1 < 2 & so on. 日本語。"
        entry.authors = [Author("Ada Lovelace"), Author("Zoë Müller")]
        entry.categories = ["cs.RO", "cs.LG"]
        entry.published = Date(timeIntervalSince1970: 1_795_392_000)
        entry.pdfURL = "https://arxiv.org/pdf/2611.00001"
        return entry
    }

    private func store(_ entries: [Entry], in test: TestInstallation) async throws {
        _ = try await test.installation.database.papers.record(
            entries, feed: "hf", trust: .curator, seenAt: test.clock.now)
    }

    private static let lists = [
        "", "/week", "/month", "/trending", "/papers/2026-11-23", "/papers/2026-W48", "/papers/2026-11",
        "/topics/robots",
    ]

    @Test("are read back by our own parser: identifier, title, authors, links, dates", arguments: ["atom", "json"])
    func roundTrip(format: String) async throws {
        let test = try await TestInstallation()
        var second = Entry(id: try #require(PaperID(parsing: "10.1101/2026.11.01.000001")), title: "Robot by DOI")
        second.abstract = "Short."
        try await store([rich(), second], in: test)
        try await TestSite.serve(test) { site in
            for path in Self.lists.map({ "\($0)/feed.\(format)" }) + ["/search/feed.\(format)?q=robots"] {
                let answer = try await site.get(path)
                #expect(answer.status == 200, "\(path)")
                let feed = try ParsedFeed(
                    parsing: FeedDocument(
                        bytes: Array(answer.body.utf8), contentType: answer.headers["content-type"],
                        url: "https://papers.example.org\(path)"))
                #expect(feed.kind == (format == "atom" ? .atom : .jsonFeed))
                #expect(feed.repairs.isEmpty && feed.dropped.isEmpty)
                #expect(Set(feed.entries.map(\.id.key)) == ["arxiv:2611.00001", "doi:10.1101/2026.11.01.000001"])
                let entry = try #require(feed.entries.first { $0.id.scheme == .arxiv })
                let said = try rich()
                #expect(entry.title == "Ω & <i>less</i> \"robots\"" || entry.title == "Ω & less \"robots\"")
                #expect(entry.authors == said.authors)
                #expect(entry.categories == said.categories)
                #expect(entry.published == said.published)
                #expect(entry.updated == test.clock.now)
                #expect(entry.url == "https://papers.example.org/paper/2611.00001")
                #expect(entry.pdfURL == said.pdfURL)
                #expect((entry.abstract ?? entry.content) == said.abstract)
            }
        }
    }

    @Test("the first page's holds the last papers and not only the last day's, the newest day first, up to a hundred")
    func severalDays() async throws {
        let test = try await TestInstallation()
        for day in 0..<3 {
            let count = day == 0 ? 120 : 2
            try await test.store((1...count).map { "Day \(day) paper \($0)" }, firstID: day * 200 + 1)
            test.clock.advance(by: 86_400)
        }
        try await TestSite.serve(test) { site in
            let feed = try await site.get("/feed.atom").body
            let titles = feed.matches(of: /<title>(Day \d) paper \d+</).map { String($0.1) }
            #expect(titles == ["Day 2", "Day 2", "Day 1", "Day 1"] + Array(repeating: "Day 0", count: 96))
            // The page is still one day's.
            #expect(try await !site.get("/").body.contains("Day 1"))
            #expect(try await !site.get("/papers/2026-11-24/feed.atom").body.contains("Day 0"))
        }
    }

    @Test("are named on their pages, with their media types")
    func discovery() async throws {
        let test = try await TestInstallation()
        try await store([rich()], in: test)
        try await TestSite.serve(test) { site in
            for list in Self.lists {
                let page = try await site.get(list.isEmpty ? "/" : list)
                #expect(page.body.contains("type=\"application/atom+xml\" title=\"Atom\" href=\"\(list)/feed.atom\""))
                #expect(page.body.contains("type=\"application/feed+json\""))
            }
            let atom = try await site.get("/feed.atom")
            #expect(atom.headers["content-type"] == "application/atom+xml; charset=utf-8")
            #expect(atom.body.contains("<id>https://papers.example.org/</id>"))
            #expect(atom.body.contains("<updated>2026-11-23T08:00:00Z</updated>"))
            #expect(
                atom.body.contains(
                    "rel=\"self\" type=\"application/atom+xml\" href=\"https://papers.example.org/feed.atom\""))
            let json = try await site.get("/feed.json")
            #expect(json.headers["content-type"] == "application/feed+json; charset=utf-8")
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json.body.utf8)) as? [String: Any])
            #expect(object["version"] as? String == "https://jsonfeed.org/version/1.1")
            #expect(object["home_page_url"] as? String == "https://papers.example.org/")
            #expect(object["feed_url"] as? String == "https://papers.example.org/feed.json")
        }
    }

    @Test("keep their entries' identifiers and dates whatever else is said of the paper")
    func stable() async throws {
        let test = try await TestInstallation()
        try await store([rich()], in: test)
        try await TestSite.serve(test) { site in
            let before = try await site.get("/feed.atom").body
            var later = try rich()
            later.upvotes = 500
            test.clock.advance(by: 3600)
            try await store([later], in: test)
            #expect(try await site.get("/feed.atom").body == before)
        }
    }

    @Test("say that an entry was updated when its title is revised, and when it is retracted")
    func revised() async throws {
        let test = try await TestInstallation()
        try await store([rich()], in: test)
        var later = try rich()
        for (change, hours) in [({ $0.title = "Another title" }, 1.0), ({ $0.status = .retracted }, 2)]
            as [((inout Entry) -> Void, Double)]
        {
            change(&later)
            test.clock.move(to: TestInstallation.start.addingTimeInterval(hours * 3600))
            try await store([later], in: test)
            try await TestSite.serve(test) { site in
                for format in ["atom", "json"] {
                    let answer = try await site.get("/feed.\(format)")
                    let feed = try ParsedFeed(parsing: FeedDocument(bytes: Array(answer.body.utf8)))
                    #expect(feed.entries.map(\.updated) == [test.clock.now], "\(format)")
                    #expect(feed.entries.map(\.id.key) == ["arxiv:2611.00001"])
                    if format == "atom" { #expect(feed.updated == test.clock.now) }
                }
            }
        }
    }

    @Test("and pages say of a retracted paper that it is")
    func retracted() async throws {
        let test = try await TestInstallation()
        var paper = try rich()
        paper.title = "A study of robots"
        paper.status = .retracted
        try await store([paper], in: test)
        try await TestSite.serve(test) { site in
            let paths = [
                "/", "/papers/2026-11-23", "/paper/2611.00001", "/search?q=cat:cs.RO", "/topics/robots", "/feed.atom",
                "/feed.json",
                "/week", "/month", "/trending",
            ]
            for path in paths {
                #expect(try await site.get(path).body.contains("Retracted: A study of robots"), "\(path)")
            }
            let german = try await site.get("/paper/2611.00001?lang=de").body
            #expect(german.contains("Zurückgezogen: A study of robots"))
        }
    }

    @Test("of a paper that its feed gives no page lead to ours")
    func pageless() async throws {
        let test = try await TestInstallation()
        var paper = Entry(id: PaperID(entry: "urn:uuid:1", in: "https://a.org/feed"), title: "A robot without a page")
        paper.abstract = "Text."
        try await store([paper], in: test)
        try await TestSite.serve(test) { site in
            let answer = try await site.get("/feed.atom")
            let feed = try ParsedFeed(parsing: FeedDocument(bytes: Array(answer.body.utf8)))
            let page = try #require(feed.entries.first?.url)
            #expect(page.hasPrefix("https://papers.example.org/paper/no/"))
            let path = String(page.dropFirst("https://papers.example.org".count))
            #expect(try await site.get(path).body.contains("A robot without a page"))
            #expect(try await !site.get("/").body.contains("href=\"\""))
        }
    }

    @Test("of an empty list are valid and empty")
    func empty() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            for format in ["atom", "json"] {
                let answer = try await site.get("/feed.\(format)")
                let feed = try ParsedFeed(
                    parsing: FeedDocument(bytes: Array(answer.body.utf8), contentType: nil, url: nil))
                #expect(feed.entries.isEmpty && feed.title == "Broadsheet: Today’s papers")
            }
        }
    }
}
