import Foundation
import TestSupport
import Testing

@testable import Web

@Suite("What costs work is limited, however it is asked for")
struct WorkLimitsTests {
    private func statuses(_ site: TestSite, _ paths: some Sequence<String>) async throws -> [Int] {
        try await RawConnection.statuses(site.port, paths.map { RawConnection.get($0) })
    }

    @Test(
        "a search counts as one whatever its address looks like",
        arguments: [
            "/search?q=a", "/search/?q=a", "//search?q=a", "/filters/try?filter=a", "/filters/try/?filter=a",
            "//filters//try?filter=a", "/search/feed.atom?q=a", "/search/feed.json?q=a", "//search/feed.atom/?q=a",
        ])
    func searches(path: String) async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_CLIENT_REQUESTS": "2"])
        try await TestSite.serve(test) { (site) async throws in
            #expect(try await statuses(site, [path, path + "b", path + "c"]) == [200, 200, 429])
        }
    }

    struct Pages: Sendable {
        let name: String
        let path: @Sendable (Int) -> String
        let status: Int
    }

    @Test(
        "a page is limited where it is another for each value, and its feed too",
        arguments: [
            Pages(name: "days of the past", path: { "/papers/2025-01-0\($0)" }, status: 200),
            Pages(name: "their feeds", path: { "/papers/2025-01-0\($0)/feed.atom" }, status: 200),
            Pages(name: "months", path: { "/papers/190\($0)-01" }, status: 200),
            Pages(name: "weeks", path: { "/papers/190\($0)-W05" }, status: 200),
            Pages(name: "pages behind the last", path: { "/?page=\($0 + 10)" }, status: 404),
            Pages(name: "the same one", path: { _ in "/week?page=10" }, status: 404),
            Pages(name: "papers", path: { "/paper/2611.0000\($0)" }, status: 200),
        ])
    func pages(pages: Pages) async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_CLIENT_PAGES": "3"])
        try await test.store((1...9).map { "A robot \($0)" })
        try await TestSite.serve(test, interval: .seconds(3600)) { (site) async throws in
            let first = try await statuses(site, (1...3).map(pages.path))
            #expect(first == Array(repeating: pages.status, count: 3), "\(pages.name)")
            #expect(try await statuses(site, [pages.path(4)]) == [429], "\(pages.name)")
            // What is kept costs nothing.
            if pages.status == 200 { #expect(try await statuses(site, [pages.path(1)]) == [200]) }
            test.clock.advance(by: 60)
            #expect(try await statuses(site, [pages.path(4)]) == [pages.status], "\(pages.name)")
        }
    }

    @Test("places in a topic count as searches where they were not shown a moment ago; the topic itself does not")
    func topics() async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_CLIENT_REQUESTS": "2"])
        try await test.store(["A robot"])
        try await TestSite.serve(test, interval: .seconds(3600)) { (site) async throws in
            let paths = [
                "/topics/robots", "/topics/robots?before=9", "/topics/robots?before=8", "/topics/robots?before=9",
            ]
            #expect(try await statuses(site, paths) == [200, 200, 200, 200])
            #expect(try await statuses(site, ["/topics/robots?before=7"]) == [429])
        }
    }

    @Test("a list with a filter in its box is one page, filled in for each; filters are as many as anybody likes")
    func filters() async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_CLIENT_PAGES": "5"])
        try await test.store(["A robot"])
        try await TestSite.serve(test, interval: .seconds(3600)) { (site) async throws in
            var etags = Set<String>()
            for number in 0..<40 {
                let path = "/?filter=robot\(number)%20OR%20title:%22a%26b%22"
                let answer = try await site.get(path)
                #expect(answer.status == 200)
                #expect(answer.body.contains("value=\"robot\(number) OR title:&quot;a&amp;b&quot;\""))
                #expect(answer.body.contains("<code>robot\(number) OR title:&quot;a&amp;b&quot;</code>"))
                #expect(answer.body.contains("value=\"/?filter=robot\(number)%20OR%20title%3A%22a%26b%22\""))
                #expect(!answer.body.contains("\u{1}"))
                let etag = try #require(answer.headers["etag"])
                etags.insert(etag)
                #expect(try await site.get(path, headers: ["If-None-Match": etag]).status == 304)
            }
            #expect(etags.count == 40)
            #expect(try await site.get("/").body.contains("name=\"filter\"") == false)
            #expect(try await site.get("/?filter=%22").body.contains("name=\"filter\"") == false)
            for path in ["/week", "/month", "/trending"] {
                #expect(try await site.get(path + "?filter=robot").body.contains("name=\"filter\" value=\"robot\""))
            }
        }
    }
}
