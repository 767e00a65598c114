import Foundation
import Loopback
import Mail
import Site
import Store
import TestSupport
import Testing
import Workers

@testable import Web

@Suite("Readers who use the box again")
struct ExistingReaderTests {
    private func mail(_ test: TestInstallation) async throws -> ParsedMessage {
        _ = try await test.sender.drain()
        return ParsedMessage(try #require(await test.receiver.messages().last).bytes)
    }

    private func link(in mail: ParsedMessage) throws -> String {
        let text = mail.part("text/plain")?.text ?? ""
        let start = try #require(text.range(of: "https://papers.example.org/confirm?token="))
        return "/confirm?token=" + text[start.upperBound...].prefix { !$0.isWhitespace }
    }

    @Test("and ask for a search by mail get just that, after a click in a mail that holds nothing a stranger typed")
    func addition() async throws {
        let test = try await TestInstallation()
        _ = try await test.desk.add(
            try Address("ada@example.org"), interests: Interests(topics: ["diffusion"]), source: "test")
        try await TestSite.serve(test) { site in
            let fields = [("email", "ada@example.org"), ("filter", "title:\"buy now\""), ("topic", "robots")]
            let answer = try await site.post("/subscribe", fields)
            #expect(answer.status == 200)
            let mail = try await mail(test)
            #expect(mail.part("text/html")?.text.contains("buy now") == false)
            #expect(mail.part("text/plain")?.text.contains("buy now") == false)
            let before = try await test.subscriber("ada@example.org")
            let link = try link(in: mail)
            let page = try await site.get(link)
            #expect(page.status == 200 && page.body.contains("buy now") && page.body.contains("Robotics"))
            #expect(!page.body.contains("you get the papers that trend"))
            #expect(try await test.subscriber("ada@example.org") == before)
            for _ in 1...2 {
                #expect(try await site.post(link, []).status == 200)
                let reader = try await test.subscriber("ada@example.org")
                #expect(reader.interests.topics == ["diffusion", "robots"])
                #expect(reader.interests.filters == ["title:\"buy now\""])
                #expect(reader.state == .active && reader.nextDigestAt == before.nextDigestAt)
            }
        }
    }

    @Test("and had asked for nothing so far are told that what trends gives way; who has left is not brought back")
    func trending() async throws {
        let test = try await TestInstallation()
        let reader = try #require(
            try await test.desk.add(try Address("ada@example.org"), interests: Interests(), source: "test"))
        try await TestSite.serve(test) { site in
            _ = try await site.post("/subscribe", [("email", "ada@example.org"), ("topic", "robots")])
            let link = try link(in: try await mail(test))
            #expect(try await site.get(link).body.contains("you get the papers that trend"))
            _ = try await test.desk.leave(reader, source: "test")
            #expect(try await site.post(link, []).status == 400)
            #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
            test.clock.advance(by: 49 * 3600)
            #expect(try await site.get(link).status == 410)
        }
    }

    @Test("get the same page as everybody, which says what comes to whom, and when nothing does")
    func samePage() async throws {
        let test = try await TestInstallation()
        _ = try await test.desk.add(try Address("known@example.org"), interests: Interests(), source: "test")
        try await TestSite.serve(test) { site in
            var pages: Set<String> = []
            for email in ["known@example.org", "known@example.org", "new@example.org", "new@example.org"] {
                pages.insert(try await site.post("/subscribe", [("email", email), ("topic", "robots")]).body)
            }
            #expect(pages.count == 1)
            let page = try #require(pages.first)
            #expect(page.contains("one such mail an hour") && page.contains("its link still works"))
            #expect(page.contains("papers@example.org"))
        }
    }

    @Test("an address in letters that the mail server does not take is refused with the letter, known or not")
    func outOfReach() async throws {
        let test = try await TestInstallation()
        _ = try await test.desk.add(try Address("zoë@example.org"), interests: Interests(), source: "test")
        try await TestSite.serve(test) { site in
            #expect(try await site.post("/subscribe", [("email", "jürgen@example.org")]).status == 200)
            let address = "smtp://localhost:\(test.receiver.port)"
            let relays = test.installation.database.relays
            try await relays.store(
                .init(address: address, identity: "esmtp | PIPELINING", pipelining: "full"), at: test.clock.now)
            for email in ["zoë@example.org", "jürgen@example.org", "neu-ü@example.org"] {
                let answer = try await site.post("/subscribe", [("email", email)])
                #expect(answer.status == 422 && answer.body.contains("takes no letters such as"), "\(email)")
            }
            // Letters of a domain are written in ASCII on the way.
            #expect(try await site.post("/subscribe", [("email", "ada@müller.example")]).status == 200)
            test.clock.advance(by: 60)
            try await relays.store(
                .init(address: address, identity: "esmtp | PIPELINING SMTPUTF8", pipelining: "full"), at: test.clock.now
            )
            #expect(try await site.post("/subscribe", [("email", "neu-ü@example.org")]).status == 200)
        }
    }

    @Test("the mail to confirm promises silence only where no reminder follows", arguments: [24, 0])
    func silence(hours: Int) async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_SIGNUP_REMIND_AFTER": "\(hours)"])
        try await test.desk.subscribe(try Address("ada@example.org"), interests: Interests(), source: "web")
        let first = try #require(try await mail(test).part("text/plain")?.text)
        #expect(first.replacing("\n", with: " ").contains("one reminder at most") == (hours > 0))
        #expect(first.replacing("\n", with: " ").contains("will not hear from us again") == (hours == 0))
        guard hours > 0 else { return }
        test.clock.advance(by: Double(hours) * 3600)
        _ = try await Housekeeping(test.installation).round()
        let second = try #require(try await mail(test).part("text/plain")?.text)
        #expect(second.replacing("\n", with: " ").contains("will not hear from us again"))
    }
}
