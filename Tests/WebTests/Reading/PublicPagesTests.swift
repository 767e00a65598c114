import Foundation
import Loopback
import Papers
import Store
import TestSupport
import Testing

@testable import Web

@Suite("The public pages")
struct PublicPagesTests {
    /// Monday, Wednesday and the start of the next Monday, in UTC.
    private func threeDays() async throws -> TestInstallation {
        let test = try await TestInstallation()
        try await test.store(["Of Monday"])
        test.clock.advance(by: 2 * 86_400)
        try await test.store(["Of Wednesday", "Of Wednesday too"], firstID: 20)
        test.clock.advance(by: 5 * 86_400)
        try await test.store(["Of the next week"], firstID: 40)
        return test
    }

    @Test("days, weeks and months have pages that lead to their neighbours with papers")
    func periods() async throws {
        let test = try await threeDays()
        try await TestSite.serve(test) { site in
            let day = try await site.get("/papers/2026-11-25")
            #expect(day.status == 200)
            #expect(
                day.body.contains(
                    "<h2 id=\"day\"><time datetime=\"2026-11-25\">Wednesday, 25 November 2026</time></h2>"))
            #expect(day.body.contains("Of Wednesday too"))
            #expect(!day.body.contains("Of Monday<"))
            #expect(day.body.contains("<link rel=\"prev\" href=\"/papers/2026-11-23\">"))
            #expect(day.body.contains("<link rel=\"next\" href=\"/papers/2026-11-30\">"))
            #expect(day.body.contains("<link rel=\"canonical\" href=\"https://papers.example.org/papers/2026-11-25\">"))

            let week = try await site.get("/papers/2026-W48")
            #expect(week.body.contains("Of Monday") && week.body.contains("Of Wednesday"))
            #expect(!week.body.contains("Of the next week"))
            #expect(week.body.contains("<link rel=\"next\" href=\"/papers/2026-W49\">"))
            let month = try await site.get("/papers/2026-11")
            #expect(month.body.contains("Of Monday") && month.body.contains("Of the next week"))

            let home = try await site.get("/")
            #expect(home.body.contains("Of the next week") && !home.body.contains("Of Wednesday"))
            #expect(home.body.contains("<link rel=\"prev\" href=\"/papers/2026-11-25\">"))
            #expect(try await site.get("/trending").body.contains("Of Wednesday"))
        }
    }

    @Test("a day without papers says so and leads to those that have some; it is not for search engines")
    func emptyDay() async throws {
        try await TestSite.serve(try await threeDays()) { site in
            let day = try await site.get("/papers/2026-11-24")
            #expect(day.status == 200)
            #expect(day.body.contains("No papers from that time."))
            #expect(
                day.body.contains("href=\"/papers/2026-11-23\"") && day.body.contains("href=\"/papers/2026-11-25\""))
            #expect(day.body.contains("noindex"))
        }
    }

    @Test(
        "what is no day, or has not begun, is not found",
        arguments: [
            "2026-02-30", "2026-13", "2026-W54", "2025-W53", "2026-1-1", "26-11-23", "2026-12-01", "2027-W01", "today",
            "2026-11-23?page=2", "2026-11-23?page=0", "2026-11-23?page=x", "1582-10-14", "1582-W41",
            "1582-10-14/feed.atom",
        ])
    func noDay(path: String) async throws {
        try await TestSite.serve(try await threeDays()) { site in
            let answer = try await site.get("/papers/\(path)")
            #expect(answer.status == 404)
            #expect(answer.headers["cache-control"] == "no-store")
        }
    }

    @Test("days begin at midnight of the site's zone")
    func zone() async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_DIGEST_TIME_ZONE": "Asia/Tokyo"])
        test.clock.advance(by: 8 * 3600)  // 16:00 in UTC, 1:00 of the 24th in Tokyo
        try await test.store(["At night"])
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/papers/2026-11-24").body.contains("At night"))
            let before = try await site.get("/papers/2026-11-23").body
            #expect(!before.contains("At night"))
            #expect(try await site.get("/").body.contains("Tuesday, 24 November 2026"))
        }
    }

    @Test("a long day goes on on further pages")
    func pages() async throws {
        let test = try await TestInstallation()
        try await test.store((1...65).map { "Paper number \($0)" })
        try await TestSite.serve(test) { site in
            let first = try await site.get("/")
            #expect(first.body.contains("<p>65 papers</p>"))
            #expect(first.body.contains("<a href=\"/?page=2\" rel=\"next\">35 more papers</a>"))
            let last = try await site.get("/papers/2026-11-23?page=3")
            #expect(last.body.contains("start=\"61\""))
            #expect(last.body.ranges(of: "<li>\n<h3").count == 5)
            #expect(try await site.get("/?page=4").status == 404)
        }
    }

    @Test("the box to subscribe takes a topic or a filter from the address, and stores it")
    func subscribeTo() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/?topic=robots").body.contains("value=\"robots\" checked"))
            let page = try await site.get("/?filter=author%3A%22Ada%22")
            #expect(page.body.contains("name=\"filter\" value=\"author:&quot;Ada&quot;\""))
            let wrong = try await site.get("/?filter=lable%3Ax").body
            #expect(!wrong.contains("name=\"filter\""))
            _ = try await site.post(
                "/subscribe", [("email", "ada@example.org"), ("topic", "robots"), ("filter", "author:\"Ada\"")])
            let interests = try await test.subscriber("ada@example.org").interests
            #expect(interests.topics == ["robots"] && interests.filters.map { "\($0)" } == ["author:\"Ada\""])
        }
    }

    @Test("the pages about the site say who runs it and how to write to them")
    func about() async throws {
        let test = try await TestInstallation(environment: [
            "BROADSHEET_SITE_OPERATOR": "Example Institute", "BROADSHEET_SITE_CONTACT": "hello@example.org",
            "BROADSHEET_SITE_POSTAL_ADDRESS": "1 Example Street",
        ])
        try await TestSite.serve(test) { site in
            let imprint = try await site.get("/imprint")
            for text in ["Example Institute", "1 Example Street", "mailto:hello@example.org"] {
                #expect(imprint.body.contains(text))
            }
            for path in ["/about", "/privacy", "/imprint"] {
                let page = try await site.get(path)
                #expect(page.status == 200)
                #expect(page.body.contains("<link rel=\"canonical\" href=\"https://papers.example.org\(path)\">"))
                for link in ["/about", "/privacy", "/imprint"] { #expect(page.body.contains("href=\"\(link)\"")) }
            }
            #expect(try await site.get("/privacy").body.contains("mailto:hello@example.org"))
        }
    }

    @Test("pages behind a token, and searches, are not for search engines; the others are described for them")
    func searchEngines() async throws {
        let test = try await threeDays()
        try await TestSite.serve(test) { site in
            for path in ["/unsubscribe?token=x", "/search?q=monday", "/nowhere"] {
                #expect(try await site.get(path).body.contains("<meta name=\"robots\" content=\"noindex\">"), "\(path)")
            }
            let home = try await site.get("/")
            #expect(!home.body.contains("noindex"))
            #expect(home.body.contains("<meta property=\"og:url\" content=\"https://papers.example.org/\">"))
            #expect(home.body.contains("<meta property=\"og:type\" content=\"website\">"))
            #expect(
                home.body.contains(
                    "<meta name=\"description\" content=\"1 paper, led by “Of the next week”\">"))

            let robots = try await site.get("/robots.txt")
            #expect(robots.body.hasPrefix("User-agent: *\n"))
            #expect(robots.body.contains("Disallow: /search\n") && robots.body.contains("Disallow: /unsubscribe\n"))
            #expect(robots.body.contains("Sitemap: https://papers.example.org/sitemap.xml\n"))
            let icon = try await site.get("/favicon.svg")
            #expect(icon.headers["content-type"] == "image/svg+xml; charset=utf-8")
        }
    }

    @Test("the sitemap names lists, topics, days and the papers of 60 days")
    func sitemap() async throws {
        let test = try await TestInstallation()
        try await test.store(["Of long ago"])
        test.clock.advance(by: 70 * 86_400)
        try await test.store(["Of today"], firstID: 20)
        try await TestSite.serve(test) { site in
            let map = try await site.get("/sitemap.xml")
            #expect(map.headers["content-type"] == "application/xml; charset=utf-8")
            let places = map.body.matches(of: /<loc>https:\/\/papers.example.org([^<]*)<\/loc>/).map { String($0.1) }
            #expect(places.contains("/") && places.contains("/topics/robots"))
            #expect(places.contains("/papers/2026-11-23") && places.contains("/papers/2027-02-01"))
            #expect(places.contains("/paper/2611.00020") && !places.contains("/paper/2611.00001"))
            #expect(map.body.contains("<lastmod>2027-02-01T08:00:00Z</lastmod>"))
            #expect(Set(places).count == places.count)
            for place in places { #expect(try await site.get(place).status == 200, "\(place)") }
        }
    }
}
