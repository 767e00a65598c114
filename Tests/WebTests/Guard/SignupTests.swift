import Foundation
import Loopback
import Mail
import Site
import Store
import TestSupport
import Testing
import Workers

@testable import Web

@Suite("The box on the first page, under abuse")
struct SignupTests {
    private func stamp(in page: String) throws -> String {
        let match = try #require(page.firstMatch(of: /name="stamp" value="([^"]+)"/))
        return String(match.1)
    }

    private func addresses(_ test: TestInstallation) async throws -> Set<String> {
        Set(try await test.installation.database.subscribers.list(limit: 10_000).map(\.address.description))
    }

    @Test("ten thousand requests from as many clients bring one victim three mails a day at most")
    func bombing() async throws {
        let test = try await TestInstallation(environment: [
            "BROADSHEET_WEB_TRUSTED_PROXIES": "127.0.0.1", "BROADSHEET_WEB_FORM_SECONDS": "0",
        ])
        try await TestSite.serve(test) { (site) async throws in
            for hour in 0..<20 {
                let answers = try await withThrowingTaskGroup(of: [Int].self) { group in
                    for part in 0..<50 {
                        let requests = (0..<10).map { number in
                            RawConnection.post(
                                "/subscribe", "email=victim%40example.org",
                                headers: ["X-Forwarded-For: 198.18.\(hour).\(part), 203.\(hour).\(part).\(number)"])
                        }
                        group.addTask { try await RawConnection.statuses(site.port, requests) }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(answers == Array(repeating: 200, count: 500))
                _ = try await test.sender.drain()
                test.clock.advance(by: 3600)
            }
        }
        #expect(await test.receiver.messages().count == 3)
        #expect(await test.receiver.messages().allSatisfy { $0.recipients == ["victim@example.org"] })
    }

    @Test("one client signs up so many an hour; the next is told when to come back, others are not held up")
    func clientLimit() async throws {
        let test = try await TestInstallation(environment: [
            "BROADSHEET_WEB_TRUSTED_PROXIES": "127.0.0.1", "BROADSHEET_WEB_FORM_SECONDS": "0",
            "BROADSHEET_WEB_CLIENT_SIGNUPS": "3",
        ])
        func signup(_ number: Int, from client: String) -> String {
            RawConnection.post("/subscribe", "email=a\(number)@example.org", headers: ["X-Forwarded-For: \(client)"])
        }
        try await TestSite.serve(test) { (site) async throws in
            // All of a /64 are one client.
            let requests = (1...5).map { signup($0, from: "2001:db8:1:2::\($0)") }
            #expect(try await RawConnection.statuses(site.port, requests) == [200, 200, 200, 429, 429])
            #expect(try await addresses(test).count == 3)
            #expect(try await RawConnection.statuses(site.port, [signup(9, from: "2001:db8:1:3::1")]) == [200])
            test.clock.advance(by: 1200)
            #expect(
                try await RawConnection.statuses(
                    site.port, [signup(7, from: "2001:db8:1:2::9"), signup(8, from: "2001:db8:1:2::9")])
                    == [200, 429])
        }
    }

    @Test("over all limits the page says when to come back, and keeps its headers")
    func retryAfter() async throws {
        let test = try await TestInstallation(environment: [
            "BROADSHEET_WEB_FORM_SECONDS": "0", "BROADSHEET_WEB_SIGNUPS": "1",
        ])
        try await TestSite.serve(test) { (site) async throws in
            #expect(try await site.post("/subscribe", [("email", "a@example.org")]).status == 200)
            let late = try await site.post("/subscribe", [("email", "b@example.org")])
            #expect(late.status == 429)
            #expect(late.headers["retry-after"] == "3600")
            #expect(late.headers["content-security-policy"] != nil)
            // It is not because of whoever comes then.
            #expect(late.body.contains("Too many new subscriptions right now") && !late.body.contains("your network"))
            #expect(try await addresses(test) == ["a@example.org"])
        }
    }

    @Test("forms and searches of one client are limited, pages and one-click unsubscribing are not")
    func requestLimit() async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_CLIENT_REQUESTS": "2"])
        let reader = try await test.reader()
        let search = RawConnection.get("/filters/try?filter=a")
        let form = RawConnection.post("/confirm", "token=x")
        let oneClick = RawConnection.post(
            "/unsubscribe?token=\(test.token(.unsubscribe, of: reader))", "List-Unsubscribe=One-Click")
        try await TestSite.serve(test) { (site) async throws in
            let statuses = try await RawConnection.statuses(
                site.port, [search, form, search, form, RawConnection.get("/"), oneClick, oneClick, oneClick])
            #expect(statuses == [200, 400, 429, 429, 200, 200, 200, 200])
        }
    }

