import Foundation
import Loopback
import Store
import TestSupport
import Testing
import Workers

@testable import Web

/// The operator's pages as they look after two weeks.
extension BrowserTests {
    @Test("an operator logs in, looks at each page, mends something and logs out")
    func operatorsDesk() async throws {
        let port = try await LoopbackPort.free()
        let base = "http://127.0.0.1:\(port)"
        let test = try await AdminVisit.installation(["BROADSHEET_WEB_BASE_URL": base])
        let reader = try await Self.fortnight(test)
        try await TestSite.serve(test, port: port) { (_) async throws in
            try await WebDriver.run { browser in
                try await browser.open(base + "/admin")
                #expect(try await browser.address() == base + "/admin/login")
                try await browser.type("not the password", into: "#password")
                try await browser.click("form[action='/admin/login'] button")
                try await judge(browser, "admin-login")
                try await browser.type(AdminVisit.password, into: "#password")
                try await browser.click("form[action='/admin/login'] button")
                #expect(try await browser.address() == base + "/admin")
                for (name, path) in [
                    ("overview", ""), ("subscribers", "/subscribers"), ("nobody", "/subscribers?q=zzz"),
                    ("mails", "/mails"), ("feeds", "/feeds"), ("reader", "/subscribers/\(reader.id)"),
                    ("preview", "/subscribers/1/preview"),
                ] {
                    try await browser.open(base + "/admin" + path)
                    try await judge(browser, "admin-\(name)")
                }
                try await browser.open(base + "/admin/subscribers/\(reader.id)")
                try await browser.type("wrote that the mailbox works again", into: "#reason")
                try await browser.click("form[action$='/reactivate'] button")
                #expect(try await test.subscriber(reader.address.description).state == .active)
                try await judge(browser, "admin-reactivated")
                try await browser.click("form[action='/admin/logout'] button")
                try await browser.open(base + "/admin/feeds")
                #expect(try await browser.address() == base + "/admin/login")
            }
        }
    }

    /// Two weeks of papers and mails, some of them refused; gives a reader whose mailbox ended.
    private static func fortnight(_ test: TestInstallation) async throws -> Subscriber {
        let ledger = test.installation.database.ledger
        for number in 1...24 { _ = try await test.reader("reader\(number)@example.org") }
        for day in 0..<14 {
            let titles = (0...(day * 5 % 9)).map { "Diffusion \(day).\($0)" }
            try await test.store(titles, firstID: 1 + day * 20)
            test.clock.advance(by: 86_400)
            _ = try await Scheduler(test.installation).round()
            let claimed = try await ledger.claim(limit: 100, by: "test", at: test.clock.now, lease: 60)
            let results = claimed.enumerated().map { place, row in
                outcome(row, place: place, day: day, in: test)
            }
            try await ledger.record(results, by: "test", score: BounceScore(limit: 5))
        }
        try await feeds(test)
        _ = try await test.desk.pause(try await test.subscriber("reader3@example.org"), source: "test")
        let ended = try await test.installation.database.subscribers.list(state: .bounced, limit: 1)
        return try #require(ended.first)
    }

    private static func outcome(
        _ row: ClaimedDelivery, place: Int, day: Int, in test: TestInstallation
    ) -> DeliveryResult {
        let now = test.clock.now
        let id = "\(row.id).0a1b2c3d4e5f@example.org"
        if day % 5 == 4, place == 3 {
            let reply =
                "550 5.1.1 <\(row.recipient)>: Recipient address rejected: User unknown in virtual mailbox table"
            return DeliveryResult(
                id: row.id, state: .failed, reply: reply, messageID: id, at: now, fault: .unknownMailbox,
                addressHash: test.installation.key.addressHash(row.subscriber.address.key))
        }
        if place % 7 == 5 {
            return DeliveryResult(
                id: row.id, state: .deferred, reply: "451 4.7.1 Greylisting in action, please come back in 300 s",
                messageID: id, nextAttemptAt: now.addingTimeInterval(40 * 86_400), at: now)
        }
        return DeliveryResult(id: row.id, state: .sent, reply: "250 2.0.0 Ok: queued as 4F2A", messageID: id, at: now)
    }

    private static func feeds(_ test: TestInstallation) async throws {
        let store = test.installation.database.feeds
        for (name, title) in [
            ("arxiv.example/rss/cs.LG", "arXiv, cs.LG"), ("hf.example/api/daily_papers", "Daily Papers"),
            ("journal.example/a/rather/long/address/of/a/feed/that/has/to/break/somewhere.xml", "A journal"),
        ] { _ = try await store.add(FeedDeclaration(url: "https://\(name)", title: title), origin: .admin) }
        let now = test.clock.now
        let next = now.addingTimeInterval(1800)
        try await store.recordUnchanged(id: 1, at: now, next: next)
        try await store.setEnabled(id: 2, false, reason: "switched off by the operator")
        try await store.recordFailure(id: 3, error: "answered 503 Service Unavailable", next: next)
    }
}
