import Core
import Foundation
import Mail
import Papers
import Testing

@testable import Digests
@testable import Web

@Suite("Pages")
struct PagesTests {
    @Test("look as the golden files say")
    func golden() throws {
        for (name, page) in try PageSamples.all() {
            try PageSamples.expectFixture(page.render(PageSamples.templates(), site: PageSamples.site), "\(name).html")
        }
        try PageSamples.expectFixture(StyleSheet.render(PageSamples.templates(), site: PageSamples.site), "style.css")
    }

    @Test("give their templates what these declare, and nothing else")
    func declared() throws {
        for (name, page) in try PageSamples.all() {
            let specification = try #require(TemplateSpecification.pages.first { $0.name == type(of: page).template })
            #expect(
                page.fullContext(try PageSamples.templates().texts, PageSamples.site).strangers(to: specification.shape)
                    == [], "\(name)")
        }
    }

    @Test("obey a strict Content-Security-Policy: no script, no style of their own, nothing from elsewhere")
    func policy() throws {
        for (name, page) in try PageSamples.all() {
            let html = try page.render(PageSamples.templates(), site: PageSamples.site).withoutDataBlock
            for needle in ["<script", "<style", "style=", "src=", "onclick", "onload", "@import"] {
                #expect(!html.contains(needle), "\(name): \(needle)")
            }
            #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
            #expect(html.contains("<meta name=\"viewport\""))
            #expect(html.contains("<main>\n<div id=\"main\">"))
        }
    }

    @Test("change nothing on a GET: what acts is a form that posts its token")
    func forms() throws {
        let samples = try Dictionary(uniqueKeysWithValues: PageSamples.all())
        for (name, action) in [
            ("confirm", "/confirm"), ("unsubscribe", "/unsubscribe"), ("preferences", "/preferences"),
            ("preferences", "/preferences/pause"), ("preferences", "/preferences/address"), ("address", "/address"),
            ("undo", "/unsubscribe/undo"), ("unsubscribed", "/unsubscribe/undo"), ("delete", "/preferences/delete"),
        ] {
            let html = try #require(samples[name]).render(PageSamples.templates(), site: PageSamples.site)
            #expect(html.contains("<form method=\"post\" action=\"\(action)\">"))
            #expect(html.contains(/<input type="hidden" name="token" value="[tla].1-a&amp;&quot;">/))
        }
    }

    @Test("name every field")
    func labels() throws {
        for (name, page) in try PageSamples.all() {
            let html = try page.render(PageSamples.templates(), site: PageSamples.site)
            for match in html.matches(of: /<(?:input|select|textarea)[^>]* id="([^"]+)"/) {
                #expect(html.contains("for=\"\(match.1)\""), "\(name): \(match.1)")
            }
            let ids = html.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
            #expect(Set(ids).count == ids.count, "\(name) has an id twice")
        }
    }

    @Test("hold what is odd in papers and forms as text")
    func hostile() throws {
        var paper = try PageSamples.paper(1, "<script>alert(1)</script> {{siteName}} \u{202E}evil")
        paper.url = "javascript:alert(1)"
        paper.codeURL = "https://a.example/?x=\"&y='"
        paper.authors = [Author("\"><img src=x>")]
        var page = HomePage(
            .latest(try PageSamples.day()), papers: [PageSamples.listed(paper)], topics: [], email: "\"><script>",
            problem: "“<b>” is no address")
        page.filter = .text("\"></p><script>alert(2)</script>")
        let html = page.render(try PageSamples.templates(), site: PageSamples.site)
        for needle in ["<script", "<img", "javascript:", "a.example", "\u{202E}", "<b>"] {
            #expect(!html.contains(needle))
        }
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; {{siteName}} evil</a></h3>"))
        #expect(html.contains("value=\"&quot;&gt;&lt;script&gt;\""))
    }

    @Test("the first page stays under 60 KB: abstracts shrink on a long day")
    func size() throws {
        let long = try (1...60).map { number in
            var paper = try PageSamples.paper(
                number, "A title of the usual length, as papers have them today, \(number)")
            paper.abstract = String(repeating: "A sentence of ordinary length stands here. ", count: 30)
            paper.upvotes = number
            return paper
        }
        // As the routes have it: one page among others.
        let page: any Page = HomePage(
            .latest(try PageSamples.day()), papers: long.map(PageSamples.listed), topics: PageSamples.topics())
        let html = page.render(try PageSamples.templates(), site: PageSamples.site)
        #expect(html.contains("<title>Broadsheet: The day’s research papers, delivered</title>"))
        #expect(html.utf8.count <= 60_000)
        #expect(html.ranges(of: "<li>\n<h3").count == 60)
        #expect(html.contains("stands here."))
    }

    @Test(
        "preferences keep a time that is no full hour",
        arguments: [(420, "7", 24), (450, "7:30", 25), (1439, "23:59", 25)])
    func hours(minute: Int, value: String, count: Int) throws {
        var page = try PageSamples.preferences()
        page.minute = minute
        let html = page.render(try PageSamples.templates(), site: PageSamples.site)
        #expect(html.contains("<option value=\"\(value)\" selected>"))
        let weekdays = 7
        #expect(
            html.ranges(of: "<option value=\"").count - CommonTimeZones.all.count - weekdays - Language.allCases.count
                == count)
    }

    @Test("what was wrong is said beside its field")
    func problems() throws {
        var preferences = try PageSamples.preferences()
        preferences.filterProblem = "the parenthesis is not closed"
        let html = preferences.render(try PageSamples.templates(), site: PageSamples.site)
        #expect(html.contains("id=\"filter-problem\" role=\"alert\">the parenthesis is not closed</p>"))
        #expect(
            html.contains(
                "aria-describedby=\"filter-hint filter-problem\" aria-invalid=\"true\">\ntitle:diffusion\nauthor:x</textarea>"
            ))
    }

    @Test("a paused reader sees until when, and can resume; somebody who left sees neither pause nor address")
    func standings() throws {
        let paused = try PageSamples.troubledPreferences().render(
            PageSamples.templates(), site: PageSamples.site)
        #expect(paused.contains("Paused until Monday, 7 December 2026."))
        #expect(paused.contains("action=\"/preferences/resume\""))
        #expect(paused.contains("id=\"until-problem\" role=\"alert\">2026-11-01 is not ahead"))
        #expect(paused.contains("Diffusion &lt;b&gt;once&lt;/b&gt; more"))
        var page = try PageSamples.preferences()
        page.standing = .over
        let over = page.render(try PageSamples.templates(), site: PageSamples.site)
        #expect(over.contains("this subscription is not confirmed, or it has ended"))
        #expect(!over.contains("/preferences/pause") && !over.contains("/preferences/address"))
        #expect(over.contains("/preferences/export"))
    }

    @Test("every status has words of its own", arguments: [400, 403, 404, 413, 429, 500, 503])
    func statuses(status: Int) throws {
        let html = ErrorPage(status: status).render(try PageSamples.templates(), site: PageSamples.site)
        #expect(html.contains("Error \(status)"))
        #expect(html.contains("href=\"/\""))
    }
}
