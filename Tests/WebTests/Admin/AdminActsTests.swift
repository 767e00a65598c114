import Foundation
import Mail
import Site
import Store
import TestSupport
import Testing
import Workers

@testable import Web

@Suite("What an operator mends")
struct AdminActsTests {
    /// The last line of somebody's consent log.
    private func lastEvent(_ test: TestInstallation, _ address: String = "ada@example.org") async throws -> Consent {
        try #require(try await test.desk.consent(of: try Address(address)).last)
    }

    @Test("readers are paused, resumed and unsubscribed, each in the consent log as the operator's doing")
    func states() async throws {
        let test = try await AdminVisit.installation()
        let id = try await test.reader().id
        try await AdminVisit.inside(test) { (visit) async throws in
            let steps: [(String, SubscriberState)] = [
                ("pause", .paused), ("resume", .active), ("unsubscribe", .unsubscribed),
            ]
            for (act, state) in steps {
                test.clock.advance(by: 1)
                let answer = try await visit.post("/admin/subscribers/\(id)/\(act)")
                #expect(answer.status == 303)
                #expect(answer.field("location")?.hasPrefix("/admin/subscribers/\(id)?done=") == true)
                #expect(try await test.subscriber("ada@example.org").state == state)
                let event = try await lastEvent(test)
                #expect(event.source == "admin" && event.at == test.clock.now)
                #expect(try await visit.get(try #require(answer.field("location"))).body.contains("role=\"status\""))
            }
            let vain = try await visit.post("/admin/subscribers/\(id)/resume")
            #expect(vain.status == 409 && vain.body.contains("ada@example.org is unsubscribed"))
            #expect(try await visit.post("/admin/subscribers/\(id)/explode").status == 404)
            #expect(try await visit.post("/admin/subscribers/99/pause").status == 404)
        }
    }

    @Test("who bounced or left is reactivated with a reason, which is kept; without one nobody is")
    func reactivate() async throws {
        let test = try await AdminVisit.installation()
        let reader = try await test.reader()
        _ = try await test.desk.suppress(reader.address, reason: "550 no such user", source: "test")
        try await AdminVisit.inside(test) { (visit) async throws in
            let page = try await visit.get("/admin/subscribers/\(reader.id)").body
            #expect(page.contains("Suppressed:") && page.contains("550 no such user"))
            let path = "/admin/subscribers/\(reader.id)/reactivate"
            #expect(try await visit.post(path, [("reason", "  ")]).status == 409)
            #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
            test.clock.advance(by: 1)
            #expect(try await visit.post(path, [("reason", "asked by phone\r\non Monday")]).status == 303)
            let back = try await test.subscriber("ada@example.org")
            #expect(back.state == .active && back.nextDigestAt != nil && back.leftAt == nil)
            #expect(try await test.desk.suppression(of: reader.address) == nil)
            let event = try await lastEvent(test)
            #expect(event.event == "reactivated" && event.source.hasPrefix("admin: asked by phone"))
            #expect(!event.source.contains("\n") && !event.source.contains("\r"))
            #expect(try await visit.post(path, [("reason", "again")]).status == 409)
        }
    }

    @Test("who complained is released and not mailed on anybody else's word")
    func complaint() async throws {
        let test = try await refused(with: "250 2.0.0 taken")
        let reader = try await test.subscriber("reader1@example.org")
        let mail = try #require(try await test.installation.database.ledger.history(of: reader.id, limit: 1).first)
        _ = try await test.installation.database.bounces.take(
            NewBounce(
                deliveryID: mail.id, fault: .complaint, diagnostic: "abuse", source: "mail",
                addressHash: test.installation.key.addressHash(reader.address.key), at: test.clock.now),
            by: BounceScore(limit: 5))
        #expect(try await test.subscriber("reader1@example.org").state == .complained)
        try await AdminVisit.inside(test) { (visit) async throws in
            let page = try await visit.get("/admin/subscribers/\(reader.id)").body
            #expect(page.contains("complaint") && page.contains("Release</button>"))
            _ = try await visit.post("/admin/subscribers/\(reader.id)/reactivate", [("reason", "wrote to us")])
            #expect(try await test.subscriber("reader1@example.org").state == .unsubscribed)
            #expect(try await test.desk.suppression(of: reader.address) == nil)
        }
    }

