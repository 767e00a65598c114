import Foundation
import Loopback
import Store
import Synchronization
import TestSupport
import Testing

@testable import Workers

@Suite("Asking feeds politely")
struct PolitenessTests {
    private static let feed = """
        <rss version="2.0"><channel><title>Feed</title><item><title>A paper</title><link>https://arxiv.org/abs/2611.00001</link>
        <description>Text.</description></item></channel></rss>
        """

    /// A server whose paths each behave in one way, and an installation that reads some of them.
    private struct Setup {
        let server: HTTPFileServer
        let test: TestInstallation

        init(paths: [String], _ respond: @escaping @Sendable (_ path: String, _ number: Int) -> HTTPServerReply)
            async throws
        {
            let counts = Mutex<[String: Int]>([:])
            server = try await HTTPFileServer.start { request in
                let number = counts.withLock { counts in
                    counts[request.path, default: 0] += 1
                    return counts[request.path] ?? 1
                }
                var reply = respond(request.path, number)
                if reply.status == 200, request.header("If-None-Match") == "\"v1\"" {
                    reply = HTTPServerReply(status: 304, headers: reply.headers)
                }
                return reply
            }
            test = try await TestInstallation()
            for path in paths {
                _ = try await test.installation.database.feeds.add(
                    FeedDeclaration(url: server.baseURL + path, allowsPrivate: true), origin: .admin)
            }
        }

        /// Asks every feed that is switched on, as `ingest --once` does, or those that are due, as the service does.
        @discardableResult
        func round(dueOnly: Bool = false) async throws -> [FetchReport] {
            let feeds = test.installation.database.feeds
            let asked = try await dueOnly ? feeds.due(at: test.clock.now) : feeds.all().filter(\.isEnabled)
            return try await FeedRound(test.installation, chance: { 0.5 }).run(asked)
        }

        var only: StoredFeed {
            get async throws { try #require(try await test.installation.database.feeds.all().first) }
        }

        var requests: [String] {
            server.requests.map { request in
                request.path + (request.header("If-None-Match").map { " if not \($0)" } ?? "")
            }
        }
    }

    private static func ok(_ headers: [(name: String, value: String)] = []) -> HTTPServerReply {
        HTTPServerReply(headers: [("Content-Type", "application/rss+xml")] + headers, body: Array(feed.utf8))
    }

    @Test("a validator makes the next request conditional, and 304 counts as well")
    func conditional() async throws {
        let setup = try await Setup(paths: ["/a"]) { _, _ in Self.ok([("ETag", "\"v1\"")]) }
        try await setup.round()
        let second = try await setup.round()
        #expect(setup.requests == ["/a", "/a if not \"v1\""])
        guard case .unchanged = second[0].outcome else { throw Unexpected(second[0].outcome) }
        #expect(try await setup.only.failures == 0)
    }

    @Test("the user agent names the program with its version and the site, and what is wanted is said")
    func headers() async throws {
        let setup = try await Setup(paths: ["/a"]) { _, _ in Self.ok() }
        try await setup.round()
        let request = try #require(setup.server.requests.first)
        #expect(request.header("User-Agent") == "Broadsheet/\(ProgramVersion.text) (+https://papers.example.org)")
        #expect(request.header("Accept")?.contains("application/rss+xml") == true)
        #expect(request.header("Accept-Encoding")?.contains("gzip") == true)
    }

    @Test("a server that asks for patience is not asked before, neither by a round nor by the service")
    func retryAfter() async throws {
        let setup = try await Setup(paths: ["/a"]) { _, number in
            number == 1 ? HTTPServerReply(status: 429, headers: [("Retry-After", "3600")]) : Self.ok()
        }
        let start = setup.test.clock.now
        try await setup.round()
        #expect(try await setup.only.notBefore == start.addingTimeInterval(3600))
        setup.test.clock.move(to: start.addingTimeInterval(3599))
        let early = try await setup.round()
        guard case .putOff = early[0].outcome else { throw Unexpected(early[0].outcome) }
        try await setup.round(dueOnly: true)
        #expect(setup.requests.count == 1)
        setup.test.clock.move(to: start.addingTimeInterval(3601))
        try await setup.round(dueOnly: true)
        #expect(setup.requests.count == 2)
        #expect(try await setup.only.notBefore == nil)
    }

    @Test("patience may be asked for by a date, and for moments it is waited out in the round")
    func retryAfterForms() async throws {
        let setup = try await Setup(paths: ["/date", "/short"]) { path, number in
            guard number == 1 else { return Self.ok() }
            let value = path == "/date" ? "Mon, 23 Nov 2026 10:00:00 GMT" : "7"
            return HTTPServerReply(status: 503, headers: [("Retry-After", value)])
        }
        let start = setup.test.clock.now
        let reports = try await setup.round()
        #expect(setup.requests == ["/date", "/short", "/short"])
        #expect(setup.test.clock.now == start.addingTimeInterval(7))
        guard case .failed(let problem) = reports[0].outcome else { throw Unexpected(reports[0].outcome) }
        #expect(problem.contains("2026-11-23T10:00:00Z"))
        guard case .stored = reports[1].outcome else { throw Unexpected(reports[1].outcome) }
    }

    @Test("a server that stumbles is asked again twice in a round, at growing distance")
    func stumbles() async throws {
        let setup = try await Setup(paths: ["/a"]) { _, number in
            number < 3 ? HTTPServerReply(status: 500) : Self.ok()
        }
        let start = setup.test.clock.now
        let reports = try await setup.round()
        guard case .stored = reports[0].outcome else { throw Unexpected(reports[0].outcome) }
        #expect(setup.requests.count == 3)
        #expect(setup.test.clock.now.timeIntervalSince(start) == 8)
    }

