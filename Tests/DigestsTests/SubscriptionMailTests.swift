import Core
import Foundation
import Mail
import Testing

@testable import Digests

@Suite("Mails about the subscription")
struct SubscriptionMailTests {
    private func moment() throws -> DigestMoment {
        DigestMoment(
            date: Date(timeIntervalSince1970: 1_795_500_000),
            timeZone: CivilZone(stored: "Europe/Berlin"))
    }

    private func mails(_ language: Language = .english) throws -> [(name: String, mail: RenderedMail)] {
        let renderer = try renderer(language)
        return [
            (
                "confirm",
                renderer.confirmation(
                    address: "ada@example.org", confirmURL: "https://papers.example.org/confirm?token=c.1")
            ),
            (
                "confirm-again",
                renderer.confirmation(
                    address: "ada@example.org", confirmURL: "https://papers.example.org/confirm?token=c.1", again: true)
            ),
            ("welcome", renderer.welcome(reader, topics: ["Robotics", "Agents"], firstDigest: try moment())),
            (
                "welcome-now",
                renderer.welcome(reader, topics: ["Robotics"], firstDigest: try moment(), comesNow: true)
            ),
            ("note", renderer.note(reader)), ("reminder", renderer.reminder(reader)),
            ("links", renderer.reminder(reader, wereAsked: true)),
            (
                "goodbye",
                renderer.goodbye(
                    address: "ada@example.org", undoURL: "https://papers.example.org/unsubscribe/undo?token=l.1")
            ),
            ("goodbye-click", renderer.goodbye(address: "ada@example.org", undoURL: nil)),
            (
                "new-address",
                renderer.newAddress(
                    address: "ada@example.com", confirmURL: "https://papers.example.org/address?token=a.1")
            ),
            ("address-changed", renderer.addressChanged(from: "ada@example.org")),
        ]
    }

    @Test("look as the golden files say")
    func golden() throws {
        for (name, mail) in try mails() {
            try expectFixture(mail.html, "\(name).html")
            try expectFixture(mail.text, "\(name).txt")
        }
    }

    @Test("look as the golden files say in other languages", arguments: [Language.german, .japanese])
    func golden(language: Language) throws {
        for (name, mail) in try mails(language) {
            try expectFixture(mail.html, "\(language.rawValue)/\(name).html")
            try expectFixture(mail.text, "\(language.rawValue)/\(name).txt")
        }
    }

    @Test("say the same in every language, in lines of their own", arguments: Language.allCases)
    func languages(language: Language) throws {
        for (name, mail) in try mails(language) {
            #expect(mail.html.contains("<html lang=\"\(language.tag)\" dir=\"ltr\""), "\(name)")
            #expect(!mail.html.contains("{{") && !mail.text.contains("{{"), "\(name)")
            let long = mail.text.split(separator: "\n").filter { line in
                !line.contains("://") && line.unicodeScalars.reduce(0) { $0 + WrappedText.columnCount($1) } > 80
            }
            #expect(long == [], "\(name)")
        }
    }

    @Test("decode to what they say, name the operator and have a subject")
    func sound() throws {
        for (_, mail) in try mails() {
            #expect(decodedQuotedPrintable(mail.htmlEncoded) == mail.html)
            #expect(decodedQuotedPrintable(mail.textEncoded) == mail.text)
            #expect(mail.html.contains("Centre Street 1") && mail.text.contains("Centre Street 1"))
            #expect(mail.subject.contains("Broadsheet"))
        }
    }

    @Test("a confirm mail shows its link in full and for how long it works")
    func confirm() throws {
        let mail = try mails()[0].mail
        for part in [mail.text, mail.html] {
            #expect(part.contains("https://papers.example.org/confirm?token=c.1"))
            #expect(part.contains("48 hours"))
        }
        #expect(!mail.html.contains("Unsubscribe"))
    }

    @Test("an address is text, whatever it holds")
    func address() throws {
        let mail = try renderer().confirmation(
            address: "\"<b>\"@example.org", confirmURL: "https://papers.example.org/c")
        #expect(mail.html.contains("&quot;&lt;b&gt;&quot;@example.org"))
    }

    @Test("a welcome without topics says that the papers trend")
    func trending() throws {
        let mail = try renderer().welcome(reader, topics: [], firstDigest: nil)
        let text = mail.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("You get the papers that are trending."))
        #expect(!mail.text.contains("The first mail comes"))
    }

    @Test("a welcome says that today's papers come at once where they do, and when the next ones come")
    func promptWelcome() throws {
        let mail = try renderer().welcome(reader, topics: [], firstDigest: try moment(), comesNow: true)
        for part in [mail.text, mail.html] {
            #expect(part.contains("Today’s papers follow this mail."))
            #expect(part.contains("The next ones come on"))
            #expect(!part.contains("The first mail comes"))
        }
    }

    @Test("a reminder says that it is the only one, in its subject too that nothing is confirmed")
    func again() throws {
        let mail = try #require(try mails().first { $0.name == "confirm-again" }).mail
        #expect(mail.subject == "Reminder: confirm your subscription to Broadsheet")
        #expect(mail.text.contains("This is the only reminder"))
        #expect(mail.html.contains("This is the only reminder"))
    }

    @Test("the mail to an old address says nothing of the new one and holds no link of the reader's")
    func oldAddress() throws {
        let mail = try renderer().addressChanged(from: "ada@example.org")
        for part in [mail.text, mail.html] {
            #expect(!part.contains("token="))
            #expect(!part.contains("example.com"))
        }
    }

    @Test("the operator's line stands at the end of every mail")
    func footerLine() throws {
        var site = site
        site.footer = "Paid for by the <b>library</b>"
        let renderer = DigestRenderer(templates: try TemplateSet(embedded: repositoryTemplates()), site: site)
        for mail in [
            renderer.note(reader), renderer.goodbye(address: "a@example.org", undoURL: "https://papers.example.org/u"),
            renderer.confirmation(address: "a@example.org", confirmURL: "https://papers.example.org/c"),
            renderer.newAddress(address: "a@example.org", confirmURL: "https://papers.example.org/c"),
            renderer.addressChanged(from: "a@example.org"),
        ] {
            #expect(mail.text.hasSuffix("Paid for by the <b>library</b>\n"))
            #expect(mail.html.contains("Paid for by the &lt;b&gt;library&lt;/b&gt;"))
        }
    }

    /// What rspamd's URI_COUNT_ODD counts: with both parts saying the same, an odd number means that a link stands in one of
    /// them only.
    @Test("links stand an even number of times over both parts, in all languages", arguments: Language.allCases)
    func evenLinks(language: Language) throws {
        for (name, mail) in try mails(language) { #expect(linkCount(mail) % 2 == 0, "\(name)") }
    }

    @Test("a moment is told in the reader's zone")
    func moments() throws {
        #expect(try texts().moment(moment()) == "Tuesday, 24 November 2026, 07:00 (Europe/Berlin)")
    }
}