    /// An installation whose only digest got a reply.
    private func refused(with reply: String) async throws -> TestInstallation {
        let test = try await AdminVisit.installation()
        try await test.store(["Diffusion for images"])
        _ = try await test.desk.add(
            try Address("reader1@example.org"), interests: Interests(topics: ["diffusion"]), source: "test")
        test.clock.move(to: TestInstallation.morning)
        #expect(try await Scheduler(test.installation).round() == 1)
        let ledger = test.installation.database.ledger
        let claimed = try #require(
            try await ledger.claim(limit: 1, by: "test", at: test.clock.now, lease: 60).first)
        let state: DeliveryState = reply.hasPrefix("2") ? .sent : reply.hasPrefix("4") ? .deferred : .failed
        try await ledger.record(
            [
                DeliveryResult(
                    id: claimed.id, state: state, reply: reply, messageID: "1.abc@example.org",
                    nextAttemptAt: state == .deferred ? test.clock.now.addingTimeInterval(3600) : nil,
                    at: test.clock.now)
            ], by: "test", score: BounceScore(limit: 5))
        return test
    }

    @Test(
        "a mail that was refused is sent again at once, under the same Message-ID", arguments: ["451 later", "550 no"])
    func retry(reply: String) async throws {
        let test = try await refused(with: reply)
        // A failed one may be long out of date.
        test.clock.advance(by: reply.hasPrefix("5") ? 3 * 86_400 : 60)
        let reader = try await test.subscriber("reader1@example.org")
        let ledger = test.installation.database.ledger
        let mail = try #require(try await ledger.history(of: reader.id, limit: 1).first)
        try await AdminVisit.inside(test) { (visit) async throws in
            for path in ["/admin/subscribers/\(reader.id)", "/admin/mails?state=\(mail.state.rawValue)"] {
                let page = try await visit.get(path).body
                #expect(page.contains(reply) && page.contains("action=\"/admin/mails/\(mail.id)/retry\""), "\(path)")
            }
            #expect(try await visit.get("/admin/subscribers/\(reader.id)").body.contains("1.abc@example.org"))
            #expect(try await visit.post("/admin/mails/\(mail.id)/retry").status == 303)
            #expect(try await ledger.history(of: reader.id, limit: 1).first?.state == .pending)
            let event = try await lastEvent(test, "reader1@example.org")
            #expect(event.event == "retried" && event.source.hasPrefix("admin: digest 2026-11-"))
            _ = try await test.sender.drain()
            #expect(try await ledger.history(of: reader.id, limit: 1).first?.state == .sent)
            #expect(await test.receiver.messages().count == 1)
            let vain = try await visit.post("/admin/mails/\(mail.id)/retry")
            #expect(vain.status == 409 && vain.body.contains("only refused ones can be retried"))
            #expect(try await visit.post("/admin/mails/4711/retry").status == 404)
        }
    }

    @Test("their preferences open behind a form, so that no page holds the link, and the consent log says so")
    func preferences() async throws {
        let test = try await AdminVisit.installation()
        let reader = try await test.reader()
        try await AdminVisit.inside(test) { (visit) async throws in
            #expect(try await !visit.get("/admin/subscribers/\(reader.id)").body.contains("token"))
            test.clock.advance(by: 1)
            let answer = try await visit.post("/admin/subscribers/\(reader.id)/preferences")
            let location = try #require(answer.field("location"))
            #expect(answer.status == 303)
            #expect(location.hasPrefix("https://papers.example.org/preferences?token="))
            let token = String(location.drop { $0 != "=" }.dropFirst())
            #expect(try await test.desk.subscriber(token: token, purpose: .preferences).id == reader.id)
            let event = try await lastEvent(test)
            #expect(event.event == "preferences-opened" && event.source == "admin")
        }
    }

    @Test("the next digest is shown as text and handed out as a message, and nothing is sent or stored")
    func preview() async throws {
        let test = try await AdminVisit.installation()
        try await test.store(["Diffusion <b>for</b> images"])
        let reader = try await test.reader()
        try await AdminVisit.inside(test) { (visit) async throws in
            let before = try await test.stored()
            let page = try await visit.get("/admin/subscribers/\(reader.id)/preview")
            #expect(page.body.contains("Diffusion") && page.body.contains("<pre class=\"mailtext\""))
            let message = try await visit.get("/admin/subscribers/\(reader.id)/preview.eml")
            #expect(message.field("content-type") == "message/rfc822")
            #expect(message.field("content-disposition")?.hasPrefix("attachment;") == true)
            #expect(message.body.contains("multipart/alternative") || message.head.contains("multipart"))
            #expect(try await test.stored() == before)
        }
    }

    @Test("feeds are switched off and on, and asked at once but not against their server's wish")
    func feeds() async throws {
        let test = try await AdminVisit.installation()
        let store = test.installation.database.feeds
        let id = try #require(
            try await store.add(FeedDeclaration(url: "https://a.example/feed", title: "A feed"), origin: .admin)
        ).id
        let later = test.clock.now.addingTimeInterval(3600)
        try await store.recordUnchanged(id: id, at: test.clock.now, next: later)
        try await AdminVisit.inside(test) { (visit) async throws in
            #expect(try await visit.get("/admin/feeds").body.contains("https://a.example/feed"))
            #expect(try await store.due(at: test.clock.now).isEmpty)
            #expect(try await visit.post("/admin/feeds/\(id)/ask").status == 303)
            #expect(try await store.due(at: test.clock.now).map(\.id) == [id])
            #expect(try await visit.post("/admin/feeds/\(id)/disable").status == 303)
            #expect(try await store.feed(id: id)?.isEnabled == false)
            #expect(try await visit.post("/admin/feeds/\(id)/ask").status == 409)
            #expect(try await visit.post("/admin/feeds/\(id)/enable").status == 303)
            #expect(try await store.feed(id: id)?.isEnabled == true)
            try await store.recordFailure(id: id, error: "429 too many", next: later, notBefore: later)
            let page = try await visit.post("/admin/feeds/\(id)/ask")
            #expect(page.status == 409 && page.body.contains("its server asked us to wait"))
            #expect(try await store.due(at: test.clock.now).isEmpty)
            #expect(try await visit.post("/admin/feeds/99/ask").status == 404)
        }
    }

    @Test("the desk asks before it unsubscribes somebody, and shows why readers left")
    func asks() async throws {
        let test = try await AdminVisit.installation()
        let reader = try await test.reader()
        let path = "/admin/subscribers/\(reader.id)"
        try await AdminVisit.inside(test) { (visit) async throws in
            let page = try await visit.get(path).body
            #expect(page.contains("href=\"\(path)/unsubscribe\"") && !page.contains("action=\"\(path)/unsubscribe\""))
            #expect(try await !visit.get("/admin").body.contains("Why readers left"))
            let question = try await visit.get("\(path)/unsubscribe")
            #expect(question.status == 200 && question.body.contains("action=\"\(path)/unsubscribe\""))
            #expect(question.body.contains("ada@example.org"))
            #expect(try await test.subscriber("ada@example.org").state == .active)
            #expect(try await visit.get("/admin/subscribers/99/unsubscribe").status == 404)
            #expect(try await visit.post("\(path)/unsubscribe").status == 303)
            let left = Token(
                purpose: .left, subscriberID: reader.id, epoch: reader.tokenEpoch,
                expiresAt: test.clock.now.addingTimeInterval(60)
            ).text(key: test.installation.key)
            _ = try await test.desk.setReason(token: left, choice: "too many", words: "One <b>a week</b> would do.")
            let overview = try await visit.get("/admin").body
            #expect(overview.contains("Why readers left") && overview.contains("too many"))
            #expect(overview.contains("One &lt;b&gt;a week&lt;/b&gt; would do."))
            #expect(try await visit.get(path).body.contains("too many: One &lt;b&gt;a week"))
        }
    }
}
