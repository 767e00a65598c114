import Foundation
import Loopback
import Mail
import Site
import Store
import TestSupport
import Testing
import Workers

@testable import Web

@Suite("A reader's way through the pages")
struct LifeCycleTests {
    private func link(_ path: String, in message: ReceivedMessage) throws -> String {
        let text = ParsedMessage(message.bytes).part("text/plain")?.text ?? ""
        let start = try #require(text.range(of: "https://papers.example.org\(path)?token="))
        return path + "?token=" + text[start.upperBound...].prefix { !$0.isWhitespace && $0 != ">" }
    }

    @Test("subscribe, confirm by the mailed link, unsubscribe by one click: each page and each state")
    func wholeLife() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion for images"])
        try await TestSite.serve(test) { site in
            let home = try await site.get("/")
            #expect(home.status == 200)
            #expect(home.body.contains("Diffusion for images"))
            #expect(home.body.contains("Get trending papers in your inbox"))

            let answer = try await site.post("/subscribe", [("email", "ada@example.org"), ("topic", "diffusion")])
            #expect(answer.status == 200)
            #expect(try await test.subscriber("ada@example.org").state == .pending)
            _ = try await test.sender.drain()
            let confirm = try link("/confirm", in: try #require(await test.receiver.messages().first))

            // Link scanners follow every GET: nothing may come of it.
            #expect(try await site.get(confirm).status == 200)
            #expect(try await test.subscriber("ada@example.org").state == .pending)
            #expect(try await site.post(confirm, []).status == 200)
            #expect(try await test.subscriber("ada@example.org").state == .active)

            _ = try await test.sender.drain()
            let welcome = try #require(await test.receiver.messages().last)
            let unsubscribe = try link("/unsubscribe", in: welcome)
            #expect(try await site.get(unsubscribe).status == 200)
            #expect(try await test.subscriber("ada@example.org").state == .active)
            #expect(try await site.post(unsubscribe, [("List-Unsubscribe", "One-Click")]).status == 200)
            #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
            #expect(try await site.post(unsubscribe, [("List-Unsubscribe", "One-Click")]).status == 200)
        }
    }

    @Test("the answer to a subscribe request is the same whether the address is known or not")
    func sameAnswer() async throws {
        let test = try await TestInstallation()
        _ = try await test.desk.add(try Address("known@example.org"), interests: Interests(), source: "test")
        try await test.installation.database.suppressions.add(
            addressHash: test.installation.key.addressHash("gone@example.org"), reason: "complaint", at: test.clock.now)
        try await TestSite.serve(test) { site in
            var answers: Set<String> = []
            for address in ["known@example.org", "new@example.org", "gone@example.org", "new@example.org"] {
                let answer = try await site.post("/subscribe", [("email", address)])
                #expect(answer.status == 200)
                answers.insert(answer.body)
            }
            #expect(answers.count == 1)
        }
    }

    @Test("an address that is none is said on the page, with what was typed still in the box")
    func badAddress() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let answer = try await site.post("/subscribe", [("email", "\"><script>alert(1)</script>")])
            #expect(answer.status == 422)
            #expect(!answer.body.contains("<script>"))
            #expect(answer.body.contains("&lt;script&gt;"))
        }
    }

    @Test(
        "a field that must stay empty, filled in by a machine or a password manager, comes back with words, and nothing is stored"
    )
    func honeypot() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let human = try await site.post("/subscribe", [("email", "ada@example.org"), ("website", "")])
            let machine = try await site.post("/subscribe", [("email", "bot@example.org"), ("website", "http://spam")])
            #expect(human.status == 200 && machine.status == 422)
            #expect(machine.body.contains("A field that must stay empty was filled in"))
            #expect(machine.body.contains("value=\"bot@example.org\"") && !machine.body.contains("http://spam"))
            #expect(
                try await test.installation.database.subscribers.list().map(\.address.description) == [
                    "ada@example.org"
                ])
        }
    }

    @Test("preferences are stored, a bad filter is explained and nothing is changed by it")
    func preferences() async throws {
        let test = try await TestInstallation()
        let reader = try #require(
            try await test.desk.add(try Address("ada@example.org"), interests: Interests(), source: "test"))
        let token = test.token(.preferences, of: reader)
        let form = [
            ("token", token), ("topic", "robots"), ("filter", "title:\"state space\"\r\ncat:cs.CV"),
            ("timezone", "Europe/Zurich"), ("hour", "18"), ("cadence", "weekdays"), ("max_papers", "5"),
        ]
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/preferences?token=\(token)").status == 200)
            #expect(try await site.post("/preferences", form).status == 200)
            let stored = try await test.subscriber("ada@example.org")
            #expect(stored.interests.topics == ["robots"])
            #expect(stored.interests.filters.count == 2)
            #expect(stored.schedule.timeZone.identifier == "Europe/Zurich")
            #expect(stored.schedule.minute == 18 * 60)
            #expect(stored.schedule.cadence == .weekdays)
            #expect(stored.maxPapers == 5)

            let bad = form.map { $0.0 == "filter" ? ("filter", "title:(") : $0 }
            #expect(try await site.post("/preferences", bad).status == 422)
            #expect(try await test.subscriber("ada@example.org").interests == stored.interests)
        }
    }

    @Test(
        "a link that was changed, is of another kind or is too old opens nothing, and says how to go on",
        arguments: ["/confirm", "/unsubscribe", "/preferences"])
    func badLinks(path: String) async throws {
        let test = try await TestInstallation()
        let other = Token(purpose: path == "/confirm" ? .unsubscribe : .confirm, subscriberID: 1, epoch: 0)
            .text(key: test.installation.key)
        try await TestSite.serve(test) { site in
            for token in ["", "nonsense", other] {
                let read = try await site.get("\(path)?token=\(token)")
                let posted = try await site.post("\(path)?token=\(token)", [])
                #expect(read.status == 400)
                #expect(posted.status == 400)
            }
        }
    }

    @Test("every answer forbids scripts, framing and referrers, and pages under a token are not kept")
    func securityHeaders() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            for path in ["/", "/style.css", "/nowhere", "/unsubscribe?token=x"] {
                let answer = try await site.get(path)
                #expect(answer.headers["content-security-policy"]?.contains("default-src 'none'") == true, "\(path)")
                #expect(answer.headers["x-content-type-options"] == "nosniff")
                #expect(answer.headers["referrer-policy"] == "no-referrer")
            }
            #expect(try await site.get("/unsubscribe?token=x").headers["cache-control"] == "no-store")
            #expect(try await site.get("/nowhere").status == 404)
        }
    }
}
