import Core
import Foundation
import Loopback
import Mail
import Store
import TestSupport
import Testing
import Workers

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

    @Test("the language that a visitor chooses at the foot of a page is kept in a cookie, and leads back to the page")
    func chosen() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let home = try await site.get("/papers/2026-11-20?page=1").body
            #expect(home.contains("<form class=\"languages\" method=\"post\" action=\"/language\""))
            #expect(home.contains("<input type=\"hidden\" name=\"to\" value=\"/papers/2026-11-20\">"))
            for language in Language.allCases {
                #expect(home.contains("value=\"\(language.rawValue)\" lang=\"\(language.tag)\""))
            }
            let answer = try await raw(site, "language=ja&to=%2Fsearch%3Fq%3Da%2520b")
            #expect(answer.hasPrefix("HTTP/1.1 303"))
            // A browser that shows an address again as it was has not met this one.
            #expect(answer.contains("location: /search?q=a%20b&lang=ja\r\n"))
            #expect(
                try await raw(site, "language=ja&to=%2Fabout%3Flang%3Dde%26x%3D1").contains(
                    "location: /about?x=1&lang=ja\r\n"))
            #expect(
                answer.contains(
                    "set-cookie: language=ja; path=/; max-age=31536000; samesite=lax; httponly; secure\r\n"))
            #expect(answer.contains("cache-control: no-store"))
        }
    }

    private func raw(_ site: TestSite, _ form: String) async throws -> String {
        let connection = try await RawConnection.open(site.port)
        try await connection.send(RawConnection.post("/language", form))
        #expect(try await connection.wait { $0.received.contains("\r\n\r\n") })
        let answer = connection.received
        await connection.close()
        return answer.split(separator: "\r\n", omittingEmptySubsequences: false)
            .enumerated().map { $0.offset == 0 ? String($0.element) : $0.element.lowercased() }
            .joined(separator: "\r\n")
    }

    @Test(
        "choosing a language leads to no other site, and puts nothing into the answer's head",
        arguments: [
            "https://evil.example/", "//evil.example", "/\\evil.example", "", "evil", "/a\r\nset-cookie: b=c",
            "/\u{202E}",
        ])
    func foreign(to: String) async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let encoded = to.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let answer = try await raw(site, "language=de&to=\(encoded)")
            #expect(answer.contains("location: /?lang=de\r\n"), "\(answer)")
            #expect(answer.ranges(of: "set-cookie").count == 1)
            let unknown = try await raw(site, "language=xx&to=%2F")
            #expect(unknown.hasPrefix("HTTP/1.1 400") && !unknown.contains("set-cookie"))
        }
    }

    @Test("a chosen language wins over the browser's, an address that names one over both; caches keep them apart")
    func cookie() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            func page(_ path: String, _ cookie: String, etag: String? = nil) async throws -> Browser.Answer {
                var headers = ["Accept-Language": "de", "Cookie": cookie]
                if let etag { headers["If-None-Match"] = etag }
                return try await site.get(path, headers: headers)
            }
            for (path, cookie, tag) in [
                ("/", "language=ja", "ja"), ("/", "a=b; language=zh", "zh-Hans"), ("/", "language=xx", "de"),
                ("/", "xlanguage=ja", "de"), ("/?lang=fr", "language=ja", "fr"), ("/nowhere", "language=es", "es"),
            ] {
                let answer = try await page(path, cookie)
                #expect(answer.headers["content-language"] == tag, "\(path) \(cookie)")
                #expect(answer.headers["vary"]?.contains("Cookie") == true)
                #expect(answer.body.contains("lang=\"\(tag)\" aria-current=\"true\"") || path == "/nowhere")
                #expect(answer.headers["set-cookie"] == nil)
            }
            let japanese = try #require(try await page("/", "language=ja").headers["etag"])
            #expect(try await page("/", "language=ja", etag: japanese).status == 304)
            #expect(try await page("/", "language=es", etag: japanese).status == 200)
            // Whoever subscribes then gets mails in it.
            #expect(try await page("/", "language=ja").body.contains("action=\"/subscribe?lang=ja\""))
        }
    }

    @Test("a page that one reader sees offers no choice: theirs stands with their preferences")
    func readers() throws {
        let samples = try Dictionary(uniqueKeysWithValues: PageSamples.all())
        for (name, offers) in [("preferences", false), ("unsubscribed", false), ("filter-help", true), ("paper", true)]
        {
            let html = try #require(samples[name]).render(PageSamples.templates(), site: PageSamples.site)
            #expect(html.contains("action=\"/language\"") == offers, "\(name)")
        }
    }

    @Test("the line under the name is in the page's language, unless the operator has one")
    func tagline() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { (site) async throws in
            #expect(try await site.get("/?lang=de").body.contains("<p class=\"tagline\">Die Forschungsarbeiten"))
            #expect(try await site.get("/?lang=fr").body.contains("<title>Broadsheet: Les articles"))
            #expect(try await site.get("/feed.atom?lang=es").body.contains("<subtitle>Los artículos"))
            #expect(try await site.get("/").body.contains("<p class=\"tagline\">The day’s research papers"))
        }
        let own = try await TestInstallation(environment: ["BROADSHEET_SITE_TAGLINE": "Read more"])
        try await TestSite.serve(own) { (site) async throws in
            #expect(try await site.get("/?lang=de").body.contains("<p class=\"tagline\">Read more</p>"))
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

    @Test("topics have their names in the language of the page, and in that of the reader")
    func topics() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot"])
        let reader = try await test.desk.add(
            try Address("ada@example.org"), interests: Interests(topics: ["robots"]), language: .german, source: "test")
        let token = test.token(.preferences, of: try #require(reader))
        try await TestSite.serve(test) { (site) async throws in
            let paper = try await site.get("/").body.firstMatch(of: /href="(\/paper\/[^"]+)"/)
            let page = String(try #require(paper).1)
            for path in ["/", page, "/topics", "/topics/robots", "/topics/robots/feed.atom"] {
                #expect(try await site.get(path + "?lang=de").body.contains("Robotik"), "\(path)")
                #expect(try await !site.get(path + "?lang=en").body.contains("Robotik"), "\(path)")
            }
            #expect(try await site.get("/topics?lang=de").body.contains("Arme. <span"))
            #expect(try await site.get("/preferences?token=\(token)").body.contains("Robotik"))
        }
        test.clock.move(to: TestInstallation.morning)
        #expect(try await Scheduler(test.installation).round() == 1)
        _ = try await test.sender.drain()
        let message = ParsedMessage(try #require(await test.receiver.messages().last).bytes)
        for type in ["text/plain", "text/html"] {
            #expect(message.part(type)?.text.contains("Robotik") == true, "\(type)")
        }
    }
}
