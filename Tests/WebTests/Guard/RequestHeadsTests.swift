import Foundation
import TestSupport
import Testing

@testable import Web

@Suite("Heads of requests")
struct RequestHeadsTests {
    /// A head and the status of its answer.
    struct Row: Sendable, CustomTestStringConvertible {
        let lines: [String]
        let status: Int
        /// Follows the head.
        var body = ""
        var testDescription: String { lines.joined(separator: " | ").prefix(120).description }

        init(_ status: Int, _ lines: String..., body: String = "") {
            (self.lines, self.status, self.body) = (lines, status, body)
        }

        var text: String { (lines + ["", body]).joined(separator: "\r\n") }
    }

    private static let get = "GET /healthz HTTP/1.1"
    private static let post = "POST /language HTTP/1.1"
    private static let form = "Content-Type: application/x-www-form-urlencoded"
    private static let chunked = "9\r\nlanguage=\r\n2\r\nde\r\n0\r\n\r\n"

    private static let hosts =
        [
            Row(200, "GET /healthz HTTP/1.0"), Row(200, "GET /healthz HTTP/1.0", "Host: a"),
            Row(400, "GET /healthz HTTP/1.0", "Host: a", "Host: a"), Row(400, get), Row(400, get, "Host: a", "Host: a"),
            Row(400, get, "Host: a", "HOST: b"), Row(400, "GET http://a/healthz HTTP/1.1"),
            Row(200, "GET http://a/healthz HTTP/1.1", "Host: a"),
        ]
        + [
            "a", "papers.example.org", "papers.example.org:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]",
            "a_b.example",
            "a:", "xn--bcher-kva.example", "%61.example",
        ].map { Row(200, get, "Host: \($0)") }
        + [
            "", "a b", "a/b", "a@b", "user@a", "a?b", "a#b", "a:b", "a:80:80", "a:999999", "[::1", "[]", "[::1]a",
            "[::1]80",
            ":80", "a\\b", "<a>", "%6", "%zz", "bücher.example", "a\tb", "\"a\"", "http://a",
        ].map { Row(400, get, "Host: \($0)") }