    @Test("a form that comes faster than a person fills it in comes back with the same stamp, which ripens meanwhile")
    func fillTime() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test, interval: .seconds(60)) { (site) async throws in
            // The page is kept since then; the stamp in it is not.
            let first = try await site.get("/")
            test.clock.advance(by: 437)
            let second = try await site.get("/")
            #expect(first.headers["etag"] == second.headers["etag"])
            let shown = try stamp(in: second.body)
            #expect(try stamp(in: first.body) != shown)
            let form = [("email", "ada@example.org"), ("topic", "robots"), ("stamp", shown)]
            let quick = try await site.post("/subscribe", form)
            #expect(quick.status == 422)
            #expect(quick.body.contains("value=\"ada@example.org\""))
            #expect(quick.body.contains("value=\"robots\" checked"))
            #expect(try stamp(in: quick.body) == shown)
            #expect(try await addresses(test).isEmpty)
            test.clock.advance(by: 3)
            #expect(try await site.post("/subscribe", form).status == 200)
            #expect(try await addresses(test) == ["ada@example.org"])
        }
    }

    @Test("a page that was open for days and a stamp that is none bring the form back with a fresh stamp")
    func oldForms() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { (site) async throws in
            let old = try stamp(in: try await site.get("/").body)
            test.clock.advance(by: 3 * 86_400)
            for stale in [old, "AAAA"] {
                let answer = try await site.post("/subscribe", [("email", "ada@example.org"), ("stamp", stale)])
                #expect(answer.status == 422)
                let fresh = try stamp(in: answer.body)
                #expect(fresh != stale)
                #expect(try await addresses(test).isEmpty)
                test.clock.advance(by: 5)
                #expect(
                    FormStamp.verdict(on: fresh, fillTime: 2, key: test.installation.key, now: test.clock.now) == .good)
            }
        }
    }

    @Test("forms without a stamp are taken a few times an hour, from nobody more")
    func unstamped() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { (site) async throws in
            let requests = (1...25).map { RawConnection.post("/subscribe", "email=a\($0)@example.org") }
            let statuses = try await RawConnection.statuses(site.port, requests)
            #expect(statuses == Array(repeating: 200, count: 20) + Array(repeating: 422, count: 5))
        }
    }

    @Test("known, new, suppressed and often typed addresses get the same bytes, at whole steps of time")
    func sameAnswer() async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_ADDRESS_SIGNUPS": "1"])
        _ = try await test.reader("known@example.org")
        _ = try await test.desk.suppress(try Address("gone@example.org"), reason: "complaint", source: "test")
        try await TestSite.serve(test) { (site) async throws in
            var bodies: Set<String> = []
            var headers: Set<[String: String]> = []
            for address in ["known@example.org", "new@example.org", "gone@example.org", "new@example.org"] {
                let start = ContinuousClock.now
                let answer = try await site.post("/subscribe", [("email", address)])
                #expect(start.duration(to: .now) >= EvenPace.step)
                bodies.insert(answer.body)
                headers.insert(answer.headers.filter { $0.key != "date" })
            }
            #expect(bodies.count == 1)
            #expect(headers.count == 1)
        }
    }

    @Test("a duty's address is refused with a reason, and nothing is stored")
    func policy() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { (site) async throws in
            let answer = try await site.post("/subscribe", [("email", "noreply@example.org")])
            #expect(answer.status == 422)
            #expect(answer.body.contains("Enter your personal one"))
            #expect(try await addresses(test).isEmpty)
        }
    }

    @Test("nothing a stranger typed stands in the mail that asks to confirm, but the address")
    func confirmMail() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { (site) async throws in
            let spam = "BUY-PILLS http://spam.example"
            let fields = ["topic", "name", "filter", "first_name", "subject", "from", "message", "timezone", "token"]
                .map {
                    ($0, spam)
                }
            let form = [("email", "victim@example.org")] + fields + [("topic", "robots")]
            #expect(try await site.post("/subscribe?topic=BUY-PILLS&email=BUY-PILLS", form).status == 200)
            #expect(try await site.post("/subscribe", [("email", "plain@example.org")]).status == 200)
        }
        _ = try await test.sender.drain()
        let messages = await test.receiver.messages()
        #expect(messages.count == 2)
        for message in messages {
            let parsed = ParsedMessage(message.bytes)
            let text = (parsed.part("text/plain")?.text ?? "") + (parsed.part("text/html")?.text ?? "")
            #expect(text.contains("@example.org"))
            for needle in ["PILLS", "spam", "robots", "Robotics"] { #expect(!text.contains(needle)) }
            #expect(!String(decoding: message.bytes, as: UTF8.self).contains("PILLS"))
        }
    }
}
