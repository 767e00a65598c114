import Foundation
import TestSupport
import Testing

@testable import Web

/// Raw sockets against the real server.
@Suite("Clients that mean harm", .serialized)
struct SlowClientsTests {
    private func serve(_ environment: [String: String] = [:], _ work: (TestSite) async throws -> Void) async throws {
        let test = try await TestInstallation(environment: environment)
        try await TestSite.serve(test, work)
    }

    private static let brief = ["BROADSHEET_WEB_TIMEOUT": "1"]

    @Test(
        "a request that does not become whole is cut off",
        arguments: [
            "", "GET / HTTP/1.1\r\nHost: pap",
            "POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nemail=",
        ])
    func halfRequest(start: String) async throws {
        try await serve(Self.brief) { site in
            let connection = try await RawConnection.open(site.port)
            if !start.isEmpty { try? await connection.send(start) }
            #expect(try await connection.wait { $0.isClosed })
        }
    }

    @Test("one byte now and then does not keep a connection open, in the header or in the body")
    func slowloris() async throws {
        try await serve(Self.brief) { site in
            for start in [
                "GET / HTTP/1.1\r\nX: ", "POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n",
            ] {
                let connection = try await RawConnection.open(site.port)
                // Where this test comes late to it, the connection is cut already.
                try? await connection.send(start)
                let cut = try await connection.wait { connection in
                    Task { try? await connection.send("a") }
                    return connection.isClosed
                }
                #expect(cut)
            }
        }
    }

    @Test("who reads no answer is cut off, and makes room for the next")
    func deafClient() async throws {
        try await serve(Self.brief.merging(["BROADSHEET_WEB_CONNECTIONS": "1"]) { $1 }) { site in
            let deaf = try await RawConnection.open(site.port)
            try await deaf.stopReading()
            // Answers enough to fill every buffer on the way.
            // Where this test comes late to it, the connection is cut already.
            try? await deaf.send(String(repeating: RawConnection.get("/filters/help"), count: 2000))
            let next = try await RawConnection.open(site.port)
            try await next.send(RawConnection.get("/healthz"))
            #expect(try await next.wait { $0.answers == 1 })
            await deaf.close()
        }
    }

    @Test("idle connections are closed, those in use are kept")
    func idle() async throws {
        try await serve(["BROADSHEET_WEB_TIMEOUT": "3"]) { site in
            // On a machine under load this test may itself be idle for too long: then it has seen nothing, and tries again.
            for _ in 1...10 {
                let connection = try await RawConnection.open(site.port)
                let start = ContinuousClock.now
                var longestPause = Duration.zero
                var last = start
                while start.duration(to: .now) < .seconds(5), !connection.isClosed {
                    try? await connection.send(RawConnection.get("/healthz"))
                    try await Task.sleep(for: .milliseconds(500))
                    longestPause = max(longestPause, last.duration(to: .now))
                    last = .now
                }
                guard !connection.isClosed else {
                    #expect(longestPause > .seconds(2), "closed although it was in use")
                    continue
                }
                #expect(try await connection.wait { $0.isClosed })
                return
            }
            Issue.record("never kept in use")
        }
    }

    @Test(
        "headers that are too large or too many are answered with 400, and the connection is closed",
        arguments: [
            "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 1 << 20))\r\n\r\n",
            "GET /\(String(repeating: "a", count: 1 << 20)) HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: a\r\n", count: 5000))\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 20_000))\r\n\r\n", "nonsense\r\n\r\n",
            "POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nemail",
            "POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ])
    func badHeaders(request: String) async throws {
        try await serve { site in
            let connection = try await RawConnection.open(site.port)
            // It may be closed before all of it is sent.
            try? await connection.send(request)
            #expect(try await connection.wait { $0.isClosed })
            let answer = connection.received
            #expect(answer.hasPrefix("HTTP/1.1 400"), "\(answer.prefix(80))")
        }
    }

    @Test("a body that is too large is answered with 413 before it is read, and the connection is closed")
    func largeBody() async throws {
        try await serve { site in
            let connection = try await RawConnection.open(site.port)
            let body = "email=" + String(repeating: "a", count: 10 << 20)
            Task { try? await connection.send(RawConnection.post("/subscribe", body)) }
            #expect(try await connection.wait { $0.isClosed })
            #expect(connection.received.hasPrefix("HTTP/1.1 413"))
            #expect(connection.answers == 1)
            #expect(connection.received.lowercased().contains("content-security-policy:"))
        }
    }

    @Test("requests that follow each other on one connection are each answered, in order")
    func pipelined() async throws {
        try await serve { site in
            let requests = (1...50).map { RawConnection.get($0 % 2 == 0 ? "/healthz" : "/nowhere") }
            let statuses = try await RawConnection.statuses(site.port, requests)
            #expect(statuses == (1...50).map { $0 % 2 == 0 ? 200 : 404 })
        }
    }

    @Test("a request that begins before the last answer is written is answered too")
    func overlapping() async throws {
        try await serve { site in
            let form = RawConnection.post("/subscribe", "email=ada%40example.org")
            let connection = try await RawConnection.open(site.port)
            try await connection.send(form + String(form.dropLast(5)))
            #expect(try await connection.wait { $0.answers == 1 })
            try await connection.send(String(form.suffix(5)))
            #expect(try await connection.wait { $0.answers == 2 })
            #expect(!connection.isClosed)
        }
    }

    @Test("one client has no more connections than are allowed to it, and a trusted proxy as many as there are")
    func connectionsOfOne() async throws {
        let limit = ["BROADSHEET_WEB_CLIENT_CONNECTIONS": "2"]
        try await serve(limit) { site in
            let first = try await answered(site)
            _ = try await answered(site)
            let third = try await RawConnection.open(site.port)
            #expect(try await third.wait { $0.isClosed })
            #expect(third.answers == 0)
            await first.close()
            #expect(try await answeredAtLast(site))
        }
        try await serve(limit.merging(["BROADSHEET_WEB_TRUSTED_PROXIES": "127.0.0.1"]) { $1 }) { site in
            for _ in 1...5 { _ = try await answered(site) }
        }
    }

    /// A connection that stays open, with one answer.
    private func answered(_ site: TestSite) async throws -> RawConnection {
        let connection = try await RawConnection.open(site.port)
        try await connection.send(RawConnection.get("/healthz"))
        #expect(try await connection.wait { $0.answers == 1 })
        return connection
    }

    /// Whether a new connection gets its answer, once the server has seen that another has gone.
    private func answeredAtLast(_ site: TestSite) async throws -> Bool {
        for _ in 0..<100 {
            let connection = try await RawConnection.open(site.port)
            try? await connection.send(RawConnection.get("/healthz"))
            _ = try await connection.wait { $0.answers == 1 || $0.isClosed }
            if connection.answers == 1 { return true }
        }
        return false
    }

    @Test("more connections than are allowed wait until one is closed")
    func connections() async throws {
        try await serve(["BROADSHEET_WEB_CONNECTIONS": "2"]) { site in
            let first = try await RawConnection.open(site.port)
            let second = try await RawConnection.open(site.port)
            for connection in [first, second] {
                try await connection.send(RawConnection.get("/healthz"))
                #expect(try await connection.wait { $0.answers == 1 })
            }
            let third = try await RawConnection.open(site.port)
            try await third.send(RawConnection.get("/healthz"))
            #expect(try await !third.wait(seconds: 0.5) { $0.answers == 1 })
            await first.close()
            #expect(try await third.wait { $0.answers == 1 })
        }
    }
}
