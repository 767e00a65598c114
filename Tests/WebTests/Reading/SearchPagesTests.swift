import Foundation
import Loopback
import Store
import TestSupport
import Testing

@testable import Web

@Suite("Search and topics")
struct SearchPagesTests {
    @Test("finds by the filter language, the newest first, page by page there and back")
    func paging() async throws {
        let test = try await TestInstallation()
        try await test.store((1...70).map { "Robot number \($0)" } + ["A protein"])
        try await TestSite.serve(test) { site in
            func titles(_ path: String) async throws -> ([String], older: String?, newer: String?) {
                let page = try await site.get(path)
                #expect(page.status == 200)
                func link(_ rel: String) -> String? {
                    guard let expression = try? Regex("<link rel=\"\(rel)\" href=\"([^\"]*)\">"),
                        let match = page.body.firstMatch(of: expression)
                    else { return nil }
                    return match.output[1].substring.map { $0.replacingOccurrences(of: "&amp;", with: "&") }
                }
                let found = page.body.matches(of: /number (\d+)<\/a>/).map { String($0.1) }
                return (found, link("next"), link("prev"))
            }
            let first = try await titles("/search?q=robots+-protein")
            #expect(first.0 == (41...70).reversed().map(String.init))
            #expect(first.newer == nil)
            let second = try await titles(try #require(first.older))
            #expect(second.0 == (11...40).reversed().map(String.init))
            let third = try await titles(try #require(second.older))
            #expect(third.0 == (1...10).reversed().map(String.init))
            #expect(third.older == nil)
            let back = try await titles(try #require(third.newer))
            #expect(back.0 == second.0)
            let start = try await titles(try #require(back.newer))
            #expect(start.0 == first.0)
        }
    }

    @Test("offers what it found as mail and feed, with what was found marked")
    func offers() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot", "A protein"])
        try await TestSite.serve(test) { site in
            let page = try await site.get("/search?q=robots")
            #expect(page.body.contains("A <mark>robot</mark></a>"))
            #expect(!page.body.contains("A protein"))
            #expect(page.body.contains("href=\"/?filter=robots\""))
            #expect(page.body.contains("href=\"/search/feed.atom?q=robots\""))
            #expect(page.body.contains("value=\"robots\""))
            #expect(try await site.get("/search?q=quark").body.contains("No papers match."))
            #expect(try await site.get("/search").status == 200)
        }
    }

    @Test("puts the best first where words were typed, and the newest where a filter was; either can be chosen")
    func orders() async throws {
        let test = try await TestInstallation()
        try await test.store(["Walking robots", "Robots, of which some are seen walking in the park", "A protein"])
        try await TestSite.serve(test) { site in
            func first(_ path: String) async throws -> String {
                let page = try await site.get(path)
                #expect(page.status == 200)
                return page.body.contains("/paper/2611.00001") && page.body.contains("/paper/2611.00002")
                    ? (page.body.split(separator: "/paper/2611.0000").dropFirst().first.map { String($0.prefix(1)) }
                        ?? "")
                    : ""
            }
            #expect(try await first("/search?q=walking+robots") == "1")
            #expect(try await first("/search?q=walking+robots&sort=newest") == "2")
            #expect(try await first("/search?q=robots+-protein") == "2")
            #expect(try await first("/search?q=robots+walking+-protein&sort=best") == "1")
            let page = try await site.get("/search?q=walking+robots")
            #expect(page.body.contains("href=\"/search?q=walking%20robots&amp;sort=newest\""))
            let newest = try await site.get("/search?q=walking+robots&sort=newest")
            #expect(newest.body.contains("href=\"/search?q=walking%20robots&amp;sort=best\""))
            // What has no words has one order.
            #expect(!(try await site.get("/search?q=upvotes%3E1")).body.contains("sort="))
            let feed = try await site.get("/search/feed.json?q=walking+robots")
            #expect(feed.body.contains("2611.00001") && feed.body.contains("2611.00002"))
        }
    }

    @Test("leads from page to page of the best, and back")
    func bestPages() async throws {
        let test = try await TestInstallation()
        try await test.store((1...70).map { "Robot number \($0)" })
        try await TestSite.serve(test) { site in
            var body = try await site.get("/search?q=robots").body
            #expect(body.contains("number 70</a>") && !body.contains("number 40</a>"))
            #expect(body.contains("href=\"/search?q=robots&amp;from=30\""))
            body = try await site.get("/search?q=robots&from=30").body
            #expect(body.contains("number 40</a>") && body.contains("href=\"/search?q=robots&amp;from=60\""))
            #expect(body.contains("href=\"/search?q=robots&amp;from=0\""))
            body = try await site.get("/search?q=robots&from=60").body
            #expect(body.contains("number 1</a>") && !body.contains("from=90"))
            #expect(try await site.get("/search?q=robots&from=x").status == 404)
            #expect(try await site.get("/search?q=robots&from=9007199254740992").status == 200)
        }
    }

    @Test("a pasted title is no wrong filter, and what has only some of the words is said to")
    func pasted() async throws {
        let test = try await TestInstallation()
        try await test.store(["Cats: robots (p<0.05)", "A protein"])
        try await TestSite.serve(test) { site in
            let page = try await site.get("/search?q=Cats%3A+robots+%28p%3C0.05%29")
            #expect(page.status == 200)
            #expect(page.body.contains("/paper/2611.00001") && !page.body.contains("these have some of them"))
            #expect(page.body.contains("href=\"/?filter=cats%20robots%20p%200.05\""))
            let loose = try await site.get("/search?q=robots+under+water")
            #expect(loose.body.contains("/paper/2611.00001") && loose.body.contains("these have some of them"))
            #expect(try await site.get("/search/feed.atom?q=Cats%3A+robots+%28p%3C0.05%29").status == 200)
        }
    }

    @Test("a filter that is wrong comes back with carets under the place")
    func problem() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let page = try await site.get("/search?q=robot+lable%3Ax%3Cb%3E")
            #expect(page.status == 422)
            #expect(page.body.contains("<pre>robot lable:x&lt;b&gt;\n      ^^^^^</pre>"))
            #expect(try await site.get("/search/feed.atom?q=lable%3Ax").status == 422)
            #expect(try await site.get("/search?q=robot&before=x").status == 404)
        }
    }

    @Test("finds what another process stored, changed or hid a moment ago")
    func follows() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/search?q=robot").body.contains("No papers match."))
            try await test.store(["A robot"])
            #expect(try await site.get("/search?q=robot").body.contains("/paper/2611.00001"))
            // What the feed said is changed.
            try await test.store(["A zebra"])
            #expect(try await site.get("/search?q=zebra").body.contains("/paper/2611.00001"))
            #expect(try await site.get("/search?q=robot").body.contains("No papers match."))
            try await test.installation.database.papers.setHidden(1, true)
            #expect(try await site.get("/search?q=zebra").body.contains("No papers match."))
        }
    }

    @Test("each topic has its sentence, its pace and its papers")
    func topics() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion for images", "Diffusion again", "A robot"])
        try await TestSite.serve(test) { site in
            let all = try await site.get("/topics")
            #expect(all.body.contains("<a href=\"/topics/robots\">Robotics</a>"))
            #expect(
                all.body.contains("<p>Arms. ") && all.body.contains("<span class=\"pace\">about 1 paper a day</span>"))
            let one = try await site.get("/topics/diffusion")
            #expect(one.body.contains("Diffusion again") && !one.body.contains("A robot"))
            #expect(one.body.contains("href=\"/?topic=diffusion\""))
            #expect(try await site.get("/topics/nothing").status == 404)
            #expect(try await site.get("/topics/nothing/feed.atom").status == 404)
        }
    }
}
