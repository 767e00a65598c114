import Core
import Foundation
import Loopback
import Synchronization
import TestTools
import Testing

@testable import Transport

@Suite("fetching", .timeLimit(.minutes(10)))
struct HTTPFetcherTests {
    let fetcher = HTTPFetcher(userAgent: "Broadsheet/1.0 (+https://papers.example.org)")

    /// Starts a server, fetches a path from it, and gives both what came and what was asked.
    func fetch(
        _ path: String = "/feed", change: (inout HTTPRequest) -> Void = { _ in }, responder: @escaping HTTPResponder
    ) async throws -> (result: Result<HTTPResponse, TransportError>, requests: [HTTPServerRequest], base: String) {
        let server = try await HTTPFileServer.start(responder: responder)
        var request = HTTPRequest(url: server.baseURL + path)
        request.allowsPrivateAddresses = true
        change(&request)
        let result: Result<HTTPResponse, TransportError>
        do throws(TransportError) {
            result = .success(try await fetcher.fetch(request))
        } catch {
            result = .failure(error)
        }
        await server.stop()
        return (result, server.requests, server.baseURL)
    }

    func error(_ result: Result<HTTPResponse, TransportError>) -> TransportError? {
        if case .failure(let error) = result { error } else { nil }
    }

    @Test("a document comes with its headers, and the request says who asks and what it takes")
    func plain() async throws {
        let (result, requests, base) = try await fetch(change: { $0.accept = "application/atom+xml" }) {
            .document(Array("<feed/>".utf8), contentType: "application/atom+xml", etag: "\"1\"", for: $0)
        }
        let response = try result.get()
        #expect(response.status == 200)
        #expect(response.body == Array("<feed/>".utf8))
        #expect(response.headers["etag"] == "\"1\"")
        #expect(response.headers["CONTENT-TYPE"] == "application/atom+xml")
        #expect(response.finalURL == "\(base)/feed")
        #expect(response.redirects.isEmpty)
        #expect(requests.count == 1)
        #expect(requests[0].header("user-agent") == "Broadsheet/1.0 (+https://papers.example.org)")
        #expect(requests[0].header("accept") == "application/atom+xml")
        #expect(requests[0].header("accept-encoding")?.contains("gzip") == true)
        #expect(requests[0].header("if-none-match") == nil)
    }

    @Test("validators make the request conditional, and 304 comes back with no body")
    func conditional() async throws {
        for (etag, lastModified) in [("\"1\"", nil), (nil, "Mon, 23 Nov 2026 06:30:00 GMT")] as [(String?, String?)] {
            let (result, requests, _) = try await fetch(change: {
                $0.etag = etag
                $0.lastModified = lastModified
            }) {
                .document(
                    [65], contentType: "text/xml", etag: "\"1\"", lastModified: "Mon, 23 Nov 2026 06:30:00 GMT", for: $0
                )
            }
            #expect(try result.get().status == 304)
            #expect(try result.get().body.isEmpty)
            #expect(requests[0].header("if-none-match") == etag)
            #expect(requests[0].header("if-modified-since") == lastModified)
        }
    }

