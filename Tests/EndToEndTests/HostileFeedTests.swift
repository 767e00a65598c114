import Foundation
import Loopback
import Testing

/// Feeds that mean harm, beside one that does not: each costs one line, and the good one is read.
@Suite("Hostile feeds")
struct HostileFeedTests {
    private static let good = """
        <rss version="2.0"><channel><title>Good</title><item><title>A good paper</title>
        <link>https://arxiv.org/abs/2611.00001</link></item></channel></rss>
        """

    /// What each path serves.
    private static let harm: [String: @Sendable () -> HTTPServerReply] = [
        "/external-entity": {
            document(
                "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel><item><title>&x;</title><link>https://a.org/1</link></item></channel></rss>"
            )
        },
        "/billion-laughs": {
            let levels = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }.joined()
            return document(
                "<!DOCTYPE rss [<!ENTITY l0 \"ha\">\(levels)]><rss version=\"2.0\"><channel><item><title>&l9;</title><link>https://a.org/1</link></item></channel></rss>"
            )
        },
        "/nested-xml": { document("<rss version=\"2.0\"><channel>" + String(repeating: "<a>", count: 10_000)) },
        "/nested-json": { document(String(repeating: "[", count: 10_000)) },
        "/bomb": {
            HTTPServerReply(
                headers: [("Content-Type", "application/rss+xml"), ("Content-Encoding", "gzip")], body: Bomb.gzip)
        },
        "/endless": {
            var reply = document(
                "<rss version=\"2.0\"><channel>" + String(repeating: "<!-- on and on -->", count: 4000))
            reply.pace = .endless
            return reply
        },
        "/drip": {
            var reply = document(good)
            reply.pace = .trickled(bytes: 1, everyMilliseconds: 1000)
            return reply
        },
        "/loop": { .redirect(302, to: "/loop") },
        "/to-file": { .redirect(302, to: "file:///etc/passwd") },
        "/to-metadata": { .redirect(302, to: "http://169.254.169.254/latest/meta-data/") },
        "/to-private": { .redirect(301, to: "http://10.0.0.1/") },
        "/page": { document("<!DOCTYPE html><html><body>No feed here.</body></html>") },
        "/nothing": { document("") },
    ]

    private static func document(_ text: String) -> HTTPServerReply {
        HTTPServerReply(headers: [("Content-Type", "application/rss+xml")], body: Array(text.utf8))
    }

    @Test("each is refused within its limits and told in one line; the feed beside them is read")
    func refused() async throws {
        let server = try await HTTPFileServer.start { request in
            Self.harm[request.path]?() ?? Self.document(Self.good)
        }
        #expect(Bomb.gzip.count > 100_000)
        // Long enough for the good one on a busy machine; the one that drips has to be waited for.
        let program = try Program(["BROADSHEET_FEEDS_TIMEOUT": "15", "BROADSHEET_FEEDS_MAX_MEGABYTES": "8"])
        let paths = Self.harm.keys.sorted() + ["/good"]
        let feeds = try program.file(
            "feeds.yaml", "feeds:\n" + paths.map { "  - \(server.baseURL)\($0)\n" }.joined())
        let run = try await program.run("ingest", "--once", environment: ["BROADSHEET_FEEDS_FILE": feeds])
        await server.stop()
        #expect(run.status == 1)
        #expect(run.output.contains("/good: 1 entry, 1 new"))
        let lines = run.complaints.split(separator: "\n")
        #expect(lines.count == Self.harm.count, "\(run.complaints)")
        for path in Self.harm.keys {
            let own = lines.filter { $0.contains("\(server.baseURL)\(path)") }
            #expect(own.count == 1, "\(path): \(own) of \(run.complaints)")
        }
        #expect(lines.contains { $0.contains("/bomb is larger than 8388608 bytes") })
        #expect(!run.complaints.contains("root:"))
        #expect(!run.output.contains("root:"))
    }
}

/// A gigabyte of blanks, packed: made by gzip once, piece by piece.
private enum Bomb {
    static let gzip: [UInt8] = {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "head -c 1073741824 /dev/zero | gzip -1"]
        process.standardOutput = pipe
        do {
            try process.run()
            return Array(try pipe.fileHandleForReading.readToEnd() ?? Data())
        } catch {
            Issue.record("gzip cannot be run: \(error)")
            return []
        }
    }()
}
