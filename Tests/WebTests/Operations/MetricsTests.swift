import Foundation
import Loopback
import Mail
import TestSupport
import Testing

@testable import Store

@Suite("What the program tells of itself")
struct MetricsTests {
    private static let token = "0123456789abcdef"

    @Test("a morning's figures are there, in the format that Prometheus reads")
    func figures() async throws {
        var options = SMTPReceiverOptions()
        options.script = { event in
            guard event.stage == .rcpt else { return .proceed }
            if event.argument.contains("reader2@") { return .reply("550 5.1.1 no such user") }
            return event.argument.contains("reader3@") ? .reply("450 4.2.1 later") : .proceed
        }
        let test = try await TestInstallation.due(
            readers: 5, receiver: options, environment: ["BROADSHEET_METRICS_TOKEN": Self.token])
        _ = try await test.sender.drain()
        let odd = FeedDeclaration(url: "https://user:secret@feeds.example.org/a\"b\\c", title: nil)
        let feed = try #require(try await test.installation.database.feeds.add(odd, origin: .admin))
        try await test.installation.database.feeds.recordUnchanged(
            id: feed.id, at: test.clock.now.addingTimeInterval(-90), next: test.clock.now)
        try await TestSite.serve(test) { site in
            let answer = try await site.get("/metrics", headers: ["Authorization": "Bearer \(Self.token)"])
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            let page = try PrometheusText(answer.body)
            #expect(page.types.keys.allSatisfy { $0.hasPrefix("broadsheet_") })
            #expect(page.value("broadsheet_subscribers", ["state": "active"]) == 4)
            #expect(page.value("broadsheet_subscribers", ["state": "bounced"]) == 1)
            #expect(page.value("broadsheet_deliveries_total", ["outcome": "sent"]) == 3)
            #expect(page.value("broadsheet_deliveries_total", ["outcome": "failed"]) == 1)
            #expect(page.value("broadsheet_deliveries_total", ["outcome": "deferred"]) == 1)
            #expect(page.value("broadsheet_queue_deliveries", ["state": "later"]) == 1)
            #expect(page.value("broadsheet_smtp_replies_total", ["class": "2xx"]) == 3)
            #expect(page.value("broadsheet_smtp_replies_total", ["class": "4xx"]) == 1)
            #expect(page.value("broadsheet_smtp_replies_total", ["class": "5xx"]) == 1)
            #expect(page.value("broadsheet_bounces_total", ["fault": "unknown mailbox"]) == 1)
            #expect(page.value("broadsheet_oldest_due_digest_age_seconds") == 0)
            #expect(page.value("broadsheet_papers_stored_last_day") == 1)
            let age = page.values.first { $0.key.name == "broadsheet_feed_age_seconds" }
            #expect(age?.value == 90)
            #expect(age?.key.labels["feed"]?.contains("secret") == false)
            #expect((page.value("broadsheet_process_resident_memory_bytes") ?? 0) > 1_000_000)
            #expect(page.values.contains { $0.key.name == "broadsheet_build_info" && $0.value == 1 })
        }
    }

    struct Access: Sendable, CustomTestStringConvertible {
        let name: String
        var settings: [String: String] = [:]
        var headers: [String: String] = [:]
        let status: Int
        var testDescription: String { name }
    }

    @Test(
        "nobody reads them unless the settings say so",
        arguments: [
            Access(name: "off", status: 404),
            Access(name: "off, with a token", headers: ["Authorization": "Bearer "], status: 404),
            Access(name: "no token", settings: ["TOKEN": token], status: 401),
            Access(
                name: "another token", settings: ["TOKEN": token],
                headers: ["Authorization": "Bearer 0123456789abcdeX"],
                status: 401),
            Access(
                name: "the token", settings: ["TOKEN": token], headers: ["Authorization": "Bearer \(token)"],
                status: 200),
            Access(name: "an address that may", settings: ["ALLOW": "127.0.0.1"], status: 200),
            Access(name: "an address that may not", settings: ["ALLOW": "10.0.0.0/8"], status: 403),
            Access(
                name: "an address that may, through a proxy that nobody trusts", settings: ["ALLOW": "127.0.0.1"],
                headers: ["X-Forwarded-For": "203.0.113.9"], status: 403),
            Access(
                name: "an address written by whoever asks", settings: ["ALLOW": "10.0.0.0/8"],
                headers: ["X-Forwarded-For": "10.0.0.1"], status: 403),
            Access(
                name: "the token, through a proxy that nobody trusts", settings: ["TOKEN": token],
                headers: ["Authorization": "Bearer \(token)", "Via": "1.1 proxy"], status: 200),
        ]
            + [
                "Via", "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port",
                "X-Real-IP",
                "CF-Connecting-IP", "True-Client-IP", "X-Client-IP", "X-Envoy-External-Address", "Proxy-Connection",
            ].map {
                Access(
                    name: "an address that may, through a proxy that adds \($0)", settings: ["ALLOW": "127.0.0.1"],
                    headers: [$0: "x"], status: 403)
            })
    func access(_ access: Access) async throws {
        let environment = Dictionary(
            uniqueKeysWithValues: access.settings.map { ("BROADSHEET_METRICS_\($0.key)", $0.value) })
        let test = try await TestInstallation(environment: environment)
        try await TestSite.serve(test) { site in
            let answer = try await site.get("/metrics", headers: access.headers)
            #expect(answer.status == access.status)
            #expect(access.status == 200 || !answer.body.contains("broadsheet_"))
        }
    }

    @Test("a proxy that speaks HTTP/1.0, as nginx does, is one that names nobody; its own address is that of no client")
    func oldProxy() async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_METRICS_ALLOW": "127.0.0.1"])
        try await TestSite.serve(test) { (site) async throws in
            for (version, status) in [("1.0", 403), ("1.1", 200)] {
                let request = "GET /metrics HTTP/\(version)\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                #expect(try await RawConnection.statuses(site.port, [request]) == [status], "\(version)")
            }
        }
    }

    @Test("alive is who answers; ready is who has a database of this program's schema")
    func health() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/healthz").body == "ok\n")
            #expect(try await site.get("/readyz").status == 200)
            try await test.installation.database.driver.write { sql in
                _ = try sql.execute("INSERT INTO schema_versions (version, applied_at) VALUES (999, 0)")
            }
            let answer = try await site.get("/readyz")
            #expect(answer.status == 503)
            #expect(answer.body.contains("999"))
            #expect(try await site.get("/healthz").status == 200)
        }
    }
}
