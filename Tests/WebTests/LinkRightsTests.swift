import Foundation
import Loopback
import Mail
import Site
import Store
import TestSupport
import Testing

@testable import Web

@Suite("A link has one right")
struct LinkRightsTests {
    private func path(_ link: String) -> String { String(link.dropFirst("https://papers.example.org".count)) }

    /// Whether anything on a page opens preferences: a token of that purpose, wherever it stands.
    private func opensPreferences(_ body: String, of reader: Subscriber, in test: TestInstallation) -> Bool {
        body.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0))) }.contains { word in
            let token = try? Token(
                anyAge: String(word), purpose: .preferences, key: test.installation.key)
            return token?.subscriberID == reader.id
        }
    }

    private func mails(_ kind: DeliveryKind, to reader: Subscriber, in test: TestInstallation) async throws -> Int {
        try await test.installation.database.ledger.history(of: reader.id, limit: 100).count { $0.kind == kind }
    }

    @Test("no page that a lesser link reaches, nor what its buttons answer, holds one to preferences")
    func lesserPages() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion for images"])
        let reader = try await test.reader()
        try await TestSite.serve(test) { site in
            func token(_ purpose: TokenPurpose) -> String { test.token(purpose, of: reader) }
            let answers = [
                try await site.get("/unsubscribe?token=\(token(.unsubscribe))"),
                try await site.get("/mark?paper=1&like=more&token=\(token(.marks))"),
                try await site.post("/mark", [("token", token(.marks)), ("paper", "1"), ("like", "more")]),
                try await site.get("/confirm?token=\(token(.confirm))"),
                try await site.post("/confirm", [("token", token(.confirm))]),
                try await site.post("/unsubscribe", [("token", token(.unsubscribe))]),
                try await site.get("/unsubscribe/undo?token=\(token(.left))"),
                try await site.post("/unsubscribe/reason", [("token", token(.left)), ("reason", "no time")]),
                try await site.post("/unsubscribe/undo", [("token", token(.left))]),
                try await site.get("/address?token=\(token(.address))"),
                try await site.post("/preferences/link", [("token", token(.marks)), ("right", "marks")]),
            ]
            for answer in answers {
                #expect(answer.status == 200)
                #expect(!opensPreferences(answer.body, of: reader, in: test), "\(answer.body)")
            }
            let moved = try await site.post("/address", [("token", token(.address))])
            #expect(moved.status == 200)
            #expect(!opensPreferences(moved.body, of: reader, in: test))
        }
    }

    @Test(
        "each such page offers to mail the link, which goes to the reader, once an hour",
        arguments: [TokenPurpose.unsubscribe, .marks])
    func offers(purpose: TokenPurpose) async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion for images"])
        let reader = try await test.reader()
        try await TestSite.serve(test) { site in
            let token = test.token(purpose, of: reader)
            let page = try await site.get(
                purpose == .marks ? "/mark?paper=1&token=\(token)" : "/unsubscribe?token=\(token)")
            #expect(page.body.contains("action=\"/preferences/link\""))
            for _ in 1...3 {
                let answer = try await site.post("/preferences/link", [("token", token), ("right", purpose.rawValue)])
                #expect(answer.body.contains("The link is on its way"))
                #expect(!answer.body.contains("ada@example.org"))
            }
            #expect(try await mails(.links, to: reader, in: test) == 1)
            let refused = try await site.post("/preferences/link", [("token", token), ("right", "preferences")])
            #expect(refused.status == 400)
        }
        _ = try await test.sender.drain()
        let mail = try #require(await test.receiver.messages().last)
        #expect(mail.recipients == ["ada@example.org"])
        let text = try #require(ParsedMessage(mail.bytes).part("text/plain")?.text)
        #expect(text.contains("You asked Broadsheet for these links"))
        let link = try #require(text.range(of: "/preferences?token="))
        let token = String(text[link.upperBound...].prefix { !$0.isWhitespace })
        #expect(try await test.desk.subscriber(token: token, purpose: .preferences).id == reader.id)
    }

    @Test("somebody who left is not brought back by the link of an older mail")
    func noReturn() async throws {
        let test = try await TestInstallation()
        let reader = try await test.reader()
        let token = test.token(.unsubscribe, of: reader)
        try await TestSite.serve(test) { site in
            let left = try await site.post("/unsubscribe", [("token", token)])
            #expect(left.body.contains("action=\"/unsubscribe/undo\""))
            let again = try await site.post("/unsubscribe", [("token", token)])
            #expect(again.status == 200 && !again.body.contains("/unsubscribe/undo"))
            #expect(again.body.contains("the link in the goodbye mail"))
        }
    }

    @Test(
        "what a mail program's button ended is taken back by no link, old or new: the address may be a list's",
        arguments: ["one click", "a mail"])
    func oneClickIsFinal(way: String) async throws {
        let test = try await TestInstallation()
        let reader = try await test.reader()
        let token = test.token(.unsubscribe, of: reader)
        try await TestSite.serve(test) { site in
            // Another member's link, of an earlier leaving that was taken back.
            let left = try await site.post("/unsubscribe", [("token", token)])
            let undo = try #require(left.body.firstMatch(of: /name="token" value="([^"]+)"/)).1
            #expect(try await site.post("/unsubscribe/undo", [("token", String(undo))]).status == 200)
            #expect(try await test.subscriber("ada@example.org").state == .active)
            test.clock.advance(by: 86_400)
            _ = try await test.sender.drain()

            if way == "one click" {
                let answer = try await site.post("/unsubscribe?token=\(token)", [("List-Unsubscribe", "One-Click")])
                #expect(answer.status == 200)
            } else {
                _ = try await test.desk.leave(reader, isFinal: true, source: "mail")
            }
            #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
            _ = try await test.sender.drain()
            let goodbye = try #require(await test.receiver.messages().last)
            let mail = ParsedMessage(goodbye.bytes)
            for type in ["text/plain", "text/html"] {
                let text = try #require(mail.part(type)?.text)
                #expect(
                    text.contains("The unsubscribe button of a mail program") && !text.contains("/unsubscribe/undo"))
            }
            #expect(try await site.post("/unsubscribe/undo", [("token", String(undo))]).status == 410)
            let page = try await site.get("/unsubscribe?token=\(token)")
            #expect(!page.body.contains("/unsubscribe/undo"))
            #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
        }
    }

    @Test("a link to preferences ends a year after it was made or last used, and then offers a new one by mail")
    func ends() async throws {
        let test = try await TestInstallation()
        let reader = try await test.reader()
        let day: TimeInterval = 86_400
        let used = test.token(.preferences, of: reader)
        let leaving = test.token(.unsubscribe, of: reader)
        test.clock.advance(by: day)
        let unused = test.token(.preferences, of: reader)
        try await TestSite.serve(test) { site in
            for _ in 1...3 {
                test.clock.advance(by: 300 * day)
                #expect(try await site.get("/preferences?token=\(used)").status == 200)
            }
            let ended = try await site.get("/preferences?token=\(unused)")
            #expect(ended.status == 410)
            #expect(ended.body.contains("This link was not used for a year"))
            for path in ["/preferences", "/preferences/export", "/preferences/delete", "/preferences/links"] {
                #expect(try await site.post(path, [("token", unused)]).status == 410, "\(path)")
            }
            let answer = try await site.post("/preferences/link", [("token", unused), ("right", "preferences")])
            #expect(answer.status == 200)
            #expect(try await mails(.links, to: reader, in: test) == 1)
            test.clock.advance(by: 366 * day)
            #expect(try await site.get("/preferences?token=\(used)").status == 410)
            test.clock.advance(by: 3650 * day)
            #expect(try await site.get("/unsubscribe?token=\(leaving)").status == 200)
        }
    }

    @Test("a reader voids all links: none opens anything any more, and a mail brings new ones")
    func voids() async throws {
        let test = try await TestInstallation()
        let reader = try await test.reader()
        let tokens = TokenPurpose.allCases.map { ($0, test.token($0, of: reader)) }
        let own = test.token(.preferences, of: reader)
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/preferences?token=\(own)").body.contains("action=\"/preferences/links\""))
            let answer = try await site.post("/preferences/links", [("token", own)])
            #expect(answer.body.contains("All older links are invalid"))
            let renewed = try await test.subscriber("ada@example.org")
            #expect(!opensPreferences(answer.body, of: renewed, in: test))
            for (purpose, token) in tokens {
                await #expect(throws: Token.Refusal.forged) {
                    try await test.desk.subscriber(token: token, purpose: purpose)
                }
            }
            #expect(try await site.post("/preferences/links", [("token", own)]).status == 400)
        }
        _ = try await test.sender.drain()
        let mail = try #require(await test.receiver.messages().last)
        let text = try #require(ParsedMessage(mail.bytes).part("text/plain")?.text)
        let link = try #require(text.range(of: "/preferences?token="))
        let token = String(text[link.upperBound...].prefix { !$0.isWhitespace })
        #expect(try await test.desk.subscriber(token: token, purpose: .preferences).id == reader.id)
        #expect(try await test.desk.consent(of: reader.address).map(\.event) == ["subscribed", "links-voided"])
    }
}
