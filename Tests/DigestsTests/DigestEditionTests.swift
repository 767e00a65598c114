import Core
import Foundation
import Mail
import Papers
import Testing

@testable import Digests

@Suite("Digests")
struct DigestEditionTests {
    private func digest(_ picks: [Pick], more: Int = 0) throws -> Digest {
        Digest(day: try day(), picks: picks, more: more)
    }

    private func sample() throws -> Digest {
        let bare = try paper(2, "Bare")
        let hebrew = try paper(3, "למידה עמוקה: Deep Learning") { $0.authors = [Author("דוד כהן")] }
        return try digest(
            [
                Pick(paper: wholePaper(), reasons: ["Language models", "title:popularity"]), Pick(paper: bare),
                Pick(paper: hebrew),
            ],
            more: 12)
    }

    @Test("look as the golden files say")
    func golden() throws {
        let mail = try renderer().edition().render(sample(), for: reader)
        #expect(mail.subject == "Attention Is Still All You Need and 2 more papers")
        try expectFixture(mail.html, "digest.html")
        try expectFixture(mail.text, "digest.txt")
        for language in [Language.german, .japanese] {
            let mail = try renderer(language).edition().render(sample(), for: reader)
            try expectFixture(mail.html, "\(language.rawValue)/digest.html")
            try expectFixture(mail.text, "\(language.rawValue)/digest.txt")
        }
    }