    @Test("redirects are followed, reported in order and told apart", arguments: [301, 302, 303, 307, 308])
    func redirects(status: Int) async throws {
        let (result, _, base) = try await fetch("/a") { request in
            switch request.path {
            case "/a": .redirect(status, to: "/b?x=1")
            case "/b?x=1": .redirect(302, to: "c")
            default: HTTPServerReply(body: Array(request.path.utf8))
            }
        }
        let response = try result.get()
        #expect(
            response.redirects == [
                HTTPRedirect(status: status, from: "\(base)/a", to: "\(base)/b?x=1"),
                HTTPRedirect(status: 302, from: "\(base)/b?x=1", to: "\(base)/c"),
            ])
        #expect(response.redirects[0].isPermanent == [301, 308].contains(status))
        #expect(response.finalURL == "\(base)/c")
        #expect(response.body == Array("/c".utf8))
    }

    @Test("a redirect loop ends at the limit")
    func loop() async throws {
        let (result, requests, _) = try await fetch { _ in .redirect(301, to: "/feed") }
        #expect(error(result)?.kind == .tooManyRedirects)
        #expect(requests.count == 6)
    }

    @Test(
        "a redirect never leaves http and https",
        arguments: [
            "file:///etc/passwd", "ftp://example.org/x", "gopher://127.0.0.1/", "smtp://127.0.0.1/",
            "data:text/plain,x",
        ])
    func schemes(target: String) async throws {
        let (result, requests, _) = try await fetch(change: { $0.allowedSchemes = ["http", "https", "file"] }) { _ in
            .redirect(302, to: target)
        }
        #expect(error(result) != nil)
        #expect(requests.count == 1)
    }

    @Test("addresses of this machine are refused unless allowed, written as a number, by name or reached by redirect")
    func privateAddresses() async throws {
        let server = try await HTTPFileServer.start { _ in HTTPServerReply(body: [65]) }
        for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f000001", "2130706433", "127.1"] {
            let request = HTTPRequest(url: "http://\(host):\(server.port)/")
            let error = await #expect(throws: TransportError.self) { try await fetcher.fetch(request) }
            #expect(error?.kind == .forbidden, "\(String(describing: error))")
        }
        #expect(server.requests.isEmpty)
        await server.stop()
    }

    @Test("the address is checked where the connection is made, whatever the URL says")
    func checkedOnConnecting() throws {
        var request = HTTPRequest(url: "http://127.0.0.1:1/")
        let target = try FetchTarget("http://2130706433/", schemes: ["http"])
        // What the text does not show, the socket does.
        #expect(!target.isPrivateLiteral)
        request.url = "http://2130706433:1/"
        let error = #expect(throws: TransportError.self) {
            try HTTPTransfer(request, userAgent: "x", cancellation: StopFlag()).run()
        }
        #expect(error?.kind == .forbidden)
        #expect(error?.description.contains("127.0.0.1") == true)
    }

    @Test("a body over the limit is cut off, announced or not, and a bomb is measured unpacked")
    func tooLarge() async throws {
        let (announced, _, _) = try await fetch(change: { $0.maxBytes = 1000 }) { _ in
            HTTPServerReply(body: Array(repeating: 65, count: 1001))
        }
        #expect(error(announced)?.kind == .tooLarge)
        let (endless, _, _) = try await fetch(change: { $0.maxBytes = 100_000 }) { _ in
            var reply = HTTPServerReply(body: Array(repeating: 65, count: 1000))
            reply.pace = .endless
            return reply
        }
        #expect(error(endless)?.kind == .tooLarge)
        let bomb = try gzip(Array(repeating: 0, count: 5_000_000))
        #expect(bomb.count < 10_000)
        let (packed, _, _) = try await fetch(change: { $0.maxBytes = 1_000_000 }) { _ in
            HTTPServerReply(headers: [("Content-Encoding", "gzip")], body: bomb)
        }
        #expect(error(packed)?.kind == .tooLarge)
    }

    @Test("a packed body comes unpacked")
    func unpacked() async throws {
        let text = Array("<rss>é</rss>".utf8)
        let packed = try gzip(text)
        let (result, _, _) = try await fetch { _ in
            HTTPServerReply(headers: [("Content-Encoding", "gzip")], body: packed)
        }
        #expect(try result.get().body == text)
    }

    @Test("the leave to be on a private address does not go on to another private host by a redirect")
    func privateRedirect() async throws {
        for target in ["http://169.254.169.254/latest/meta-data", "http://localhost:1/", "http://10.0.0.1/"] {
            let (result, _, _) = try await fetch(change: { $0.allowsPrivateAddresses = true }) { _ in
                .redirect(302, to: target)
            }
            #expect(error(result)?.kind == .forbidden, "\(target)")
        }
    }

    @Test("nor to another port, scheme or name of the same machine; on the very same it goes on")
    func otherPort() async throws {
        let other = try await HTTPFileServer.start { _ in HTTPServerReply(body: [66]) }
        let (elsewhere, _, base) = try await fetch { _ in .redirect(302, to: "\(other.baseURL)/") }
        #expect(error(elsewhere)?.kind == .forbidden)
        #expect(error(elsewhere)?.description.contains(base) == true)
        #expect(other.requests.isEmpty)
        await other.stop()
        let (same, _, _) = try await fetch { request in
            request.path == "/feed" ? .redirect(302, to: "/there") : HTTPServerReply(body: [65])
        }
        #expect(try same.get().body == [65])
    }

    @Test(
        "addresses have their scheme, host and port in common, whatever else they say",
        arguments: [
            ("http://10.0.0.1/a", "http://10.0.0.1:80/b?c", true),
            ("https://Example.org", "https://example.org:443/", true),
            ("http://10.0.0.1/", "https://10.0.0.1/", false), ("http://10.0.0.1/", "http://10.0.0.1:8080/", false),
            ("http://10.0.0.1/", "http://10.0.0.2/", false), ("http://u:p@10.0.0.1/", "http://10.0.0.1/", true),
            ("nonsense", "nonsense", false),
        ])
    func origins(one: String, other: String, areSame: Bool) {
        #expect(HTTPRequest.haveSameOrigin(one, other) == areSame)
    }

    @Test("a server that is silent or drips is given up in time")
    func slow() async throws {
        for pace in [HTTPServerReply.Pace.atOnce, .trickled(bytes: 1, everyMilliseconds: 100)] {
            let (result, _, _) = try await fetch(change: { $0.timeout = .milliseconds(400) }) { _ in
                var reply = HTTPServerReply(body: Array(repeating: 65, count: 1000))
                reply.pace = pace
                reply.delayMilliseconds = pace == .atOnce ? 3_600_000 : 0
                return reply
            }
            #expect(error(result)?.kind == .timedOut)
        }
    }

    @Test("cancelling the task ends the transfer")
    func cancelling() async throws {
        let isAnswering = Mutex(false)
        let server = try await HTTPFileServer.start { _ in
            isAnswering.withLock { $0 = true }
            var reply = HTTPServerReply(body: Array(repeating: 65, count: 1_000_000))
            reply.pace = .trickled(bytes: 1, everyMilliseconds: 50)
            return reply
        }
        var request = HTTPRequest(url: server.baseURL)
        request.allowsPrivateAddresses = true
        let task = Task { [request] in try await fetcher.fetch(request) }
        await Awaiting.until { isAnswering.withLock(\.self) }
        task.cancel()
        let error = await #expect(throws: TransportError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        await server.stop()
    }

    @Test("errors are answers too", arguments: [404, 410, 429, 500, 503])
    func statuses(status: Int) async throws {
        let (result, _, _) = try await fetch { _ in
            HTTPServerReply(status: status, headers: [("Retry-After", "120")], body: [65])
        }
        #expect(try result.get().status == status)
        #expect(try result.get().headers["retry-after"] == "120")
    }

    @Test("what cannot be reached or read says so, without the password in its address")
    func unreachable() async throws {
        let cases: [(String, TransportError.Kind)] = [
            // Nobody has spoken tcpmux for long; a port that was free just now may be another test's by then.
            ("http://user:hunter2@127.0.0.1:1/", .cannotConnect), ("http://nowhere.invalid/", .nameNotFound),
            ("not a url", .badInput), ("http://", .badInput), ("ftp://example.org/", .forbidden),
            ("file:///etc/hostname", .forbidden),
        ]
        for (url, kind) in cases {
            var request = HTTPRequest(url: url)
            request.allowsPrivateAddresses = true
            let error = await #expect(throws: TransportError.self) { try await fetcher.fetch(request) }
            #expect(error?.kind == kind, "\(url): \(String(describing: error))")
            #expect(error?.description.contains("hunter2") == false)
        }
    }

    @Test("a server that does not speak HTTP is told from a bad address")
    func notHTTP() async throws {
        let receiver = try await SMTPReceiver.start()
        var request = HTTPRequest(url: "http://127.0.0.1:\(receiver.port)/")
        request.allowsPrivateAddresses = true
        let error = await #expect(throws: TransportError.self) { try await fetcher.fetch(request) }
        #expect(error?.kind == .protocolViolation)
        await receiver.stop()
    }

    @Test("a file is read only where the request allows it")
    func files() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xml").path
        try Data("<rss/>".utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var request = HTTPRequest(url: "file://\(path)")
        request.allowedSchemes = ["file"]
        let response = try await fetcher.fetch(request)
        #expect(response.status == 200)
        #expect(response.body == Array("<rss/>".utf8))
        request.url = "file://\(path).missing"
        let error = await #expect(throws: TransportError.self) { try await fetcher.fetch(request) }
        #expect(error?.kind == .unavailable)
    }

    /// Packs by the gzip command, so that the unpacking is tested against another's packing.
    private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return Array(try Command.run("gzip", ["-c", file.path]))
    }
}
