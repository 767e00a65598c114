import Foundation
import Loopback
import Mail
import Papers
import Store
import Synchronization
import TestSupport
import Testing

@testable import Workers

@Suite("Past days, pages and stale feeds")
struct ArchiveTests {
    private static func huggingFace(_ ids: some Sequence<Int>) -> String {
        "["
            + ids.map { number in
                let id = "2611.\(String(format: "%05d", number))"
                return
                    "{\"paper\": {\"id\": \"\(id)\", \"title\": \"Paper \(number)\", \"summary\": \"Text.\", \"authors\": [], "
                    + "\"publishedAt\": \"2026-11-20T00:00:00.000Z\", \"upvotes\": 1}, \"title\": \"Paper \(number)\", \"numComments\": 0}"
            }.joined(separator: ",") + "]"
    }

    private static func arXiv(_ numbers: some Sequence<Int>) -> String {
        let items = numbers.map { number in
            let id = "2611.\(String(format: "%05d", number))"
            return """
                <item><title>Paper \(number)</title><link>https://arxiv.org/abs/\(id)</link><guid isPermaLink="false">oai:arXiv.org:\(id)v1</guid>
                <description>arXiv:\(id)v1 Announce Type: new
                Abstract: Text.</description><arxiv:announce_type>new</arxiv:announce_type></item>
                """
        }
        return """
            <rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"><channel><title>cs.LG updates on arXiv.org</title>
            <link>http://rss.arxiv.org/rss/cs.LG</link>\(items.joined())</channel></rss>
            """
    }

    private static func oai(_ numbers: some Sequence<Int>, token: String? = nil, created: String = "2026-11-22")
        -> String
    {
        let records = numbers.map { number in
            """
            <record><header><identifier>oai:arXiv.org:2611.\(String(format: "%05d", number))</identifier></header><metadata>
            <arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2611.\(String(format: "%05d", number))</id><created>\(created)</created>
            <title>Paper \(number)</title><categories>cs.LG</categories><abstract>Text.</abstract></arXiv></metadata></record>
            """
        }
        return """
            <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>\(records.joined())
            \(token.map { "<resumptionToken>\($0)</resumptionToken>" } ?? "")</ListRecords></OAI-PMH>
            """
    }

