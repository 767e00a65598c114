import Foundation
import Loopback
import Store
import Synchronization
import TestSupport
import Testing

@testable import Workers

@Suite("Feeds that have moved for good")
struct MovedFeedTests {
    private static let document = """
        <rss version="2.0"><channel><title>Feed</title><item><title>A paper</title><link>https://arxiv.org/abs/2611.00001</link>
        <description>Text.</description></item></channel></rss>
        """

    /// What each path answers, which a test changes as time goes on.
    private final class Answers: Sendable {
        let replies = Mutex<[String: HTTPServerReply]>([:])
        func set(_ path: String, _ reply: HTTPServerReply) { replies.withLock { $0[path] = reply } }
        func reply(_ path: String) -> HTTPServerReply { replies.withLock { $0[path] ?? HTTPServerReply(status: 404) } }
    }

    private static let feed = HTTPServerReply(body: Array(document.utf8))
    private static let page = HTTPServerReply(body: Array("<!DOCTYPE html><html><body>Sign in</body></html>".utf8))
    private static func moved(to path: String) -> HTTPServerReply {
        HTTPServerReply(status: 301, headers: [("Location", path)])
    }

    private struct Ground {
        let answers = Answers()
        let server: HTTPFileServer
        let test: TestInstallation

        init() async throws {
            let answers = answers
            server = try await HTTPFileServer.start { answers.reply($0.path) }
            test = try await TestInstallation()
            _ = try await test.installation.database.feeds.add(
                FeedDeclaration(url: server.baseURL + "/old", allowsPrivate: true), origin: .admin)
        }

        func round() async throws -> FetchReport {
            test.clock.advance(by: 90_000)
            let feeds = try await test.installation.database.feeds.all().filter(\.isEnabled)
            return try #require(try await FeedRound(test.installation, chance: { 0.5 }).run(feeds).first)
        }

        var feed: StoredFeed {
            get async throws { try #require(try await test.installation.database.feeds.all().first) }
        }
    }

    @Test(
        "where the new place fails the old address is asked again, and stays when it answers",
        arguments: [
            HTTPServerReply(status: 404), HTTPServerReply(status: 410), HTTPServerReply(status: 403), page,
            HTTPServerReply(status: 302, headers: [("Location", "/nowhere")]),
        ])
    func fallsBack(_ failure: HTTPServerReply) async throws {
        let ground = try await Ground()
        ground.answers.set("/old", Self.moved(to: "/new"))
        ground.answers.set("/new", Self.feed)
        _ = try await ground.round()
        #expect(try await ground.feed.movedTo == ground.server.baseURL + "/new")
        ground.answers.set("/new", failure)
        ground.answers.set("/old", Self.feed)
        let report = try await ground.round()
        guard case .stored = report.outcome else { throw Unexpected(report.outcome) }
        #expect(report.notes.first?.contains("/old was asked again") == true)
        let feed = try await ground.feed
        #expect(feed.movedTo == nil)
        #expect(feed.failures == 0 && feed.isEnabled)
        _ = try await ground.round()
        #expect(ground.server.requests.last?.path == "/old")
    }

    @Test("a move that still holds stays one, and its failure is a failure")
    func stillMoved() async throws {
        let ground = try await Ground()
        ground.answers.set("/old", Self.moved(to: "/new"))
        ground.answers.set("/new", Self.feed)
        _ = try await ground.round()
        ground.answers.set("/new", HTTPServerReply(status: 404))
        let report = try await ground.round()
        guard case .failed(let problem) = report.outcome else { throw Unexpected(report.outcome) }
        #expect(problem.contains("its old address fails too"))
        #expect(try await ground.feed.movedTo == ground.server.baseURL + "/new")
        ground.answers.set("/old", Self.moved(to: "/newer"))
        ground.answers.set("/newer", Self.feed)
        _ = try await ground.round()
        #expect(try await ground.feed.movedTo == ground.server.baseURL + "/newer")
    }

    @Test("gone at both addresses is gone; gone at the new one only is not")
    func gone() async throws {
        let ground = try await Ground()
        ground.answers.set("/old", Self.moved(to: "/new"))
        ground.answers.set("/new", Self.feed)
        _ = try await ground.round()
        ground.answers.set("/new", HTTPServerReply(status: 410))
        ground.answers.set("/old", HTTPServerReply(status: 404))
        _ = try await ground.round()
        #expect(try await ground.feed.isEnabled)
        ground.answers.set("/old", Self.moved(to: "/new"))
        _ = try await ground.round()
        #expect(try await !ground.feed.isEnabled)
    }

    @Test("a captive portal moves nothing")
    func portal() async throws {
        let ground = try await Ground()
        ground.answers.set("/old", Self.moved(to: "/login"))
        ground.answers.set("/login", Self.page)
        _ = try await ground.round()
        #expect(try await ground.feed.movedTo == nil)
        ground.answers.set("/old", Self.feed)
        let report = try await ground.round()
        guard case .stored = report.outcome else { throw Unexpected(report.outcome) }
        // Behind it when the feed has moved: neither address answers, and nothing is forgotten.
        ground.answers.set("/old", Self.moved(to: "/new"))
        ground.answers.set("/new", Self.feed)
        _ = try await ground.round()
        ground.answers.set("/old", Self.moved(to: "/login"))
        ground.answers.set("/new", Self.moved(to: "/login"))
        _ = try await ground.round()
        #expect(try await ground.feed.movedTo == ground.server.baseURL + "/new")
    }

    @Test("a new place that wants patience for long is not waited for for ever")
    func patience() async throws {
        let ground = try await Ground()
        ground.answers.set("/old", Self.moved(to: "/new"))
        ground.answers.set("/new", Self.feed)
        _ = try await ground.round()
        ground.answers.set("/new", HTTPServerReply(status: 503, headers: [("Retry-After", "3600")]))
        ground.answers.set("/old", Self.feed)
        for _ in 0..<3 { _ = try await ground.round() }
        #expect(try await ground.feed.movedTo != nil)
        _ = try await ground.round()
        #expect(try await ground.feed.movedTo == nil)
    }
}
