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

/// Every mail, sent by the real sender and received over SMTP, in a real browser: there is no other judge of how it looks.
@Suite(
    "Mails in a real browser", .timeLimit(.minutes(10)),
    .enabled(if: WebDriver.isInstalled, "Debian's packages chromium and chromium-driver are not installed"))
struct MailPicturesTests {
    private static let reader = "ada@example.org"

    /// Every kind of mail by name, as it came.
    private func mails(_ language: Language) async throws -> [(name: String, message: ReceivedMessage)] {
        let test = try await TestInstallation(environment: [
            "BROADSHEET_DIGEST_EMPTY": "note", "BROADSHEET_SITE_LANGUAGE": language.rawValue,
            "BROADSHEET_SITE_POSTAL_ADDRESS": "Example Institute, 1 Example Street, 8000 Zurich",
            "BROADSHEET_DIGEST_WAIT_FOR_FEEDS": "0", "BROADSHEET_SITE_FOOTER": "Paid for by the Example Foundation.",
            "BROADSHEET_DIGEST_MAX_PAPERS": "40",
        ])
        var mails: [(String, ReceivedMessage)] = []
        var known = 0
        func take(_ name: String) async throws {
            _ = try await test.sender.drain()
            let all = await test.receiver.messages()
            try #require(all.count > known, "no mail: \(name)")
            mails.append((name, all[known]))
            known = all.count
        }
        let address = try Address(Self.reader)
        let topics = Interests(topics: ["diffusion", "robots"], filters: ["abstract:models"])
        try await test.desk.subscribe(address, interests: topics, source: "test")
        try await take("confirm")
        test.clock.advance(by: 25 * 3600)
        _ = try await Housekeeping(test.installation).round()
        try await take("confirm-again")
        var stored = try await test.subscriber(Self.reader)
        let token = test.token(.confirm, of: stored, expiresAt: test.clock.now.addingTimeInterval(3600))
        _ = try await test.desk.confirm(token: token, source: "test")
        try await take("welcome")
        test.clock.advance(by: 2 * 3600)
        try await test.desk.subscribe(address, interests: topics, source: "test")
        try await take("reminder")

        try await test.store(["Diffusion for images"])
        func morning(_ name: String) async throws {
            stored = try await test.subscriber(Self.reader)
            test.clock.move(to: try #require(stored.nextDigestAt))
            #expect(try await Scheduler(test.installation).round() == 1)
            try await take(name)
        }
        try await morning("digest-1")
        try await ShowPapers.store(in: test, more: 40)
        try await morning("digest-40")
        try await morning("note")

        stored = try await test.subscriber(Self.reader)
        try await test.desk.askNewAddress(try Address("ada@example.com"), for: stored)
        try await take("new-address")
        let change = Token(
            purpose: .address, subscriberID: stored.id, epoch: stored.tokenEpoch,
            expiresAt: test.clock.now.addingTimeInterval(3600), detail: "ada@example.com")
        _ = try await test.desk.changeAddress(token: change.text(key: test.installation.key), source: "test")
        try await take("address-changed")
        _ = try await test.desk.leave(try await test.subscriber("ada@example.com"), source: "test")
        try await take("goodbye")
        return mails
    }

    @Test(
        "every mail fits a phone with and without its style sheet, and its text a terminal",
        arguments: [Language.english, .german, .japanese])
    func fit(language: Language) async throws {
        let mails = try await mails(language)
        #expect(mails.count == 10)
        try await WebDriver.run { browser in
            for (name, message) in mails {
                let place = "mail-\(name)-\(language.rawValue)"
                let parsed = ParsedMessage(message.bytes)
                let html = try #require(parsed.part("text/html")?.text)
                let text = try #require(parsed.part("text/plain")?.text)
                // Lines are broken before a reader's values stand in them.
                let open = text.replacing(/ada@example\.(org|com)/, with: "{{address}}")
                for line in open.split(separator: "\n") where line.count > 72 {
                    // An address stands whole with its label, and a title without blanks cannot be broken.
                    #expect(line.contains("https://") || !line.contains(" "), "\(place): \(line)")
                }
                try keep(Data(message.bytes), "\(place).eml")
                try keep(Data(text.utf8), "\(place).txt")
                // Some programs take all style sheets out.
                for (variant, shown) in [(place, html), ("\(place)-bare", html.replacing(Self.sheet, with: ""))] {
                    try await show(shown, in: browser)
                    #expect(try await PageJudges.overflow(browser) == [], "\(variant)")
                    try await PageJudges.keepPictures(browser, variant)
                }
            }
        }
    }

    private static var sheet: Regex<Substring> { /(?s)<style>.*?<\/style>/ }

    private func show(_ html: String, in browser: WebDriver) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString).html")
        try Data(html.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await browser.open(file.absoluteString)
    }

    private func keep(_ data: Data, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["BROADSHEET_TEST_PICTURES"] else { return }
        try data.write(to: URL(fileURLWithPath: folder).appendingPathComponent(name))
    }
}
