import Foundation
import Loopback
import Mail
import Store
import TestSupport
import Testing

@testable import Digests
@testable import Web

@Suite("Pages in other languages")
struct LanguagePagesTests {
    @Test("are whole, whichever it is", arguments: Language.allCases)
    func whole(language: Language) throws {
        let templates = try PageSamples.templates(language)
        for (name, page) in try PageSamples.all() {
            let html = page.render(templates, site: PageSamples.site)
            #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.tag)\">"), "\(name)")
            #expect(!html.contains("{{"), "\(name)")
            #expect(html.utf8.count < 61_000, "\(name)")
            let specification = try #require(TemplateSpecification.pages.first { $0.name == type(of: page).template })
            #expect(
                page.fullContext(templates.texts, PageSamples.site).strangers(to: specification.shape) == [], "\(name)")
        }
    }

    @Test("look as the golden files say", arguments: [Language.german, .japanese])
    func golden(language: Language) throws {
        let shown: Set = ["home", "confirm", "preferences", "unsubscribed", "error"]
        for (name, page) in try PageSamples.all() where shown.contains(name) {
            let html = page.render(try PageSamples.templates(language), site: PageSamples.site)
            try PageSamples.expectFixture(html, "\(language.rawValue)/\(name).html")
        }
    }

    /// What is asked for, and the language of the answer.
    static let requests: [(path: String, accept: String?, tag: String)] = [
        ("/", nil, "en"), ("/", "de-AT,en;q=0.5", "de"), ("/", "pt", "en"), ("/", "zh-TW", "zh-Hans"),
        ("/?lang=ja", "de", "ja"), ("/?lang=xx", "de", "de"), ("/?lang=fr-CA", nil, "fr"), ("/nowhere", "es", "es"),
        ("/filters/try", "fr", "fr"),
    ]

    @Test("are given by the address, else the browser, else the setting, and say so")
    func negotiated() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            for (path, accept, tag) in Self.requests {
                let headers = accept.map { ["Accept-Language": $0] } ?? [:]
                let answer = try await site.get(path, headers: headers)
                #expect(answer.headers["content-language"] == tag, "\(path) \(accept ?? "")")
                #expect(answer.headers["vary"]?.contains("Accept-Language") == true, "\(path)")
                #expect(answer.body.contains("<html lang=\"\(tag)\""), "\(path) \(accept ?? "")")
                #expect(answer.headers["set-cookie"] == nil)
            }
        }
    }

    @Test("somebody who subscribes on a German page gets German mails")
    func subscribed() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let home = try await site.get("/", headers: ["Accept-Language": "de"])
            #expect(home.body.contains("action=\"/subscribe?lang=de\""))
            let answer = try await site.post("/subscribe?lang=de", [("email", "ada@example.org")])
            #expect(answer.body.contains("Sehen Sie in Ihr Postfach"))
            #expect(try await test.subscriber("ada@example.org").language == .german)
            _ = try await test.sender.drain()
            let message = ParsedMessage(try #require(await test.receiver.messages().first).bytes)
            let text = try #require(message.part("text/plain")?.text)
            #expect(text.contains("Ist das Ihre Adresse?"))
        }
    }
}
