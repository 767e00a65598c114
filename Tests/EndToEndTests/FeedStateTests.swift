import Foundation
import Loopback
import Testing

@Suite("The state of feeds, by the command line")
struct FeedStateTests {
    private static let feed = """
        <rss version="2.0"><channel><title>Feed</title><item><title>A paper</title><link>https://arxiv.org/abs/2611.00001</link></item>
        </channel></rss>
        """

    private static func server() async throws -> HTTPFileServer {
        try await HTTPFileServer.start { request in
            switch request.path {
            case "/busy": HTTPServerReply(status: 503, headers: [("Retry-After", "5000")])
            case "/old": .redirect(308, to: "/fine")
            case "/gone": HTTPServerReply(status: 410)
            case "/missing": HTTPServerReply(status: 404)
            case "/days/2026-11-20": HTTPServerReply(status: 404)
            default: .document(Array(feed.utf8), contentType: "application/rss+xml", etag: "\"1\"", for: request)
            }
        }
    }

    @Test(
        "`feeds list` says which feeds are fine, wait, fail, moved or are switched off; `enable` and `disable` switch")
    func states() async throws {
        let server = try await Self.server()
        let program = try Program()
        let paths = ["/fine", "/busy", "/old", "/gone", "/missing"]
        let file = try program.file("feeds.yaml", "feeds:\n" + paths.map { "  - \(server.baseURL)\($0)\n" }.joined())
        let environment = ["BROADSHEET_FEEDS_FILE": file]
        #expect(try await program.run("ingest", "--once", environment: environment).status == 1)
        #expect(try await program.run("feeds", "disable", "1", environment: environment).status == 0)
        let listed = try await program.run("feeds", "list", "--format", "json", environment: environment)
        let states = try jsonLines(listed.output).map { $0["state"] as? String }
        #expect(states == ["off", "waiting", "ok", "off", "failing"])
        #expect(try jsonLines(listed.output)[2]["moved_to"] as? String == server.baseURL + "/fine")
        let asked = server.requests.count
        #expect(try await program.run("feeds", "enable", "1", environment: environment).status == 0)
        let again = try await program.run("ingest", "--once", environment: environment)
        #expect(server.requests.dropFirst(asked).map(\.path).sorted() == ["/fine", "/fine", "/missing"])
        #expect(again.output.contains("/busy: not asked before"))
        let text = try await program.run("feeds", "list", environment: environment)
        for word in ["waiting", "failing 2×", "moved for good", "gone for good", "never"] {
            #expect(text.output.contains(word), "\(word) in \(text.output)")
        }
        await server.stop()
    }

    @Test("`ingest --since` asks the archive of the feeds that have one, and says what came and what went wrong")
    func since() async throws {
        let server = try await Self.server()
        let program = try Program()
        let file = try program.file(
            "feeds.yaml",
            """
            feeds:
              - \(server.baseURL)/fine
              - url: \(server.baseURL)/dated
                archive: \(server.baseURL)/range/{from}/{until}
            """)
        let environment = ["BROADSHEET_FEEDS_FILE": file]
        let run = try await program.run("ingest", "--since", "2026-11-01", environment: environment)
        #expect(run.status == 0, "\(run.complaints)")
        #expect(run.output == "\(server.baseURL)/dated: 1 new, 0 changed\n")
        #expect(server.requests.map(\.path).allSatisfy { $0.hasPrefix("/range/2026-11-01/") })
        let wrong = try await program.run("ingest", "--since", "soon", environment: environment)
        #expect(wrong.status == 64)
        await server.stop()
    }

    @Test("of very many entries that are left out the log tells a few and a number")
    func leftOut() async throws {
        let server = try await HTTPFileServer.start { _ in
            let items = String(repeating: "<item><title>No link</title></item>", count: 50)
            return HTTPServerReply(body: Array("<rss version=\"2.0\"><channel>\(items)</channel></rss>".utf8))
        }
        let program = try Program()
        let file = try program.file("feeds.yaml", "feeds:\n  - \(server.baseURL)/many\n")
        let run = try await program.run("ingest", "--once", environment: ["BROADSHEET_FEEDS_FILE": file])
        #expect(run.complaints.components(separatedBy: "  left out: ").count == 22)
        #expect(run.complaints.contains("  left out: 30 more; "))
        await server.stop()
    }

    @Test("a feed with more entries than allowed is refused by name, and nothing of it is stored")
    func tooMany() async throws {
        let server = try await HTTPFileServer.start { _ in
            let items = (1...5).map { "<item><title>Paper \($0)</title><link>https://example.org/\($0)</link></item>" }
            return HTTPServerReply(body: Array("<rss version=\"2.0\"><channel>\(items.joined())</channel></rss>".utf8))
        }
        let program = try Program(["BROADSHEET_FEEDS_MAX_ENTRIES": "4"])
        let file = try program.file("feeds.yaml", "feeds:\n  - \(server.baseURL)/many\n")
        let run = try await program.run("ingest", "--once", environment: ["BROADSHEET_FEEDS_FILE": file])
        #expect(run.status == 1)
        #expect(run.complaints.contains("/many: it has more than 4 entries"))
        #expect(try await program.run("papers", "list").output.contains("Paper 1") == false)
        await server.stop()
    }
}
