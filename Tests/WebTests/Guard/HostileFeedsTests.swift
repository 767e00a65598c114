import Foundation
import Loopback
import Mail
import Papers
import Site
import Store
import TestSupport
import Testing
import Workers

@testable import Web

/// A feed that means harm, by the real parser into the real store, and out again on pages and in mails.
@Suite("What a hostile feed says stays text")
struct HostileFeedsTests {
    /// Wherever a feed can say something, in one form or the other.
    private static let harm = [
        "<script>alert(1)</script>", "&lt;script&gt;alert(2)&lt;/script&gt;", "<img src=x onerror=alert(3)>",
        "\"><svg/onload=alert(4)>", "' onmouseover='alert(5)", "<iframe src=https://evil.example></iframe>",
        "{{siteName}}", "{{{address}}}", "{{>mail-footer.html}}", "{{#papers}}x{{/papers}}", "<!--", "]]>",
        "</title></h3></body></html>", "<style>*{display:none}</style>", "=?utf-8?q?=0D=0ABcc:_eve@evil.example?=",
    ]
    private static let unseen = "\u{202E}txet\u{202C} \u{2066}a\u{2069} z\u{200B}e\u{200D}r\u{FEFF}o\u{2060}"

    private static func json(_ text: String) -> String {
        let data = try? JSONEncoder().encode(text)
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// Hugging Face's form, which carries most fields; each row is hostile in every one of them.
    private static var rows: String {
        let rows = harm.enumerated().map { number, harm in
            let text = "Robots \(number) \(harm) \(unseen)\u{0}\r\nBcc: eve@evil.example\r\n\r\nBody of mine \(harm)"
            let links = [
                "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "https://a.example/\"><script>",
            ]
            return """
                {"paper": {"id": "2611.\(String(format: "%05d", number + 1))", "title": \(json(text)), "summary": \(json(text)),
                "authors": [{"name": \(json(harm))}, {"name": \(json(text))}], "upvotes": 9,
                "submittedOnDailyAt": "2026-11-23T00:00:00.000Z", "publishedAt": "2026-11-22T00:00:00.000Z",
                "githubRepo": \(json(links[number % 3])), "projectPage": \(json(links[(number + 1) % 3])),
                "ai_summary": \(json(text)), "ai_keywords": [\(json(harm))],
                "organization": {"name": \(json(harm)), "fullname": \(json(text))}}, "title": \(json(text)), "numComments": 1}
                """
        }
        return "[\(rows.joined(separator: ",\n"))]"
    }

    private static var rss: String {
        let items = harm.enumerated().map { number, harm in
            let text = harm.replacing("]]>", with: "]]]]><![CDATA[>")
            return """
                <item><title><![CDATA[Robots of RSS \(number) \(text) \(unseen)\nBcc: eve@evil.example]]></title>
                <link>\(["javascript:alert(1)", "data:text/html,x", "https://a.example/\(number)?a=%22%3E%3Cscript%3E"][number % 3])</link>
                <guid isPermaLink="false">rss-\(number)</guid><description><![CDATA[\(text)<p onclick="x">robots \(unseen)</p>]]></description>
                <dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/"><![CDATA[\(text)]]></dc:creator>
                <category><![CDATA[\(text)]]></category><pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate></item>
                """
        }
        return "<rss version=\"2.0\"><channel><title>Evil {{siteName}}</title>\(items.joined())</channel></rss>"
    }

    func installation() async throws -> TestInstallation {
        let server = try await HTTPFileServer.start { request in
            let isRSS = request.path.hasPrefix("/rss")
            return HTTPServerReply(
                headers: [("Content-Type", isRSS ? "application/rss+xml" : "application/json")],
                body: Array((isRSS ? Self.rss : Self.rows).utf8))
        }
        let test = try await TestInstallation(environment: ["BROADSHEET_DIGEST_WAIT_FOR_FEEDS": "0"])
        for path in ["/api/daily_papers", "/rss"] {
            _ = try await test.installation.database.feeds.add(
                FeedDeclaration(url: server.baseURL + path, allowsPrivate: true), origin: .admin)
        }
        _ = try await FeedRound(test.installation).run(try await test.installation.database.feeds.all())
        await server.stop()
        return test
    }

    /// What no page, feed or mail may hold, whatever a feed said.
    ///
    /// - Parameter isHTML: whether markup would be read as such; a header's subject is a title as it was written.
    private func expectInert(_ text: String, _ place: String, isHTML: Bool = true) {
        for needle in !isHTML
            ? ["javascript:", "data:text"]
            : [
                "<script", "<img", "<svg", "<iframe", "<style>*", "<!--", "javascript:", "data:text", " onmouseover='",
                "\"onerror", "a.example/\"", "<p onclick",
            ]
        { #expect(!text.contains(needle), "\(place) holds \(needle)") }
        for scalar in text.unicodeScalars {
            let isUnseen =
                scalar.value == 0 || (0x202A...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value)
                || [0x200B, 0xFEFF, 0x2060].contains(scalar.value)
            guard !isUnseen else {
                Issue.record("\(place) holds U+\(String(scalar.value, radix: 16))")
                return
            }
        }
        for match in text.matches(of: /(?:href|src|action)="([^"]*)"/) {
            let target = match.1
            #expect(
                target.hasPrefix("/") || target.hasPrefix("https://") || target.hasPrefix("http://")
                    || target.hasPrefix("#") || target.hasPrefix("mailto:"), "\(place) links to \(target)")
        }
    }

    @Test("on every page that shows papers")
    func pages() async throws {
        let test = try await installation()
        #expect(try await test.installation.database.papers.count() > 10)
        let reader = try await test.reader()
        _ = try await test.installation.database.marks.set(
            Mark(paperSeq: 1, isLiked: true, at: test.clock.now), of: reader.id)
        try await TestSite.serve(test) { site in
            let marks = "/mark?paper=1&like=more&token=\(test.token(.marks, of: reader))"
            let preferences = "/preferences?token=\(test.token(.preferences, of: reader))"
            for path in [
                "/", "/week", "/month", "/trending", "/papers/2026-11-23", "/papers/2026-W48", "/papers/2026-11",
                "/?lang=ja", "/filters/try?filter=robots", "/search?q=robots", "/search?q=robots%20OR%20not&lang=de",
                "/topics/robots", "/paper/2611.00001", "/paper/2611.00007", "/paper/2611.00013", marks, preferences,
            ] {
                let answer = try await site.get(path)
                #expect(answer.status == 200, "\(path)")
                #expect(answer.body.contains("Robots"), "\(path) shows no paper")
                expectInert(answer.body.withoutDataBlock, path)
            }
            let home = try await site.get("/").body
            // Shown as it was written, not filled in.
            #expect(home.contains("Robots 6 siteName") && !home.contains("Robots 6 Broadsheet"))
        }
    }

    @Test("in the header, the text and the HTML of a digest")
    func digest() async throws {
        let test = try await installation()
        _ = try await test.desk.add(
            try Address("ada@example.org"), interests: Interests(topics: ["robots"]), source: "test")
        test.clock.move(to: TestInstallation.morning)
        #expect(try await Scheduler(test.installation).round() == 1)
        _ = try await test.sender.drain()
        let message = try #require(await test.receiver.messages().first)
        #expect(message.recipients == ["ada@example.org"])
        let parsed = ParsedMessage(message.bytes)
        let header = message.text.components(separatedBy: "\r\n\r\n")[0]
        #expect(!header.lowercased().contains("\r\nbcc:"))
        let names = header.components(separatedBy: "\r\n").filter { $0.first?.isWhitespace == false }
            .compactMap { $0.split(separator: ":").first?.lowercased() }
        #expect(Set(names).count == names.count, "a header field stands twice")
        expectInert(header, "header", isHTML: false)

        let html = try #require(parsed.part("text/html")?.text)
        #expect(html.contains("Robots"))
        #expect(html.contains("Robots 6 siteName") && !html.contains("Robots 6 Broadsheet"))
        #expect(html.ranges(of: "/unsubscribe?token=").count < 4, "a feed has put the footer in")
        expectInert(html.replacing("<!--[if mso]>", with: "").replacing(/<!--\[if [^>]*>/, with: ""), "HTML part")
        let text = try #require(parsed.part("text/plain")?.text)
        #expect(text.contains("Robots"))
        for needle in ["javascript:", "data:text", "\u{202E}", "\u{200B}", "\u{0}"] {
            #expect(!text.contains(needle), "the text part holds \(needle.debugDescription)")
        }
    }
}