    private func setup(
        feed path: String, archive: String? = nil, _ respond: @escaping @Sendable (String) -> String?
    ) async throws -> (server: HTTPFileServer, test: TestInstallation, feed: StoredFeed) {
        let server = try await HTTPFileServer.start { request in
            guard let text = respond(request.path) else { return HTTPServerReply(status: 404) }
            return HTTPServerReply(body: Array(text.utf8))
        }
        let test = try await TestInstallation()
        let feed = try await test.installation.database.feeds.add(
            FeedDeclaration(
                url: server.baseURL + path, allowsPrivate: true, archive: archive.map { server.baseURL + $0 }),
            origin: .admin)
        return (server, test, try #require(feed))
    }

    private func round(_ test: TestInstallation) async throws -> [FetchReport] {
        try await FeedRound(test.installation).run(try await test.installation.database.feeds.all())
    }

    @Test("Hugging Face's pages are read until one is short")
    func pages() async throws {
        let (server, test, _) = try await setup(feed: "/api/daily_papers?limit=3") { path in
            switch path {
            case "/api/daily_papers?limit=3": Self.huggingFace(1...3)
            case "/api/daily_papers?limit=3&p=1": Self.huggingFace(4...6)
            case "/api/daily_papers?limit=3&p=2": Self.huggingFace(7...7)
            default: nil
            }
        }
        _ = try await round(test)
        #expect(try await test.installation.database.papers.count() == 7)
        #expect(server.requests.count == 3)
    }

    @Test("a page that fails leaves no validator behind, so that the whole list is asked for again")
    func failedPage() async throws {
        let asked = Mutex(0)
        let server = try await HTTPFileServer.start { request in
            let body = Array(Self.huggingFace(request.path.contains("p=1") ? 3...3 : 1...2).utf8)
            if request.path.contains("p=1"),
                asked.withLock({
                    $0 += 1; return $0
                }) == 1
            {
                return HTTPServerReply(status: 404)
            }
            return .document(body, contentType: "application/json", etag: "\"\(request.path)\"", for: request)
        }
        let test = try await TestInstallation()
        _ = try await test.installation.database.feeds.add(
            FeedDeclaration(url: server.baseURL + "/hf?limit=2", allowsPrivate: true), origin: .admin)
        let first = try await round(test)
        #expect(first[0].notes.contains { $0.contains("pages could not be read") })
        test.clock.advance(by: 3600)
        _ = try await round(test)
        #expect(try await test.installation.database.papers.count() == 3)
        #expect(server.requests.allSatisfy { $0.header("If-None-Match") == nil })
        _ = try await round(test)
        #expect(server.requests.last?.header("If-None-Match") != nil)
    }

    @Test("a page whose server asks for patience is not asked for before")
    func patientPage() async throws {
        let server = try await HTTPFileServer.start { request in
            request.path.contains("p=1")
                ? HTTPServerReply(status: 429, headers: [("Retry-After", "3600")])
                : HTTPServerReply(body: Array(Self.huggingFace(1...2).utf8))
        }
        let test = try await TestInstallation()
        _ = try await test.installation.database.feeds.add(
            FeedDeclaration(url: server.baseURL + "/hf?limit=2", allowsPrivate: true), origin: .admin)
        _ = try await round(test)
        test.clock.advance(by: 3000)
        let early = try await round(test)
        guard case .putOff = early[0].outcome else { throw Unexpected(early[0].outcome) }
        #expect(server.requests.count == 2)
    }

    @Test("missed days whose archive fails are not forgotten, and its server's patience is kept to")
    func failingArchive() async throws {
        let isUp = Mutex(false)
        let server = try await HTTPFileServer.start { request in
            guard request.path != "/hf" else { return HTTPServerReply(body: Array(Self.huggingFace(1...1).utf8)) }
            guard isUp.withLock(\.self) else { return HTTPServerReply(status: 503, headers: [("Retry-After", "7200")]) }
            return HTTPServerReply(body: Array(Self.huggingFace(2...4).utf8))
        }
        let test = try await TestInstallation()
        let feeds = test.installation.database.feeds
        _ = try await feeds.add(
            FeedDeclaration(
                url: server.baseURL + "/hf", allowsPrivate: true, archive: server.baseURL + "/{from}/{until}"),
            origin: .admin)
        _ = try await round(test)
        test.clock.advance(by: 3 * 86_400)
        let failed = try await round(test)
        #expect(failed[0].notes.contains { $0.contains("could not all be fetched") })
        isUp.withLock { $0 = true }
        test.clock.advance(by: 3600)
        _ = try await round(test)
        #expect(server.requests.last?.path == "/hf", "two hours were asked for")
        test.clock.advance(by: 3700)
        let read = try await round(test)
        #expect(read[0].notes.contains { $0.contains("3 new papers") })
        #expect(server.requests.last?.path == "/2026-11-23/2026-11-26")
        #expect(try await feeds.all().first?.missedSince == nil)
    }

    @Test("a listing whose papers another feed brought first is not stale")
    func overlap() async throws {
        let server = try await HTTPFileServer.start { request in
            HTTPServerReply(body: Array(Self.arXiv(1...(request.path.hasSuffix("2") ? 3 : 2)).utf8))
        }
        let test = try await TestInstallation()
        let feeds = test.installation.database.feeds
        for path in ["/a", "/b"] {
            _ = try await feeds.add(FeedDeclaration(url: server.baseURL + path, allowsPrivate: true), origin: .admin)
        }
        _ = try await round(test)
        test.clock.advance(by: 3600)
        _ = try await round(test)
        #expect(try await feeds.all().allSatisfy { $0.lastNewAt != nil && $0.staleSince == nil })
    }

    @Test(
        "arXiv's listing is asked for again a while after the next midnight with news, and before that until it has come"
    )
    func schedule() throws {
        let plan = FetchPlan(interval: 1800) { 0.5 }
        func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }
        let midnight = try date("2026-11-24T00:00:00-05:00")
        let evening = try date("2026-11-23T18:00:00-05:00")
        #expect(
            plan.afterArXiv(at: evening, broughtNew: true, lastNewAt: nil) == midnight.addingTimeInterval(1200))
        let early = midnight.addingTimeInterval(1200)
        #expect(
            plan.afterArXiv(at: early, broughtNew: false, lastNewAt: evening) == early.addingTimeInterval(1800),
            "the listing of the day before is still served")
        let friday = try date("2026-11-27T01:00:00-05:00")
        #expect(
            plan.afterArXiv(at: friday, broughtNew: true, lastNewAt: nil)
                == (try date("2026-11-30T00:20:00-05:00")))
    }

    @Test("where one archive fails the next is asked, and a day that fails costs that day")
    func layers() async throws {
        let (_, test, feed) = try await setup(feed: "/hf", archive: "/{date}") { path in
            path == "/2026-11-22" ? nil : Self.huggingFace(path == "/2026-11-21" ? 1...2 : 3...3)
        }
        let report = try await Backfill(test.installation).run(
            feed, since: try Date("2026-11-21T00:00:00Z", strategy: .iso8601))
        #expect(report.counts.new == 3)
        #expect(report.problem?.contains("2026-11-22 answered with status 404") == true)
        let arXiv = try #require(
            try await test.installation.database.feeds.add(
                FeedDeclaration(url: "https://rss.arxiv.org/rss/cs.LG+stat.ML"), origin: .admin))
        let day = try Date("2026-11-22T12:00:00Z", strategy: .iso8601)
        #expect(
            try #require(ArchiveSource(arXiv)).requests(layer: 1, from: day, to: day).map(\.address) == [
                "https://export.arxiv.org/api/query?search_query=(cat:cs.LG+OR+cat:stat.ML)+AND+submittedDate:%5B202611220000+TO+202611222359%5D&sortBy=submittedDate&max_results=500&start={start}"
            ])
    }

    @Test("by hand, each day since one is asked for, page by page")
    func since() async throws {
        let (server, test, feed) = try await setup(feed: "/hf", archive: "/days/{date}?p={page}") { path in
            switch path {
            case "/days/2026-11-21?p=0": Self.huggingFace(1...3)
            case "/days/2026-11-21?p=1": Self.huggingFace(3...4)
            case "/days/2026-11-21?p=2", "/days/2026-11-22?p=0", "/days/2026-11-23?p=1": "[]"
            case "/days/2026-11-23?p=0": Self.huggingFace(5...5)
            default: nil
            }
        }
        let report = try await Backfill(test.installation).run(
            feed, since: try Date("2026-11-21T00:00:00Z", strategy: .iso8601))
        #expect(report.problem == nil)
        #expect(report.counts.new == 5)
        #expect(server.requests.first?.path == "/days/2026-11-21?p=0")
        #expect(server.requests.last?.path == "/days/2026-11-23?p=1")
    }

    @Test("each day's list stands on its day, today's is news, and no mail brings an archive")
    func ownDays() async throws {
        let (_, test, feed) = try await setup(feed: "/hf", archive: "/{date}") { path in
            switch path {
            case "/2026-11-21": Self.huggingFace(1...3)
            case "/2026-11-22": Self.huggingFace(4...5)
            case "/2026-11-23": Self.huggingFace(6...6)
            default: nil
            }
        }
        let papers = test.installation.database.papers
        _ = try await test.desk.add(try Address("reader@example.org"), interests: Interests(), source: "test")
        _ = try await Backfill(test.installation).run(feed, since: try Date("2026-11-21T00:00:00Z", strategy: .iso8601))
        for (day, numbers) in [("2026-11-21", 1...3), ("2026-11-22", 4...5), ("2026-11-23", 6...6)] {
            let moments = try #require(ListPeriod(day)).moments(in: test.installation.settings.digestTimeZone)
            let listed = try await papers.surfaced(from: moments.lowerBound, until: moments.upperBound, limit: 10)
            #expect(listed.map(\.paper.title).sorted() == numbers.map { "Paper \($0)" }, "\(day)")
        }
        test.clock.move(to: TestInstallation.morning)
        _ = try await Scheduler(test.installation).round()
        #expect(try await test.lastDigest(of: "reader@example.org") == ["Paper 6"])
    }

    @Test("what is missed while the machine is off is put on its days and mailed to no reader")
    func missedDays() async throws {
        let (_, test, _) = try await setup(feed: "/hf", archive: "/{date}") { path in
            path == "/hf" ? Self.huggingFace(1...1) : path == "/2026-11-24" ? Self.huggingFace(2...4) : "[]"
        }
        let papers = test.installation.database.papers
        _ = try await round(test)
        let seen = try await papers.latestSeq()
        test.clock.advance(by: 3 * 86_400)
        _ = try await round(test)
        #expect(try await papers.count() == 4)
        #expect(try await papers.surfaced(after: seen, limit: 10).isEmpty)
        let moments = try #require(ListPeriod("2026-11-24")).moments(in: test.installation.settings.digestTimeZone)
        #expect(try await papers.surfaced(from: moments.lowerBound, until: moments.upperBound, limit: 10).count == 3)
    }

    @Test(
        "the day of an entry of a range is its own",
        arguments: [
            ("2026-11-22T00:00:00Z", "2026-11-22"), ("2026-11-22T03:00:00Z", "2026-11-21"),
            ("2026-11-22T12:00:00Z", "2026-11-22"),
        ])
    func dayOfEntry(_ published: String, _ day: String) async throws {
        let test = try await TestInstallation()
        let feed = try #require(
            try await test.installation.database.feeds.add(
                FeedDeclaration(url: "https://rss.arxiv.org/rss/cs.LG"), origin: .admin))
        var entry = Entry(id: try #require(PaperID(parsing: "2611.00001")), title: "T")
        entry.published = try Date(published, strategy: .iso8601)
        #expect(try #require(ArchiveSource(feed)).day(of: entry) == day)
        entry.listedOn = "2026-11-20"
        #expect(try #require(ArchiveSource(feed)).day(of: entry) == "2026-11-20")
    }

    @Test("OAI-PMH's resumption tokens are followed, and records first published long ago are no news")
    func resumption() async throws {
        let (server, test, feed) = try await setup(feed: "/rss", archive: "/oai?verb=ListRecords&from={from}") { path in
            switch path {
            case "/oai?verb=ListRecords&from=2026-11-22": Self.oai(1...2, token: "a|b c")
            case "/oai?verb=ListRecords&resumptionToken=a%7Cb%20c": Self.oai(3...3) + Self.oai([], created: "")
            default: nil
            }
        }
        let since = try Date("2026-11-22T06:00:00Z", strategy: .iso8601)
        let report = try await Backfill(test.installation).run(feed, since: since)
        #expect(report.counts.new == 3, "\(report.problem ?? "")")
        #expect(server.requests.count == 2)
    }

    @Test("records of an archive that were first published long ago are left out")
    func oldRecords() async throws {
        let (_, test, feed) = try await setup(feed: "/rss", archive: "/oai?from={from}") { _ in
            Self.oai(1...2, created: "2019-01-02")
        }
        let report = try await Backfill(test.installation).run(feed, since: test.clock.now)
        #expect(report.counts.new == 0)
        #expect(report.problem == nil)
    }

    @Test("after downtime the feeds with an archive are asked for the days that were missed, once")
    func missed() async throws {
        let (server, test, _) = try await setup(feed: "/hf", archive: "/{date}") { path in
            Self.huggingFace(path == "/hf" ? 1...1 : 2...4)
        }
        _ = try await round(test)
        test.clock.advance(by: 86_400)
        _ = try await round(test)
        #expect(server.requests.count == 2, "a day is what the feed itself holds")
        test.clock.advance(by: 3 * 86_400)
        let reports = try await round(test)
        #expect(reports[0].notes == ["the days since 2026-11-24 were missed and fetched now: 3 new papers"])
        #expect(server.requests.suffix(4).map(\.path) == ["/2026-11-24", "/2026-11-25", "/2026-11-26", "/2026-11-27"])
        _ = try await round(test)
        #expect(server.requests.last?.path == "/hf")
    }

    @Test("arXiv's silence on a day with news makes the feed stale, and its archive is asked; at weekends it does not")
    func stale() async throws {
        let (server, test, _) = try await setup(feed: "/rss", archive: "/oai?from={from}") { path in
            path == "/rss" ? Self.arXiv(1...3) : Self.oai(path.hasSuffix("2026-11-23") ? 3...5 : 1...3)
        }
        let feeds = test.installation.database.feeds
        let state = {
            let all = try await feeds.all()
            return all[0]
        }
        _ = try await round(test)  // Monday, 03:00 in New York: its batch is there
        #expect(try await state().staleSince == nil)
        test.clock.advance(by: 6 * 3600)
        _ = try await round(test)  // the same batch later the same day is as it should be
        #expect(try await state().staleSince == nil)
        test.clock.advance(by: 20 * 3600)
        let tuesday = try await round(test)  // Tuesday's feed with Monday's batch
        #expect(tuesday[0].notes.contains { $0.hasPrefix("stale") })
        #expect(tuesday[0].notes.contains { $0.contains("brought 2 new papers") })
        #expect(server.requests.last?.path == "/oai?from=2026-11-23")
        #expect(try await state().staleSince == nil, "the archive has brought what was missing")
        test.clock.move(to: try Date("2026-11-28T18:00:00Z", strategy: .iso8601))
        let saturday = try await round(test)
        #expect(try await state().staleSince != nil, "Friday's batch never came")
        #expect(saturday[0].notes.isEmpty == false)
        #expect(try await state().nextFetchAt == test.clock.now.addingTimeInterval(20 * 60))
    }
}