    @Test("say the same encoded as decoded, in lines of at most 76 characters")
    func encoded() throws {
        let mail = try renderer().edition().render(sample(), for: reader)
        #expect(decodedQuotedPrintable(mail.htmlEncoded) == mail.html)
        #expect(decodedQuotedPrintable(mail.textEncoded) == mail.text)
        for part in [mail.htmlEncoded, mail.textEncoded] {
            #expect(part.suffix(2) == [13, 10])
            let lines = String(decoding: part, as: UTF8.self).components(separatedBy: "\r\n")
            #expect(
                lines.allSatisfy {
                    $0.utf8.count <= 76 && !$0.contains("\r") && !$0.contains("\n") && !$0.hasPrefix(".")
                })
        }
    }

    @Test("render a paper once, however many readers get it for whatever reasons")
    func renderedOnce() throws {
        let edition = try renderer().edition()
        let papers = try (1...10).map { try paper($0) }
        for number in 1...50 {
            let reason = number.isMultiple(of: 2) ? ["Vision \(number)"] : []
            var other = reader
            other.address = "reader\(number)@example.org"
            let mail = edition.render(try digest(papers.map { Pick(paper: $0, reasons: reason) }), for: other)
            #expect(mail.html.contains("reader\(number)@example.org"))
            #expect(mail.html.contains("Vision \(number)<") == !reason.isEmpty)
            #expect(mail.text.contains("Matches: Vision \(number)\n") == !reason.isEmpty)
        }
        // With reasons and without.
        #expect(edition.renderedFragments == 20)
    }

    @Test("are the same bytes from many tasks at once")
    func concurrent() async throws {
        let edition = try renderer().edition()
        let sample = try sample()
        let expected = edition.render(sample, for: reader).htmlEncoded
        let same = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<32 { group.addTask { edition.render(sample, for: reader).htmlEncoded == expected } }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(same)
        #expect(edition.renderedFragments == 3)
    }

    @Test("say why they came and how to leave, in both parts")
    func footer() throws {
        let mail = try renderer().edition().render(sample(), for: reader)
        let text = mail.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("You get this mail because ada@example.org subscribed at Broadsheet"))
        #expect(text.contains("on 2 June 2026."))
        for needle in ["unsubscribe?token=unsub.1-a", "preferences?token=pref.1-a", "Centre Street 1, 12345 Anytown"] {
            #expect(mail.html.contains(needle))
            #expect(mail.text.contains(needle))
        }
    }

    @Test("hold each link in both parts, those by which a reader marks a paper among them")
    func linksInBothParts() throws {
        var reader = reader
        reader.marksURL = "https://papers.example.org/mark?token=m.1-a"
        var digest = try sample()
        for index in digest.picks.indices { digest.picks[index].seq = Int64(index + 1) }
        for more in [0, 12] {
            digest.more = more
            let mail = try renderer().edition().render(digest, for: reader)
            #expect(linkCount(mail) % 2 == 0)
            let links = mail.html.matches(of: /href="([^"]+)"/).map {
                $0.1.replacing("&amp;", with: "&").replacing("&#39;", with: "'")
            }
            #expect(links.contains { $0.contains("like=less") })
            for link in links { #expect(mail.text.contains(link)) }
        }
    }

    @Test("load nothing from elsewhere and run nothing")
    func noRemoteContent() throws {
        let html = try renderer().edition().render(sample(), for: reader).html
        for needle in ["<img", "<script", "<link", "url(", "@import", "src=", "onload"] {
            #expect(!html.contains(needle))
        }
        #expect(html.contains("<html lang=\"en\""))
        let tables = html.ranges(of: "<table").count
        #expect(tables == html.ranges(of: "role=\"presentation\"").count)
    }

    @Test("hold what is odd in a paper as text")
    func hostile() throws {
        let odd = try paper(1, "<script>alert(1)</script> {{siteName}} \"q\" \u{202E}evil\u{1}papers\u{2}") { paper in
            paper.abstract = "{{{papers}}} <img src=x onerror=y> \u{1}unsubscribeURL\u{2}"
            paper.authors = [Author("<b>Eve</b>\nBcc: x@example.org")]
            paper.url = "javascript:alert(1)"
            paper.pdfURL = "https://a.example/\"onmouseover=\"x"
            paper.codeURL = "https://a.example/?a=1&b='2'"
        }
        let mail = try renderer().edition().render(try digest([Pick(paper: odd, reasons: ["\"><i>"])]), for: reader)
        #expect(mail.html.contains("&lt;script&gt;alert(1)&lt;/script&gt; {{siteName}} &quot;q&quot; evil papers"))
        #expect(mail.html.contains("{{{papers}}} &lt;img src=x onerror=y&gt; unsubscribeURL"))
        #expect(mail.html.contains("https://a.example/?a=1&amp;b=&#39;2&#39;"))
        for needle in ["<script", "<img", "<b>", "<i>", "javascript:", "onmouseover", "\u{202E}", "\u{1}", "\u{2}"] {
            #expect(!mail.html.contains(needle), "\(needle)")
        }
        #expect(!mail.text.contains("javascript:"))
        #expect(mail.subject == "<script>alert(1)</script> {{siteName}} \"q\" evil papers")
    }

    @Test("cannot put a line end into a subject, not even from a template")
    func subjectLines() throws {
        var templates = try repositoryTemplates()
        templates["mail-digest-subject.txt"] = "News:\r\n{{title}}\n\nBcc: x@example.org\n"
        let renderer = DigestRenderer(templates: try TemplateSet(embedded: templates), site: site)
        let mail = renderer.edition().render(
            try digest([Pick(paper: paper(1, "One\r\nX-Evil: \u{85}yes\u{2028}no"))]), for: reader)
        #expect(mail.subject == "News: One X-Evil: yes no Bcc: x@example.org")
    }

    @Test("shorten the title so that the whole subject fits", arguments: [0, 1, 11, 1234])
    func subjectLength(others: Int) throws {
        let title = Array(repeating: "Endless", count: 40).joined(separator: " ")
        let picks = try (0...min(others, 40)).map { Pick(paper: try paper($0, title)) }
        let mail = try renderer().edition().render(try digest(picks), for: reader)
        #expect(mail.subject.count <= 110)
        #expect(mail.subject.count > 90)
        #expect(mail.subject.contains("Endless…"))
    }

    @Test("isolate a right-to-left title in the subject")
    func rightToLeftSubject() throws {
        let picks = [Pick(paper: try paper(1, "نماذج اللغة")), Pick(paper: try paper(2))]
        let mail = try renderer().edition().render(try digest(picks), for: reader)
        #expect(mail.subject == "\u{2068}نماذج اللغة\u{2069} and 1 more paper")
    }
}