    @Test("failures in a row are told, and move the next fetch back to a day at most")
    func backsOff() async throws {
        let setup = try await Setup(paths: ["/a"]) { _, _ in HTTPServerReply(status: 404) }
        var waits: [TimeInterval] = []
        for _ in 1...12 {
            try await setup.round()
            waits.append(try await setup.only.nextFetchAt.timeIntervalSince(setup.test.clock.now))
        }
        #expect(waits.prefix(3) == [300, 600, 1200])
        #expect(waits.suffix(2) == [86_400, 86_400])
        #expect(try await setup.only.failures == 12)
        #expect(try await setup.only.lastError?.contains("404") == true)
    }

    @Test("a feed that moved for good is asked at its new address; one that moved for now is not")
    func moves() async throws {
        let setup = try await Setup(paths: ["/old", "/now"]) { path, _ in
            switch path {
            case "/old": .redirect(301, to: "/new")
            case "/now": .redirect(302, to: "/elsewhere")
            default: Self.ok()
            }
        }
        try await setup.round()
        try await setup.round()
        #expect(setup.requests == ["/old", "/new", "/now", "/elsewhere", "/new", "/now", "/elsewhere"])
        #expect(try await setup.only.movedTo == setup.server.baseURL + "/new")
    }

    @Test("a feed that is gone is switched off and not asked again")
    func gone() async throws {
        let setup = try await Setup(paths: ["/a"]) { _, _ in HTTPServerReply(status: 410) }
        let reports = try await setup.round()
        guard case .failed(let problem) = reports[0].outcome else { throw Unexpected(reports[0].outcome) }
        #expect(problem.contains("410"))
        try await setup.round()
        setup.test.clock.advance(by: 30 * 86_400)
        try await setup.round(dueOnly: true)
        #expect(setup.requests.count == 1)
        #expect(try await !setup.only.isEnabled)
    }

    @Test("the next fetch keeps to Cache-Control, ttl, skipHours and skipDays")
    func freshness() async throws {
        let plain = Self.feed
        let cases: [(headers: [(name: String, value: String)], head: String, wait: TimeInterval)] = [
            ([], "", 1800), ([("Cache-Control", "public, max-age=7200")], "", 7200),
            ([("Cache-Control", "no-cache, max-age=7200")], "", 1800), ([], "<ttl>180</ttl>", 10_800),
            // 08:30 to 10:59 is skipped; the clock shows Monday, 08:00.
            ([], "<skipHours><hour>8</hour><hour>9</hour><hour>10</hour></skipHours>", 3 * 3600),
            ([], "<skipDays><day>Monday</day><day>Tuesday</day></skipDays>", 40 * 3600),
        ]
        for (headers, head, wait) in cases {
            let setup = try await Setup(paths: ["/a"]) { _, _ in
                HTTPServerReply(
                    headers: headers, body: Array(plain.replacing("<channel>", with: "<channel>\(head)").utf8))
            }
            try await setup.round()
            #expect(
                try await setup.only.nextFetchAt == setup.test.clock.now.addingTimeInterval(wait), "\(head)\(headers)")
        }
    }

    @Test("arXiv's hosts share one queue of three seconds, others have their own, one's own network none")
    func queues() async throws {
        let hosts = [
            "https://rss.arxiv.org/rss/cs.LG", "https://export.arxiv.org/api/query", "https://oaipmh.arxiv.org/oai",
        ]
        #expect(Set(hosts.map { HostQueue(url: $0, isPrivate: false) }).count == 1)
        #expect(HostQueue(url: hosts[0], isPrivate: false).spacing == 3)
        #expect(HostQueue(url: "https://notarxiv.org/", isPrivate: false).name == "notarxiv.org")
        #expect(HostQueue(url: "http://10.0.0.1/", isPrivate: true).spacing == 0)
        let clock = TestClock(TestInstallation.start)
        let pacer = HostPacer()
        for _ in 1...4 { try await pacer.turn(in: HostQueue(url: hosts[1], isPrivate: false), clock: clock.clock) }
        #expect(clock.now.timeIntervalSince(TestInstallation.start) == 9)
    }

    @Test("a remote feed is read over TLS only, unless the operator allows otherwise")
    func needsTLS() async throws {
        let test = try await TestInstallation()
        let feeds = test.installation.database.feeds
        let declarations = [
            FeedDeclaration(url: "https://example.org/a"),
            FeedDeclaration(url: "http://example.org/b", allowsHTTP: true),
            FeedDeclaration(url: "http://10.0.0.1/c", allowsPrivate: true),
        ]
        for declaration in declarations { _ = try await feeds.add(declaration, origin: .admin) }
        try await feeds.recordSuccess(
            id: 3,
            FeedFetchRecord(
                kind: "rss", title: nil, etag: nil, lastModified: nil, entries: 1, broughtNew: true,
                movedTo: "http://elsewhere.example.org/c"), at: test.clock.now, next: test.clock.now)
        let moved = try #require(try await feeds.feed(id: 3)).request
        #expect(!moved.allowsPrivateAddresses, "the leave is for the host that was named")
        #expect(moved.allowedSchemes == ["https"])
        #expect(
            try await feeds.all().map(\.request.allowedSchemes) == [["https"], ["http", "https"], ["https"]])
    }
}

struct Unexpected: Error {
    let what: String

    init(_ what: some Any) { self.what = "\(what)" }
}
