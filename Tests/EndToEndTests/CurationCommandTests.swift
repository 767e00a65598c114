import Foundation
import Loopback
import Testing

@Suite("Papers and feeds by hand, through the real program")
struct CurationCommandTests {
    private static let arXiv = """
        <?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
        <title>arXiv Query: id_list=2611.01234</title><id>http://arxiv.org/api/x</id><updated>2026-11-20T01:02:03Z</updated>
        <entry><id>http://arxiv.org/abs/2611.01234v1</id><updated>2026-11-20T01:02:03Z</updated>
        <published>2026-11-20T01:02:03Z</published><title>Looked up at the archive</title><summary>Text.</summary>
        <author><name>Ada Lovelace</name></author><category term="cs.LG"/></entry></feed>
        """
    private static let crossref = """
        {"status":"ok","message-type":"work","message":{"DOI":"10.1000/x","title":["Looked up at Crossref"],
        "author":[{"given":"Grace","family":"Hopper"}],"URL":"https://doi.org/10.1000/x"}}
        """
    private static let rss = """
        <rss version="2.0"><channel><title>A &amp; B</title><link>https://example.org/</link>
        <item><title>An item of the feed</title><link>https://example.org/1</link><pubDate>Fri, 20 Nov 2026 00:00:00 GMT</pubDate></item>
        <item><title>No address</title></item></channel></rss>
        """

    private func server() async throws -> HTTPFileServer {
        try await HTTPFileServer.start { request in
            func reply(_ text: String, _ type: String) -> HTTPServerReply {
                HTTPServerReply(
                    headers: [
                        ("Content-Type", type), ("ETag", "\"v1\""), ("Cache-Control", "public, max-age=7200"),
                    ], body: Array(text.utf8))
            }
            func link(_ name: String) -> String {
                "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/\(name)\">"
            }
            switch request.path.split(separator: "?").first ?? "" {
            case "/arxiv": return reply(Self.arXiv, "application/atom+xml")
            case "/works/10.1000/x": return reply(Self.crossref, "application/json")
            case "/article":
                return reply(
                    "<html><head><meta name=\"citation_title\" content=\"Read on the page\"></head></html>", "text/html"
                )
            case "/feed": return reply(Self.rss, "application/rss+xml")
            case "/one": return reply("<html><head>\(link("feed"))</head></html>", "text/html")
            case "/two": return reply("<html><head>\(link("feed"))\(link("other"))</head></html>", "text/html")
            default: return HTTPServerReply(status: 404)
            }
        }
    }

    private func program(_ server: HTTPFileServer) throws -> Program {
        try Program([
            "BROADSHEET_LOOKUP_ARXIV": "\(server.baseURL)/arxiv",
            "BROADSHEET_LOOKUP_CROSSREF": "\(server.baseURL)/works",
        ])
    }

    @Test("papers are added by arXiv id, DOI and address, and found again")
    func add() async throws {
        let server = try await server()
        let program = try program(server)
        for (name, title) in [
            ("arXiv:2611.01234v2", "Looked up at the archive"), ("https://doi.org/10.1000/X", "Looked up at Crossref"),
            ("\(server.baseURL)/article", "Read on the page"),
        ] {
            let run = try await program.run("papers", "add", "--private", name, "--format", "json")
            #expect(run.status == 0, "\(run.complaints)")
            #expect(try jsonLines(run.output).first?["title"] as? String == title)
        }
        #expect(server.requests.contains { $0.path.hasPrefix("/arxiv?id_list=2611.01234") })
        let search = try await program.run("papers", "search", "author:hopper", "--format", "json")
        #expect(try jsonLines(search.output).map { $0["id"] as? String } == ["doi:10.1000/x"])
        let unknown = try await program.run("papers", "add", "10.1000/none")
        #expect(unknown.status == 1)
        #expect(unknown.complaints.split(separator: "\n").count == 1)
        let wrong = try await program.run("papers", "add", "2611.99999")
        #expect(wrong.complaints.contains("arXiv knows no paper 2611.99999"))
        #expect(try await program.run("papers", "show", "nonsense").status == 1)
        await server.stop()
    }

