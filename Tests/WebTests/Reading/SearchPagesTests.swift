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
            #expect(all.body.contains("<p>Arms. ") && all.body.contains("<span class=\"pace\">about 1 paper a day</span>"))
            let one = try await site.get("/topics/diffusion")
            #expect(one.body.contains("Diffusion again") && !one.body.contains("A robot"))
            #expect(one.body.contains("href=\"/?topic=diffusion\""))
            #expect(try await site.get("/topics/nothing").status == 404)
            #expect(try await site.get("/topics/nothing/feed.atom").status == 404)
        }
    }
}
