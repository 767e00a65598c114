import Foundation
import Hummingbird
import Logging
import Loopback
import Synchronization
import TestSupport
import Testing

@testable import Web

@Suite("Caching")
struct CachingTests {
    @Test(
        "public pages have a strong validator, and who has them is told so with 304",
        arguments: [
            "/", "/week", "/papers/2026-11-23", "/paper/2611.00001", "/topics", "/topics/robots", "/search?q=robot",
            "/about", "/feed.atom", "/feed.json", "/style.css", "/sitemap.xml", "/robots.txt", "/favicon.svg",
        ])
    func validators(path: String) async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot"])
        try await TestSite.serve(test) { site in
            let page = try await site.get(path)
            #expect(page.status == 200)
            let etag = try #require(page.headers["etag"])
            #expect(etag.hasPrefix("\"") && etag.hasSuffix("\""))
            #expect(page.headers["cache-control"]?.hasPrefix("public, max-age=") == true)
            #expect(try await site.get(path).headers["etag"] == etag)
            for known in [etag, "W/\(etag)", "\"other\", \(etag)", "*"] {
                let again = try await site.get(path, headers: ["If-None-Match": known])
                #expect(again.status == 304, "\(known)")
                #expect(again.body.isEmpty && again.headers["etag"] == etag)
                #expect(again.headers["cache-control"] == page.headers["cache-control"])
            }
            #expect(try await site.get(path, headers: ["If-None-Match": "\"other\""]).status == 200)
        }
    }

    @Test("a page is another as soon as a paper is stored, voted for, pinned or hidden, or the day turns")
    func follows() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot"])
        try await TestSite.serve(test) { site in
            var last = try await site.get("/").headers["etag"]
            func expectAnother(_ what: String) async throws {
                let etag = try await site.get("/").headers["etag"]
                #expect(etag != last, "\(what)")
                last = etag
            }
            let papers = test.installation.database.papers
            try await test.store(["Another"], firstID: 2)
            try await expectAnother("stored")
            try await test.store(voted: [("Another", 99)], firstID: 2)
            try await expectAnother("voted")
            _ = try await papers.pin(1, note: "Read it", at: test.clock.now)
            try await expectAnother("pinned")
            try await papers.unpin(1)
            try await papers.setHidden(2, true)
            try await expectAnother("hidden")
            #expect(try await site.get("/week").body.contains("A robot"))
            test.clock.advance(by: 8 * 86_400)
            let later = try await site.get("/week").body
            #expect(!later.contains("A robot"))
        }
    }

    @Test("what is one reader's own is kept nowhere")
    func tokens() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            for path in [
                "/unsubscribe?token=x", "/preferences?token=x", "/confirm?token=x", "/mark?token=x", "/nowhere",
            ] {
                let answer = try await site.get(path)
                #expect(answer.headers["cache-control"] == "no-store")
                #expect(answer.headers["etag"] == nil)
            }
        }
    }

    private static func cache(
        maxBytes: Int = 1000, maxPages: Int = 100, edition: @escaping @Sendable () throws -> Int64 = { 1 }
    ) -> PageCache {
        PageCache(
            interval: .zero, maxBytes: maxBytes, maxPages: maxPages,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) {
            PageCache.Edition(change: try edition(), day: "2026-11-23")
        }
    }

    /// What was rendered, in order.
    private actor Counter {
        private(set) var names: [String] = []
        func add(_ name: String) { names.append(name) }
    }

    @Test("of many askers at once, one renders")
    func oneRenders() async throws {
        let cache = Self.cache()
        let count = Counter()
        let pages = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await cache.page(.init(address: "/")) {
                        await count.add("/")
                        try await Task.sleep(for: .milliseconds(20))
                        return RenderedPage("whole")
                    }.etag
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(pages.count == 1)
        #expect(await count.names == ["/"])
    }

    @Test("never more bytes are kept than allowed; what was not asked for longest goes first")
    func bounded() async throws {
        let cache = Self.cache(maxBytes: 1000)
        let count = Counter()
        func ask(_ name: String) async throws {
            _ = try await cache.page(.init(address: name)) {
                await count.add(name)
                return RenderedPage(String(repeating: name, count: 300))
            }
        }
        for name in ["a", "b", "c", "a", "d", "a", "b"] { try await ask(name) }
        #expect(await count.names == ["a", "b", "c", "d", "b"])
        #expect(cache.size.bytes <= 1000 && cache.size.pages == 3)
        for number in 0..<500 { try await ask("page \(number)") }
        #expect(cache.size.bytes <= 1000)
    }

    @Test("never more pages are kept than allowed, and none under a very long address")
    func boundedNumber() async throws {
        let cache = Self.cache(maxBytes: 1 << 20, maxPages: 3)
        let count = Counter()
        func ask(_ name: String) async throws {
            _ = try await cache.page(.init(address: name)) {
                await count.add(String(name.prefix(2)))
                return RenderedPage(name)
            }
        }
        for name in ["a", "b", "c", "a", "d", "a", "b", "c"] { try await ask(name) }
        #expect(await count.names == ["a", "b", "c", "d", "b", "c"])
        #expect(cache.size.pages == 3)
        let long = String(repeating: "x", count: 2000)
        for _ in 1...2 { try await ask(long) }
        #expect(await count.names.suffix(2) == ["xx", "xx"])
        #expect(cache.size == (3, 3))
        for number in 0..<5000 { try await ask("page \(number)") }
        #expect(cache.size.pages == 3)
    }

    @Test("who is not admitted gets what is kept, and nothing that would have to be rendered")
    func admission() async throws {
        struct Refused: Error {}
        let cache = Self.cache()
        let long = String(repeating: "x", count: 2000)
        for name in ["a", long] {
            await #expect(throws: Refused.self) {
                _ = try await cache.page(.init(address: name), admit: { throw Refused() }) { RenderedPage("no") }
            }
        }
        let page = try await cache.page(.init(address: "a")) { RenderedPage("yes") }
        let again = try await cache.page(.init(address: "a"), admit: { throw Refused() }) { RenderedPage("no") }
        #expect(again.etag == page.etag)
    }

    @Test("what fails is not kept, and pages stay while the database does not answer")
    func failures() async throws {
        struct Broken: Error {}
        let fails = Mutex(false)
        let cache = Self.cache { if fails.withLock({ $0 }) { throw Broken() } else { 1 } }
        await #expect(throws: Broken.self) { _ = try await cache.page(.init(address: "/")) { throw Broken() } }
        let page = try await cache.page(.init(address: "/")) { RenderedPage("good") }
        fails.withLock { $0 = true }
        #expect(try await cache.page(.init(address: "/")) { RenderedPage("other") }.etag == page.etag)
    }

    @Test("a page that was begun before a change is not kept after it")
    func lateRender() async throws {
        let change = Mutex<Int64>(1)
        let cache = Self.cache { change.withLock { $0 } }
        let hasBegun = Mutex(false)
        let mayEnd = Mutex(false)
        let slow = Task {
            try await cache.page(.init(address: "/")) {
                hasBegun.withLock { $0 = true }
                await Awaiting.until { mayEnd.withLock(\.self) }
                return RenderedPage("old")
            }
        }
        await Awaiting.until { hasBegun.withLock(\.self) }
        change.withLock { $0 = 2 }
        let new = try await cache.page(.init(address: "/")) { RenderedPage("new") }
        mayEnd.withLock { $0 = true }
        _ = try await slow.value
        #expect(try await cache.page(.init(address: "/")) { RenderedPage("newer") }.etag == new.etag)
    }
}
