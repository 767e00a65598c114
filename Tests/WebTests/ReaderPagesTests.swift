import Core
import Foundation
import Loopback
import Mail
import Site
import Store
import TestSupport
import Testing
import Workers

@testable import Web

@Suite("What readers do with their subscription on the pages")
struct ReaderPagesTests {
    private func reader(in test: TestInstallation) async throws -> Subscriber {
        try #require(
            try await test.desk.add(
                try Address("ada@example.org"), interests: Interests(topics: ["diffusion"]), source: "test"))
    }

    private func token(_ purpose: TokenPurpose, _ reader: Subscriber, in test: TestInstallation) -> String {
        test.token(purpose, of: reader)
    }

    /// What stands in the value of a page's hidden field.
    private func hiddenToken(_ page: Browser.Answer, action: String) throws -> String {
        let form = try #require(page.body.range(of: "action=\"\(action)\""))
        let start = try #require(page.body[form.upperBound...].range(of: "name=\"token\" value=\""))
        return String(page.body[start.upperBound...].prefix { $0 != "\"" })
    }

    private func lastText(_ test: TestInstallation) async throws -> String {
        _ = try await test.sender.drain()
        let message = try #require(await test.receiver.messages().last)
        return ParsedMessage(message.bytes).part("text/plain")?.text ?? ""
    }

    private func link(_ path: String, in text: String) throws -> String {
        let start = try #require(text.range(of: "https://papers.example.org\(path)?token="))
        return path + "?token=" + text[start.upperBound...].prefix { !$0.isWhitespace && $0 != ">" }
    }

    @Test("the box of the confirm page brings today's papers, and the page says when the next ones come")
    func papersNow() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion for images"])
        try await test.desk.subscribe(
            try Address("ada@example.org"), interests: Interests(topics: ["diffusion"]), source: "test")
        let pending = try await test.subscriber("ada@example.org")
        let link = "/confirm?token=" + token(.confirm, pending, in: test)
        try await TestSite.serve(test) { site in
            #expect(try await site.get(link).body.contains("name=\"now\" value=\"1\" checked"))
            let answer = try await site.post(link, [("now", "1")])
            #expect(answer.body.contains("Today’s papers are on their way"))
            #expect(answer.body.contains("The next ones come on Tuesday, 24 November 2026, 07:00"))
            let again = try await site.post(link, [("now", "1")])
            #expect(again.body.contains("The next papers come"))
        }
        #expect(try await test.lastDigest(of: "ada@example.org") == ["Diffusion for images"])
    }

    @Test("a preview shows what each filter would have brought, and what is wrong with one, and stores nothing")
    func preview() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot that folds", "Protein folding"])
        let reader = try await reader(in: test)
        let form = [
            ("token", token(.preferences, reader, in: test)), ("filter", "title:robot\r\ntitle:(\r\nnothing"),
            ("timezone", "Europe/Zurich"), ("hour", "18"), ("cadence", "weekly"), ("weekday", "5"),
            ("max_papers", "5"), ("preview", "1"),
        ]
        try await TestSite.serve(test) { site in
            let page = try await site.post("/preferences", form)
            #expect(page.status == 200)
            #expect(page.body.contains("Nothing is saved yet"))
            #expect(page.body.contains("<b>1 paper</b> in the last 7 days"))
            #expect(page.body.contains("<bdi>A robot that folds</bdi></a>"))
            #expect(page.body.contains("<b>0 papers</b> in the last 7 days"))
            #expect(page.body.contains("(character 8)"))
            #expect(page.body.contains("<option value=\"5\" selected>Friday</option>"))
            #expect(page.body.contains("value=\"Europe/Zurich\""))
            #expect(try await test.subscriber("ada@example.org") == reader)
            let saved = try await site.post(
                "/preferences",
                form.filter { $0.0 != "preview" }.map { $0.0 == "filter" ? ("filter", "title:robot") : $0 })
            #expect(saved.status == 200)
            let stored = try await test.subscriber("ada@example.org")
            #expect(stored.schedule.cadence == .weekly && stored.schedule.weekday == 5)
            #expect(stored.interests.filters == ["title:robot"])
        }
    }

    @Test("whom a reader follows is stored as typed; what is no name is said beside the box and changes nothing")
    func authors() async throws {
        let test = try await TestInstallation()
        let reader = try await reader(in: test)
        let form = [
            ("token", token(.preferences, reader, in: test)), ("timezone", "Europe/Zurich"), ("hour", "18"),
            ("cadence", "weekly"), ("weekday", "5"), ("max_papers", "5"),
        ]
        func following() async throws -> [String] {
            try await test.subscriber("ada@example.org").interests.authors.map(\.text)
        }
        try await TestSite.serve(test) { site in
            let saved = try await site.post(
                "/preferences", form + [("author", "Grace Hopper\r\n\r\nauthor:\"Ada Lovelace\"\r\nLovelace, Ada")])
            #expect(saved.status == 200)
            #expect(saved.body.contains(">\nGrace Hopper\nAda Lovelace</textarea>"))
            #expect(try await following() == ["Grace Hopper", "Ada Lovelace"])
            let many = (0...100).map { "Ada Lovelace\($0)" }.joined(separator: "\r\n")
            for (typed, words) in [
                ("Grace Hopper\r\n<b>@", "Line 2, “&lt;b&gt;@”: this is not the name of one author."),
                (many, "You follow 101 authors; the limit is 100."),
            ] {
                let wrong = try await site.post("/preferences", form + [("author", typed)])
                #expect(wrong.status == 422)
                #expect(wrong.body.contains("id=\"author-problem\" role=\"alert\">\(words)"))
                #expect(wrong.body.contains("aria-describedby=\"author-hint author-problem\" aria-invalid=\"true\""))
                #expect(try await following() == ["Grace Hopper", "Ada Lovelace"])
            }
            // The form of a page that was made before the box.
            _ = try await site.post("/preferences", form)
            #expect(try await following() == ["Grace Hopper", "Ada Lovelace"])
            let none = try await site.post("/preferences", form + [("author", " ")])
            #expect(none.status == 200)
            #expect(try await following().isEmpty)
        }
    }

    @Test("a pause is begun, moved and ended; a wrong day is said beside the field and changes nothing")
    func pause() async throws {
        let test = try await TestInstallation()
        let link = token(.preferences, try await reader(in: test), in: test)
        try await TestSite.serve(test) { site in
            for day in ["2026-11-23", "nonsense", "2030-01-01"] {
                let wrong = try await site.post("/preferences/pause", [("token", link), ("until", day)])
                #expect(wrong.status == 422)
                #expect(wrong.body.contains("id=\"until-problem\""))
                #expect(try await test.subscriber("ada@example.org").state == .active)
            }
            let paused = try await site.post("/preferences/pause", [("token", link), ("until", "2026-12-07")])
            #expect(paused.body.contains("Paused until Monday, 7 December 2026."))
            #expect(try await test.subscriber("ada@example.org").resumeDay == "2026-12-07")
            let endless = try await site.post("/preferences/pause", [("token", link), ("until", "")])
            #expect(endless.body.contains("Paused until you resume."))
            let resumed = try await site.post("/preferences/resume", [("token", link)])
            #expect(resumed.body.contains("The next papers come on"))
            #expect(try await test.subscriber("ada@example.org").state == .active)
        }
    }

    @Test("a new address is asked for and confirmed by one button; the page says the same of every address")
    func address() async throws {
        let test = try await TestInstallation()
        let reader = try await reader(in: test)
        _ = try await test.desk.add(try Address("known@example.com"), interests: Interests(), source: "test")
        try await test.installation.database.suppressions.add(
            addressHash: test.installation.key.addressHash("gone@example.com"), reason: "complaint", at: test.clock.now)
        let preferences = token(.preferences, reader, in: test)
        func ask(_ address: String, _ site: TestSite) async throws -> Browser.Answer {
            try await site.post("/preferences/address", [("token", preferences), ("email", address)])
        }
        try await TestSite.serve(test) { site in
            let bodies = try await ["known", "gone", "newer"].asyncMap { name in
                try await ask("\(name)@example.com", site).body.replacing(name, with: "NAME")
            }
            #expect(Set(bodies).count == 1)
            let refused = try await ask("no address", site)
            #expect(refused.status == 422)
            // The form stands far below: the top says so.
            #expect(refused.body.contains("a note below says what to change"))
            #expect(try await ask(" ", site).body.contains("Enter your address"))
            #expect(try await ask("ada@example.org", site).body.contains("This is already your address."))

            let link = try link("/address", in: try await lastText(test))
            #expect(await test.receiver.messages().map(\.recipients) == [["newer@example.com"]])
            let page = try await site.get(link)
            #expect(page.body.contains("newer@example.com"))
            #expect(try await test.subscriber("ada@example.org").id == reader.id)
            let posted = try await site.post("/address", [("token", try hiddenToken(page, action: "/address"))])
            #expect(posted.body.contains("Your papers now go to newer@example.com."))
            #expect(try await test.subscriber("newer@example.com").id == reader.id)
            #expect(try await site.get("/preferences?token=\(preferences)").status == 400)
            #expect(try await site.get(link).status == 400)
            _ = try await test.sender.drain()
            let notice = try #require(
                await test.receiver.messages().last { $0.recipients == ["ada@example.org"] })
            #expect(ParsedMessage(notice.bytes).part("text/plain")?.text.contains("to another address") == true)
        }
    }

    @Test("everything that is stored comes as one JSON file, by a POST only")
    func export() async throws {
        let test = try await TestInstallation.due(readers: 1)
        var reader = try await test.subscriber("reader1@example.org")
        reader.language = .german
        try await test.desk.update(reader, source: "test")
        _ = try await test.sender.drain()
        _ = try await test.installation.database.marks.set(
            Mark(paperSeq: 1, isLiked: false, at: test.clock.now), of: reader.id)
        try await test.desk.askNewAddress(try Address("secret@example.com"), for: reader)
        let link = token(.preferences, reader, in: test)
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/preferences/export?token=\(link)").status == 404)
            let answer = try await site.post("/preferences/export", [("token", link)])
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
            #expect(answer.headers["content-disposition"] == "attachment; filename=\"my-data.json\"")
            #expect(answer.headers["cache-control"] == "no-store")
            let data = try #require(
                try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
            let subscription = try #require(data["subscription"] as? [String: Any])
            #expect(subscription["email"] as? String == "reader1@example.org")
            #expect(subscription["topics"] as? [String] == ["diffusion"])
            #expect(subscription["language"] as? String == "de")
            let mails = try #require(data["mails"] as? [[String: Any]])
            let digest = try #require(mails.first { $0["kind"] as? String == "digest" })
            #expect(digest["papers"] as? [String] == ["arxiv:2611.00001"])
            #expect(digest["state"] as? String == "sent")
            #expect((digest["reply"] as? String)?.hasPrefix("250") == true)
            // Whether the other address could be mailed is for its owner to know.
            #expect(mails.first { $0["kind"] as? String == "new-address" }?["state"] == nil)
            #expect((data["marks"] as? [[String: Any]])?.first?["paper"] as? String == "arxiv:2611.00001")
            #expect((data["consent"] as? [[String: Any]])?.map { $0["event"] as? String } == ["subscribed", "changed"])
        }
    }

    @Test("deleting takes two steps, and voids every link")
    func delete() async throws {
        let test = try await TestInstallation()
        let reader = try await reader(in: test)
        let link = token(.preferences, reader, in: test)
        try await TestSite.serve(test) { site in
            let page = try await site.get("/preferences/delete?token=\(link)")
            #expect(page.status == 200)
            #expect(try await test.subscriber("ada@example.org") == reader)
            let form = [("token", try hiddenToken(page, action: "/preferences/delete")), ("never", "1")]
            #expect(try await site.post("/preferences/delete", form).body.contains("Everything is deleted"))
            #expect(try await test.installation.database.subscribers.list().isEmpty)
            #expect(try await site.post("/preferences/delete", form).status == 400)
            for (path, purpose) in [
                ("/preferences", TokenPurpose.preferences), ("/unsubscribe", .unsubscribe),
                ("/unsubscribe/undo", .left),
                ("/confirm", .confirm),
            ] {
                #expect(try await site.get("\(path)?token=\(token(purpose, reader, in: test))").status == 400)
                #expect(try await site.post("\(path)?token=\(token(purpose, reader, in: test))", []).status == 400)
            }
            _ = try await site.post("/subscribe", [("email", "ada@example.org")])
            #expect(try await test.installation.database.subscribers.list().isEmpty)
        }
    }

    @Test("after leaving a button takes it back and a form asks why; the goodbye mail leads there too")
    func leaving() async throws {
        let test = try await TestInstallation()
        let reader = try await reader(in: test)
        let link = "/unsubscribe?token=" + token(.unsubscribe, reader, in: test)
        try await TestSite.serve(test) { site in
            let left = try await site.post(link, [])
            #expect(left.body.contains("You have unsubscribed"))
            let leftToken = try hiddenToken(left, action: "/unsubscribe/reason")
            let thanked = try await site.post(
                "/unsubscribe/reason", [("token", leftToken), ("reason", "no time"), ("words", "<b>Sorry</b>")])
            #expect(thanked.body.contains("Thank you for telling us."))
            #expect(
                try await test.installation.database.subscribers.reason(of: reader.id)?.words == "<b>Sorry</b>")
            let odd = try await site.post("/unsubscribe/reason", [("token", leftToken), ("reason", "made up")])
            #expect(odd.status == 200)
            #expect(try await test.installation.database.subscribers.reason(of: reader.id)?.choice == "no time")

            let undo = try self.link("/unsubscribe/undo", in: try await lastText(test))
            let page = try await site.get(undo)
            #expect(page.status == 200)
            #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
            let back = try await site.post(
                "/unsubscribe/undo", [("token", try hiddenToken(page, action: "/unsubscribe/undo"))])
            #expect(back.body.contains("Good to have you back"))
            #expect(try await test.subscriber("ada@example.org").state == .active)
            // Pressed again, it is still so.
            #expect(try await site.post(undo, []).status == 200)

            _ = try await site.post(link, [])
            test.clock.advance(by: Links.undoLifetime + 1)
            #expect(try await site.post("/unsubscribe/undo", [("token", leftToken)]).status == 410)
            #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
        }
    }

    @Test("a GET of any of these changes nothing")
    func onlyPosts() async throws {
        let test = try await TestInstallation()
        let reader = try await reader(in: test)
        let address = test.token(.address, of: reader)
        try await TestSite.serve(test) { site in
            for path in [
                "/preferences", "/preferences/pause", "/preferences/resume", "/preferences/address",
                "/preferences/export", "/preferences/delete",
            ] {
                let link = "\(path)?token=\(token(.preferences, reader, in: test))&until=2026-12-07&email=x@example.com"
                #expect([200, 404].contains(try await site.get(link).status), "\(path)")
            }
            #expect(try await site.get("/address?token=\(address)").status == 200)
            for path in ["/unsubscribe/undo", "/unsubscribe/reason"] {
                _ = try await site.get("\(path)?token=\(token(.left, reader, in: test))&reason=other")
            }
            #expect(try await test.subscriber("ada@example.org") == reader)
            #expect(try await test.installation.database.ledger.backlog().isEmpty)
        }
    }

    @Test(
        "a token of another purpose, a changed one or none opens none of these",
        arguments: [
            "/preferences/pause", "/preferences/resume", "/preferences/address", "/preferences/export",
            "/preferences/delete", "/address", "/unsubscribe/undo", "/unsubscribe/reason",
        ])
    func badTokens(path: String) async throws {
        let test = try await TestInstallation()
        let reader = try await reader(in: test)
        let own: TokenPurpose =
            path.hasPrefix("/unsubscribe") ? .left : path == "/address" ? .address : .preferences
        try await TestSite.serve(test) { site in
            for purpose in TokenPurpose.allCases where purpose != own {
                let answer = try await site.post(path, [("token", token(purpose, reader, in: test))])
                #expect(answer.status == 400, "\(path) with \(purpose)")
            }
            var changed = Array(token(own, reader, in: test))
            changed[4] = changed[4] == "A" ? "B" : "A"
            for text in [String(changed), "", "nonsense"] {
                #expect(try await site.post(path, [("token", text)]).status == 400)
            }
            let old = test.token(
                own, of: reader, expiresAt: test.clock.now.addingTimeInterval(-1),
                madeAt: test.clock.now.addingTimeInterval(-366 * 86_400))
            #expect(try await site.post(path, [("token", old)]).status == 410)
            #expect(try await test.subscriber("ada@example.org") == reader)
        }
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ work: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await work(element)) }
        return values
    }
}
