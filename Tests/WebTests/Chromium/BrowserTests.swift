import Foundation
import Loopback
import Mail
import Store
import TestSupport
import Testing
import Workers

@testable import Web

@Suite(
    "A reader in a real browser", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: WebDriver.isInstalled, "Debian's packages chromium and chromium-driver are not installed"))
struct BrowserTests {
    /// An installation whose links lead to its own server.
    func serve(
        papers: [String] = ["Diffusion for images", "Robots that fold laundry", "Diffusion for video"],
        _ work: (TestInstallation, _ base: String) async throws -> Void
    ) async throws {
        let port = try await LoopbackPort.free()
        let base = "http://127.0.0.1:\(port)"
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_BASE_URL": base])
        try await test.store(papers)
        try await TestSite.serve(test, port: port) { _ in try await work(test, base) }
    }

    /// A link of a mail's text, by the path it leads to.
    private func link(_ path: String, in message: ReceivedMessage?) throws -> String {
        let text = ParsedMessage(try #require(message).bytes).part("text/plain")?.text ?? ""
        let start = try #require(text.range(of: "http://127.0.0.1:[0-9]+\(path)\\?", options: .regularExpression))
        return String(text[start.lowerBound...].prefix { !$0.isWhitespace && $0 != ">" })
    }

    /// The address of the one-click POST in a mail's head.
    private func oneClick(in message: ReceivedMessage?) throws -> String {
        let field = ParsedMessage(try #require(message).bytes).fields["list-unsubscribe"] ?? ""
        let start = try #require(field.firstIndex(of: "<"))
        return String(field[field.index(after: start)...].prefix { $0 != ">" && $0 != "," })
    }

    /// Holds the page that is open to what all pages are held to.
    func judge(_ browser: WebDriver, _ name: String) async throws {
        #expect(try await PageJudges.accessibility(browser).isEmpty, "\(name)")
        #expect(try PageJudges.markup(await browser.source()).isEmpty, "\(name)")
        #expect(try await PageJudges.overflow(browser) == [], "\(name)")
        try await PageJudges.keepPictures(browser, name)
        try await browser.look(width: 1280, dark: false)
    }

    @Test("subscribes, confirms, chooses by a filter, reads, leaves by one click and takes it back")
    func wholeLife() async throws {
        try await serve { test, base in
            try await WebDriver.run { browser in
                try await subscribe(browser, base, test)
                try await choose(browser, test)
                let digest = try await morning(test)
                try await leave(browser, digest, test)
            }
        }
    }

    private func subscribe(_ browser: WebDriver, _ base: String, _ test: TestInstallation) async throws {
        try await browser.open(base + "/")
        #expect(try await browser.text().contains("Diffusion for images"))
        try await judge(browser, "home")
        try await browser.type("ada@example.org", into: "#email")
        // People take a while; programs do not.
        test.clock.advance(by: 20)
        try await browser.click("form[action^='/subscribe'] button")
        #expect(try await browser.text().contains("Check your inbox"))
        #expect(try await test.subscriber("ada@example.org").state == .pending)
        try await judge(browser, "check-inbox")

        _ = try await test.sender.drain()
        let mail = await test.receiver.messages().last
        #expect(mail?.recipients == ["ada@example.org"])
        try await browser.open(link("/confirm", in: mail))
        #expect(try await test.subscriber("ada@example.org").state == .pending)
        try await judge(browser, "confirm")
        try await browser.click("form[action^='/confirm'] button")
        #expect(try await test.subscriber("ada@example.org").state == .active)
        #expect(try await browser.text().contains("ada@example.org"))
        try await judge(browser, "confirmed")
    }

    private func choose(_ browser: WebDriver, _ test: TestInstallation) async throws {
        _ = try await test.sender.drain()
        let mails = await test.receiver.messages()
        let welcome = mails.last { (try? link("/preferences", in: $0)) != nil }
        try await browser.open(link("/preferences", in: welcome))
        try await judge(browser, "preferences")
        try await browser.type("diffusion video", into: "#filter")
        try await browser.click("button[name='preview']")
        let preview = try await browser.text()
        #expect(preview.contains("Diffusion for video"))
        #expect(try await test.subscriber("ada@example.org").interests.filters.isEmpty)
        try await judge(browser, "preferences-preview")
        try await browser.click("form[action^='/preferences'] .save button")
        #expect(try await test.subscriber("ada@example.org").interests.filters == ["diffusion video"])
    }

    /// The next morning's digest.
    private func morning(_ test: TestInstallation) async throws -> ReceivedMessage {
        try await test.store(["Diffusion of video at last", "A robot alone"], firstID: 40)
        test.clock.move(to: TestInstallation.morning)
        _ = try await Scheduler(test.installation).round()
        _ = try await test.sender.drain()
        #expect(try await test.lastDigest(of: "ada@example.org").contains("Diffusion of video at last"))
        let digest = try #require(await test.receiver.messages().last)
        #expect(digest.text.contains("Diffusion of video at last"))
        #expect(!digest.text.contains("A robot alone"))
        return digest
    }

    private func leave(_ browser: WebDriver, _ digest: ReceivedMessage, _ test: TestInstallation) async throws {
        // The link in the mail's body leads to a page with one button.
        try await browser.open(link("/unsubscribe", in: digest))
        try await judge(browser, "unsubscribe")
        if try await browser.source().contains("action=\"/unsubscribe\"") {
            try await browser.click("form[action='/unsubscribe'] button")
        }
        #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
        try await judge(browser, "unsubscribed")
        // The goodbye mail leads back.
        _ = try await test.sender.drain()
        try await browser.open(link("/unsubscribe/undo", in: await test.receiver.messages().last))
        try await browser.click("form[action^='/unsubscribe/undo'] button")
        #expect(try await test.subscriber("ada@example.org").state == .active)
        #expect(try await test.subscriber("ada@example.org").interests.filters == ["diffusion video"])

        // The mail provider's button, which nothing takes back.
        let answer = try await Browser().post(oneClick(in: digest), [("List-Unsubscribe", "One-Click")])
        #expect(answer.status == 200)
        #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
        try await browser.open(link("/unsubscribe", in: digest))
        #expect(try await !browser.source().contains("/unsubscribe/undo"))
    }

    @Test("every public page is sound for those who cannot see it, and as HTML")
    func publicPages() async throws {
        try await serve { _, base in
            try await WebDriver.run { browser in
                for (name, path) in Self.pages {
                    try await browser.open(base + path)
                    try await judge(browser, name)
                }
            }
        }
    }

    private static let pages = [
        ("day", "/papers/2026-11-23"), ("week", "/papers/2026-W48"), ("month", "/papers/2026-11"),
        ("trending", "/trending"), ("paper", "/paper/2611.00001"), ("search", "/search?q=diffusion"),
        ("search-error", "/search?q=title:("), ("topics", "/topics"), ("topic", "/topics/diffusion"),
        ("filter-help", "/filters/help"), ("filter-try", "/filters/try?filter=diffusion"), ("about", "/about"),
        ("privacy", "/privacy"), ("imprint", "/imprint"), ("not-found", "/nowhere"),
        ("german", "/?lang=de"), ("japanese", "/?lang=ja"),
    ]
}
