import Core
import Foundation
import Mail
import Store
import TestSupport
import Testing
import Workers

@testable import Digests
@testable import Web

@Suite("What the operator's pages show")
struct AdminPagesTests {
    @Test("readers are found by a part of their address and by state, page after page")
    func search() async throws {
        let test = try await AdminVisit.installation()
        for number in 1...60 { _ = try await test.reader("reader\(number)@example.org") }
        _ = try await test.reader("a_b%c@example.com")
        _ = try await test.desk.pause(try await test.subscriber("reader7@example.org"), source: "test")
        try await AdminVisit.inside(test) { (visit) async throws in
            let first = try await visit.get("/admin/subscribers?q=READER&state=active").body
            #expect(first.ranges(of: "@example.org</bdi>").count == 50)
            #expect(!first.contains(">reader7@") && !first.contains("First page"))
            let next = try #require(first.firstMatch(of: /class="later" href="([^"]+)"/)).1.replacing(
                "&amp;", with: "&")
            let second = try await visit.get(String(next)).body
            #expect(second.ranges(of: "@example.org</bdi>").count == 9)
            #expect(second.contains("First page") && !second.contains("class=\"later\""))
            #expect(second.contains("value=\"READER\""))
            #expect(try await visit.get("/admin/subscribers?state=paused").body.contains(">reader7@"))
            for (fragment, count) in [("%25", 1), ("_", 1), ("r_ader", 0), ("%25%25", 0), ("!", 0), ("a_b%25c@", 1)] {
                let body = try await visit.get("/admin/subscribers?q=\(fragment)").body
                #expect(body.ranges(of: "</bdi></a>").count == count, "\(fragment)")
            }
            for query in ["after=x", "after=-5", "after=99999999999999999999", "state=nobody", "q=%FF"] {
                #expect(try await visit.get("/admin/subscribers?\(query)").status == 200, "\(query)")
            }
        }
    }

    @Test("the overview counts papers, mails, replies, the queue and what is late")
    func overview() async throws {
        let test = try await AdminVisit.installation()
        try await test.store(["Diffusion for images", "Robots"])
        for number in 1...4 { _ = try await test.reader("reader\(number)@example.org") }
        test.clock.move(to: TestInstallation.morning)
        _ = try await Scheduler(test.installation).round()
        let ledger = test.installation.database.ledger
        let claimed = try await ledger.claim(limit: 4, by: "test", at: test.clock.now, lease: 60)
        let replies = [(DeliveryState.sent, "250 ok"), (.deferred, "451 later"), (.failed, "550 no")]
        try await ledger.record(
            zip(claimed, replies).map { row, result in
                DeliveryResult(
                    id: row.id, state: result.0, reply: result.1, messageID: nil, at: test.clock.now)
            }, by: "test", score: BounceScore(limit: 5))
        _ = try await test.desk.pause(try await test.subscriber("reader4@example.org"), source: "test")
        test.clock.advance(by: 86_400 + 7200)
        try await AdminVisit.inside(test) { (visit) async throws in
            let page = try await visit.get("/admin").body
            #expect(page.contains("aria-label=\"Papers, by day: 2 in all, 2 on the busiest day, 0 on the last.\""))
            #expect(page.contains("24 Nov: 1 sent") && page.contains("24 Nov: 1 failed"))
            #expect(page.contains("2xx taken") && page.contains("5xx refused for good"))
            #expect(page.contains("Oldest due digest") && page.contains("<dd class=\"bad\">2 h</dd>"))
            #expect(page.contains("/admin/subscribers?state=paused"))
            // Every number is in a table too.
            #expect(page.ranges(of: "<details>").count == 3)
        }
    }

    @Test("what a stranger put into an address, a feed, a reply or a reason is text")
    func hostile() async throws {
        let harm = "\"><script>alert(1)</script><img src=x onerror=alert(2)>{{siteName}} \u{202E}txet"
        let test = try await AdminVisit.installation()
        try await test.store([harm, "Diffusion \(harm)"])
        let reader = try #require(
            try await test.desk.add(
                try Address("\"<script>a</script>\"@example.org"),
                interests: Interests(topics: ["diffusion", harm], filters: [harm]), source: harm))
        let feeds = test.installation.database.feeds
        let feed = try #require(
            try await feeds.add(FeedDeclaration(url: "https://a.example/\(harm)", title: harm), origin: .admin))
        try await feeds.recordFailure(id: feed.id, error: harm, next: test.clock.now)
        test.clock.move(to: TestInstallation.morning)
        _ = try await Scheduler(test.installation).round()
        let ledger = test.installation.database.ledger
        let claimed = try await ledger.claim(limit: 9, by: "test", at: test.clock.now, lease: 60)
        try await ledger.record(
            claimed.map {
                DeliveryResult(
                    id: $0.id, state: .failed, reply: "550 \(harm)\r\n250 \(harm)", messageID: harm, at: test.clock.now,
                    fault: .unknownMailbox, addressHash: test.installation.key.addressHash(reader.address.key))
            }, by: "test", score: BounceScore(limit: 5))
        try await AdminVisit.inside(test) { (visit) async throws in
            let own = "/admin/subscribers/\(reader.id)"
            for path in [
                "/admin", "/admin/feeds", "/admin/mails", "/admin/subscribers", own, "\(own)/preview",
                "\(own)/unsubscribe",
                "/admin/subscribers?q=\(SiteAddress.encoded(harm))&state=\(SiteAddress.encoded(harm))",
                "\(own)?done=\(SiteAddress.encoded(harm))",
            ] {
                let answer = try await visit.get(path)
                #expect(answer.status == 200, "\(path)")
                for needle in ["<script", "<img", "\u{202E}", "\"onerror"] {
                    #expect(!answer.body.contains(needle), "\(path) holds \(needle)")
                }
            }
            let failed = try await visit.post("\(own)/reactivate", [("reason", harm)])
            #expect(failed.status == 303)
            let log = try await visit.get(own).body
            #expect(log.contains("admin: &quot;&gt;&lt;script&gt;") && !log.contains("<script"))
        }
    }

    @Test("pages give their templates what these declare, and nothing else")
    func declared() throws {
        let words = AdminWords(texts: try PageSamples.templates().texts, zone: .utc, now: TestInstallation.start)
        let day = try PageSamples.day()
        var overview = AdminOverviewPage(
            days: [day], counts: [day: ["papers": 3, "mail sent": 1]], oldestDigest: TestInstallation.start)
        overview.reasons = ["too many": 2, "": 1]
        overview.words = [LeavingReason(choice: "", words: "Once a week would do.", at: TestInstallation.start)]
        let reader = Subscriber(
            sample: try Address("ada@example.org"), schedule: DeliverySchedule(timeZone: .utc, minute: 420),
            maxPapers: 5, at: TestInstallation.start)
        let pages: [any AdminPage] = [
            AdminLoginPage(problem: .wrong), overview, AdminFeedsPage(feeds: []),
            AdminMailsPage(state: .failed, mails: [], hasMore: false),
            AdminUnsubscribePage(reader: reader),
            AdminSubscribersPage(query: "a", state: nil, readers: [], hasMore: false, isFirst: false),
        ]
        for page in pages {
            let template = type(of: page).template
            let specification = try #require(TemplateSpecification.admin.first { $0.name == template })
            let context = page.fullContext(words, site: PageSamples.site, notice: .asked, problem: "a problem")
            #expect(context.strangers(to: specification.shape) == [], "\(template)")
        }
    }

    @Test("a chart has a bar for each day, also for one of 23 hours, none higher than the drawing")
    func chart() throws {
        let zone = CivilZone(stored: "Europe/Berlin")
        // 2026-03-30T10:00:00Z, the day after the clocks went forward.
        let days = DayChart.lastDays(14, before: Date(timeIntervalSince1970: 1_774_864_800), in: zone)
        #expect(days.count == 14 && days.last?.description == "2026-03-30")
        #expect(days.map(\.day) == Array(17...30))
        let chart = DayChart(
            heading: "Mails", unit: "in all", days: days,
            series: [
                .init(name: "Sent", tone: .good, counts: [days[0]: 100_000, days[1]: 1]),
                .init(name: "Failed", tone: .bad, counts: [days[0]: 1]),
            ])
        let words = AdminWords(texts: try PageSamples.templates().texts, zone: zone, now: TestInstallation.start)
        guard case .list(let bars) = chart.context(words)["bars"] else {
            Issue.record("no bars")
            return
        }
        #expect(bars.count == 3)
        for bar in bars {
            guard case .text(let y) = bar["y"], case .text(let height) = bar["height"] else {
                Issue.record("a bar without a size")
                continue
            }
            #expect((Double(y) ?? -1) >= 0 && (Double(height) ?? 101) <= 100 && (Double(height) ?? 0) >= 2)
        }
    }
}