    @Test("a pinned paper leads list and digest with its note, a hidden one is in neither")
    func pinAndHide() async throws {
        let server = try await server()
        let program = try program(server)
        for name in ["2611.01234", "10.1000/x", "\(server.baseURL)/article"] {
            #expect(try await program.run("papers", "add", "--private", name).status == 0)
        }
        let topic = try await program.run("subscribers", "add", "ada@example.org")
        try #require(topic.status == 0, "\(topic.complaints)")
        let pin = try await program.run(
            "papers", "pin", "10.1000/x", "--note", "The <best> of the week", "--format", "json")
        #expect(try jsonLines(pin.output).first?["note"] as? String == "The <best> of the week")
        #expect(try await program.run("papers", "hide", "2611.01234").status == 0)
        let folder = program.folder.appendingPathComponent("preview")
        let preview = try await program.run("digest", "preview", "ada@example.org", "--output", folder.path)
        #expect(preview.status == 0, "\(preview.complaints)")
        let html = try String(contentsOf: folder.appendingPathComponent("digest.html"), encoding: .utf8)
        let text = try String(contentsOf: folder.appendingPathComponent("digest.txt"), encoding: .utf8)
        for body in [html, text] {
            let first = try #require(
                body.range(of: "Looked up at Crossref</a>") ?? body.range(of: "Looked up at Crossref\n"))
            let second = try #require(body.range(of: "Read on the page</a>") ?? body.range(of: "Read on the page\n"))
            #expect(first.lowerBound < second.lowerBound)
            #expect(!body.contains("archive"))
        }
        #expect(html.contains("The &lt;best&gt; of the week"))
        #expect(text.contains("The <best> of the week"))
        let list = try await program.run("papers", "list")
        #expect(list.output.contains("[pinned] Looked up at Crossref"))
        #expect(!list.output.contains("archive"))
        #expect(
            try await program.run("papers", "list", "--hidden").output.contains("[hidden] Looked up at the archive"))
        #expect(try await program.run("papers", "unhide", "2611.01234").status == 0)
        #expect(try await program.run("papers", "unpin", "10.1000/x").status == 0)
        #expect(try await program.run("papers", "list", "--pinned", "--format", "json").output.isEmpty)
        await server.stop()
    }

    @Test("a check explains the feed")
    func check() async throws {
        let server = try await server()
        let run = try await program(server).run("feeds", "check", "--private", "\(server.baseURL)/feed")
        #expect(run.status == 0, "\(run.complaints)")
        for part in [
            "format:     rss", "charset:    UTF-8", "entries:    1", "2026-11-20T00:00:00Z to 2026-11-20T00:00:00Z",
            "left out:   entry 2 “No address”", "in 120 minutes, as it asks by Cache-Control: public, max-age=7200",
            "If-None-Match: \"v1\"",
        ] { #expect(run.output.contains(part), "\(part) in \(run.output)") }
        await server.stop()
    }

    @Test("an address of this machine is refused wherever one is typed, in the same words, unless it is allowed")
    func privateAddresses() async throws {
        let server = try await server()
        let program = try program(server)
        // A name, and one of the ways to write a number, of this machine.
        for host in ["localhost", "127.0.0.1", "2130706433"] {
            let url = "http://\(host):\(server.port)"
            let runs = [
                try await program.run("papers", "add", "\(url)/article"),
                try await program.run("feeds", "check", "\(url)/feed"),
                try await program.run("feeds", "add", "--http", "\(url)/feed"),
                try await program.run("filters", "match", "item", "--feed", "\(url)/feed"),
            ]
            for run in runs {
                #expect(run.status == 1)
                #expect(run.complaints.contains("on this machine or in a private network"), "\(run.complaints)")
                #expect(run.complaints.contains("--private"), "\(run.complaints)")
            }
        }
        #expect(server.requests.isEmpty)
        await server.stop()
    }

    @Test("a private page leads to no feed on another port, and no page is read there")
    func otherPort() async throws {
        let inner = try await server()
        let page = "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"\(inner.baseURL)/feed\">"
        let outer = try await HTTPFileServer.start { request in
            request.path == "/moved"
                ? .redirect(301, to: "\(inner.baseURL)/article")
                : HTTPServerReply(headers: [("Content-Type", "text/html")], body: Array(page.utf8))
        }
        let program = try program(inner)
        for command in [
            ["feeds", "add", "--private", "\(outer.baseURL)/page"],
            ["papers", "add", "--private", "\(outer.baseURL)/moved"],
            ["papers", "add", "--private", "\(outer.baseURL)/page"],
        ] {
            #expect(try await program.run(command, environment: [:]).status == 1, "\(command)")
        }
        #expect(inner.requests.isEmpty)
        await outer.stop()
        await inner.stop()
    }

    @Test("a page leads to its feed; where it names two, both are named")
    func discovers() async throws {
        let server = try await server()
        let program = try program(server)
        let one = try await program.run("feeds", "add", "--private", "\(server.baseURL)/one")
        #expect(one.status == 0, "\(one.complaints)")
        #expect(one.output.contains("\(server.baseURL)/feed, rss, 1 entry now"))
        let two = try await program.run("feeds", "add", "--private", "\(server.baseURL)/two")
        #expect(two.status == 1)
        #expect(two.complaints.contains("\(server.baseURL)/feed or \(server.baseURL)/other"))
        await server.stop()
    }

    @Test("feeds leave as OPML and come into another installation")
    func opml() async throws {
        let first = try Program()
        let file = try first.file(
            "in.opml",
            """
            <opml version="2.0"><body><outline text="A &amp; B"><outline text="One" xmlUrl="https://example.org/one?a=1&amp;b=2"/></outline>
            <outline text="Here" xmlUrl="https://127.0.0.1/x"/><outline text="Plain" xmlUrl="http://example.org/x"/></body></opml>
            """)
        let feeds = try first.file("feeds.yaml", "feeds: []\n")
        let none = ["BROADSHEET_FEEDS_FILE": feeds]
        let run = try await first.run("feeds", "import", file, environment: none)
        #expect(run.output == "added 1 of 3 feeds; fetched at the next round\n")
        #expect(run.complaints.contains("https://127.0.0.1/x: skipped:"))
        #expect(run.complaints.contains("http://example.org/x: skipped:"))
        let export = try await first.run("feeds", "export", environment: none)
        #expect(export.output.contains(#"xmlUrl="https://example.org/one?a=1&amp;b=2""#))
        let second = try Program()
        let again = try second.file("out.opml", export.output)
        let imported = try await second.run("feeds", "import", again, "--format", "json", environment: none)
        #expect(try jsonLines(imported.output).map { $0["result"] as? String } == ["added"])
        #expect(try await second.run("feeds", "export", environment: none).output.contains("title=\"One\""))
    }
}
