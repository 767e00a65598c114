import Foundation
import Loopback
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("A feed that is allowed in a private network")
struct PrivateFeedTests {
    @Test("stays on its scheme, host and port: a redirect to another port of the same machine is refused")
    func redirect() async throws {
        let inner = try await HTTPFileServer.start { _ in HTTPServerReply(body: Array("secret".utf8)) }
        let outer = try await HTTPFileServer.start { _ in .redirect(301, to: "\(inner.baseURL)/feed") }
        let test = try await TestInstallation()
        let feeds = test.installation.database.feeds
        _ = try await feeds.add(FeedDeclaration(url: "\(outer.baseURL)/feed", allowsPrivate: true), origin: .admin)
        let reports = try await FeedRound(test.installation).run(try await feeds.all())
        guard case .failed(let problem) = try #require(reports.first).outcome else {
            Issue.record("\(reports)")
            return
        }
        #expect(problem.contains("in a private network"))
        #expect(outer.requests.count == 1)
        #expect(inner.requests.isEmpty)
        await outer.stop()
        await inner.stop()
    }

    @Test("its leave is for its own address and its archive's, and for no other port, host or scheme")
    func requests() async throws {
        let test = try await TestInstallation()
        let feeds = test.installation.database.feeds
        var declaration = FeedDeclaration(url: "http://10.0.0.1:8080/feed", allowsPrivate: true, allowsHTTP: true)
        declaration.archive = "http://10.0.0.2/days/{date}"
        let feed = try #require(try await feeds.add(declaration, origin: .admin))
        for (url, isAllowed) in [
            ("http://10.0.0.1:8080/feed?page=2", true), ("http://10.0.0.2/days/2026-11-23", true),
            ("http://10.0.0.1/feed", false), ("http://10.0.0.1:8081/feed", false), ("http://10.0.0.3/feed", false),
            ("https://10.0.0.1:8080/feed", false), ("http://10.0.0.2:80/other", true),
        ] {
            #expect(feed.request(for: url).allowsPrivateAddresses == isAllowed, "\(url)")
        }
    }
}
