import Core
import HTTPTypes
import Logging
import Site
import Testing
import Transport

@testable import Web

@Suite("Who the client is")
struct ClientAddressesTests {
    private func client(
        _ peer: String, trusting proxies: String, header: String = "x-forwarded-for", _ fields: [(String, String)]
    ) async throws -> String? {
        let headers = Self.headers(fields)
        return try await clients(trusting: proxies, header: header).client(peer: IPAddress(peer), headers: headers)?
            .description
    }

    private static func headers(_ fields: [(String, String)]) -> HTTPFields {
        var headers = HTTPFields()
        for (name, value) in fields { headers.append(HTTPField(name: .named(name), value: value)) }
        return headers
    }

    private func clients(trusting proxies: String, header: String = "x-forwarded-for") async throws -> ClientAddresses {
        let settings = try await Settings(
            file: nil,
            environment: ["BROADSHEET_WEB_TRUSTED_PROXIES": proxies, "BROADSHEET_WEB_FORWARDED_HEADER": header])
        return ClientAddresses(
            settings.webLimits, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test(
        "a header counts only from a trusted proxy, and of it the last hop that is none",
        arguments: [
            ("198.51.100.9", "", "1.2.3.4", "198.51.100.9"),
            ("198.51.100.9", "10.0.0.0/8", "1.2.3.4", "198.51.100.9"),
            ("10.0.0.1", "10.0.0.0/8", "1.2.3.4", "1.2.3.4"),
            ("10.0.0.1", "10.0.0.0/8", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
            ("10.0.0.1", "10.0.0.0/8", "6.6.6.6,  1.2.3.4:5678 ", "1.2.3.4"),
            ("10.0.0.1", "10.0.0.0/8", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
            ("10.0.0.1", "10.0.0.0/8", "6.6.6.6, unknown, 10.0.0.2", "10.0.0.2"),
            ("10.0.0.1", "10.0.0.0/8", "nonsense", "10.0.0.1"), ("10.0.0.1", "10.0.0.0/8", "", "10.0.0.1"),
            ("::1", "::1 127.0.0.1", "[2001:db8::1]:80", "2001:db8:0:0:0:0:0:1"),
            ("::ffff:127.0.0.1", "127.0.0.0/8", "2001:db8::2", "2001:db8:0:0:0:0:0:2"),
        ])
    func forwardedFor(peer: String, proxies: String, header: String, expected: String) async throws {
        #expect(try await client(peer, trusting: proxies, [("X-Forwarded-For", header)]) == expected)
    }

    @Test("several lines of the header are one list")
    func lines() async throws {
        let fields = [("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-For", "1.2.3.4")]
        #expect(try await client("10.0.0.1", trusting: "10.0.0.1", fields) == "1.2.3.4")
    }

    @Test(
        "Forwarded is read as RFC 7239 writes it, where it is the header to believe",
        arguments: [
            ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"),
            ("for=6.6.6.6, For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe:0:0:0:0:17"),
            ("for=6.6.6.6, proto=https;for=192.0.2.1, for=10.0.0.2", "192.0.2.1"),
            ("for=6.6.6.6, for=_hidden", "10.0.0.1"), ("for=6.6.6.6, for=unknown", "10.0.0.1"),
            ("for=6.6.6.6, proto=https", "10.0.0.1"), ("for=\"1.2.3.4, 5.6.7.8\"", "10.0.0.1"),
        ])
    func forwarded(header: String, expected: String) async throws {
        let fields = [("Forwarded", header), ("X-Forwarded-For", "9.9.9.9")]
        #expect(try await client("10.0.0.1", trusting: "10.0.0.0/8", header: "forwarded", fields) == expected)
        // The other header is whatever the client wrote.
        #expect(try await client("10.0.0.1", trusting: "10.0.0.0/8", fields) == "9.9.9.9")
    }

    struct Hops: Sendable {
        let fields: [(String, String)]
        /// From a proxy that is not trusted, and from one that is.
        let stranger: String?
        let trusted: String?
    }

    @Test(
        "it is certain who the client is where no proxy left a trace, or a trusted one named it",
        arguments: [
            Hops(fields: [], stranger: "10.0.0.1", trusted: "10.0.0.1"),
            Hops(fields: [("User-Agent", "x"), ("X-Requested-With", "x")], stranger: "10.0.0.1", trusted: "10.0.0.1"),
            Hops(fields: [("X-Forwarded-For", "1.2.3.4")], stranger: nil, trusted: "1.2.3.4"),
            Hops(fields: [("X-Forwarded-For", "1.2.3.4"), ("Via", "1.1 a")], stranger: nil, trusted: "1.2.3.4"),
            Hops(fields: [("X-Forwarded-For", "10.0.0.7")], stranger: nil, trusted: "10.0.0.7"),
            Hops(fields: [("X-Forwarded-For", "1.2.3.4, unknown")], stranger: nil, trusted: nil),
            Hops(fields: [("X-Forwarded-For", "")], stranger: nil, trusted: nil),
            Hops(
                fields: [("X-Forwarded-For", "1.2.3.4" + String(repeating: ",10.0.0.2", count: 30))], stranger: nil,
                trusted: nil),
            Hops(fields: [("X-Real-IP", "1.2.3.4")], stranger: nil, trusted: nil),
            Hops(fields: [("X-Forwarded-Proto", "https")], stranger: nil, trusted: nil),
            Hops(fields: [("Forwarded", "for=1.2.3.4")], stranger: nil, trusted: nil),
            Hops(fields: [("Via", "1.1 a")], stranger: nil, trusted: nil),
        ])
    func certain(hops: Hops) async throws {
        let headers = Self.headers(hops.fields)
        for (proxies, expected) in [("", hops.stranger), ("10.0.0.0/8", hops.trusted)] {
            let client = try await clients(trusting: proxies).certainClient(
                peer: IPAddress("10.0.0.1"), headers: headers)
            #expect(client?.description == expected, "\(proxies)")
        }
        #expect(try await clients(trusting: "").certainClient(peer: nil, headers: headers) == nil)
    }
}