    private static let ends = [
        Row(303, post, "Host: a", form, "Transfer-Encoding: chunked", body: chunked),
        Row(303, post, "Host: a", form, "Transfer-Encoding: Chunked", body: chunked),
        Row(303, post, "Host: a", form, "Content-Length: 11", body: "language=de"),
        Row(400, post, "Host: a", form, "Transfer-Encoding: gzip", body: chunked),
        Row(400, post, "Host: a", form, "Transfer-Encoding: gzip, chunked", body: chunked),
        Row(400, post, "Host: a", form, "Transfer-Encoding: chunked, gzip", body: chunked),
        Row(400, post, "Host: a", form, "Transfer-Encoding: chunked, chunked", body: chunked),
        Row(400, post, "Host: a", form, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked", body: chunked),
        Row(400, post, "Host: a", form, "Transfer-Encoding: identity", body: "language=de"),
        Row(400, post, "Host: a", form, "Transfer-Encoding: xchunked", body: chunked),
        Row(400, post, "Host: a", form, "Transfer-Encoding:", body: chunked),
        Row(400, post, "Host: a", form, "Transfer-Encoding: \u{B}chunked", body: chunked),
        Row(400, post, "Host: a", form, "Transfer-Encoding : chunked", body: chunked),
        Row(400, post, "Host: a", form, "Transfer-Encoding: chunked", "Content-Length: 11", body: chunked),
        Row(400, post, "Host: a", form, "Content-Length: 11", "Transfer-Encoding: chunked", body: chunked),
        Row(400, "POST /language HTTP/1.0", "Host: a", form, "Transfer-Encoding: chunked", body: chunked),
        Row(400, get, "Host: a", "Transfer-Encoding: gzip"),
        Row(400, get, "Host: a", "Transfer-Encoding: chunked", "Content-Length: 0", body: "0\r\n\r\n"),
        Row(400, post, "Host: a", form, "Content-Length: 11", "Content-Length: 11", body: "language=de"),
        Row(400, post, "Host: a", form, "Content-Length: 11", "Content-Length: 5", body: "language=de"),
        Row(400, post, "Host: a", form, "Content-Length: 11, 11", body: "language=de"),
        Row(400, post, "Host: a", form, "Content-Length: -1", body: "language=de"),
        Row(400, post, "Host: a", form, "Content-Length: +11", body: "language=de"),
        Row(400, post, "Host: a", form, "Content-Length: 0x0b", body: "language=de"),
        Row(400, post, "Host: a", form, "Content-Length:", body: "language=de"),
        Row(400, post, "Host: a", form, "Content-Length: 99999999999999999999999999", body: "language=de"),
        Row(400, post, "Host: a", form, "Content-Length: 18446744073709551616", body: "language=de"),
        Row(400, post, "Host: a", form, "Transfer-Encoding: chunked", body: "zz\r\nlanguage=de\r\n0\r\n\r\n"),
        Row(400, post, "Host: a", form, "Transfer-Encoding: chunked", body: "-1\r\nlanguage=de\r\n0\r\n\r\n"),
        Row(400, post, "Host: a", form, "Transfer-Encoding: chunked", body: "ffffffffffffffffff\r\nlanguage=de"),
    ]

    @Test(
        "one that leaves open for which site it is or where it ends is answered with 400, and nothing is read after it")
    func heads() async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_CLIENT_REQUESTS": "0"])
        try await TestSite.serve(test) { (site) async throws in
            for row in Self.hosts + Self.ends {
                let connection = try await RawConnection.open(site.port)
                // What follows may be a part of it to one server and a request to another.
                try? await connection.send(row.text + RawConnection.get("/about"))
                let expected = row.status == 400 ? [400] : [row.status, 200]
                let isOld = row.lines[0].hasSuffix("1.0")
                _ = try await connection.wait {
                    row.status == 400 ? $0.isClosed : $0.answers == 2 || (isOld && $0.answers == 1)
                }
                let statuses = connection.received.matches(of: /HTTP\/1\.1 (\d{3})/).compactMap { Int($0.1) }
                #expect(statuses.prefix(isOld ? 1 : 2) == expected.prefix(isOld ? 1 : 2)[...], "\(row.testDescription)")
                #expect(row.status != 400 || connection.isClosed, "\(row.testDescription)")
                await connection.close()
            }
        }
    }

    @Test(
        "who speaks HTTP/1.0 has the connection closed after the answer, for that is what tells its end",
        arguments: [[], ["Connection: keep-alive"], ["Connection: close"]])
    func oldVersion(fields: [String]) async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_TIMEOUT": "600"])
        try await TestSite.serve(test) { site in
            for path in ["/about", "/nowhere"] {
                let connection = try await RawConnection.open(site.port)
                try await connection.send((["GET \(path) HTTP/1.0"] + fields + ["", ""]).joined(separator: "\r\n"))
                #expect(try await connection.wait { $0.isClosed })
                #expect(connection.received.hasSuffix("</html>\n"))
            }
        }
    }

    @Test(
        "who asks for the end of the connection in whatever spelling has it closed after the answer",
        arguments: ["close", "Close", "CLOSE", "close, TE", "TE, close"])
    func wantsEnd(option: String) async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_TIMEOUT": "600"])
        try await TestSite.serve(test) { site in
            let connection = try await RawConnection.open(site.port)
            try await connection.send("GET /about HTTP/1.1\r\nHost: a\r\nConnection: \(option)\r\n\r\n")
            #expect(try await connection.wait { $0.isClosed })
            #expect(connection.received.hasSuffix("</html>\n"))
        }
    }

    @Test("the requests before it are answered, those after it are not")
    func pipelined() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let connection = try await RawConnection.open(site.port)
            try await connection.send(
                RawConnection.get("/about") + "GET /about HTTP/1.1\r\n\r\n" + RawConnection.get("/about"))
            #expect(try await connection.wait { $0.isClosed })
            let statuses = connection.received.matches(of: /HTTP\/1\.1 (\d{3})/).compactMap { Int($0.1) }
            #expect(statuses == [200, 400])
        }
    }
}
