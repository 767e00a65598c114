import Core
import Foundation
import Loopback
import TestServers
import Testing

@testable import Transport

@Suite("Asking the domain name system")
struct DNSTests {
    private func resolver(_ records: [String: [DNSAnswerer.Record]]) async throws -> DNSResolver {
        let answerer = try await DNSAnswerer.start(records)
        let server: DNSResolver.Server = try #require(DNSResolver.Server("127.0.0.1:\(answerer.port)"))
        return DNSResolver(server: server, seconds: 2)
    }

    @Test("long texts come in one piece, mail servers in their order, addresses by their names")
    func records() async throws {
        let long = String(repeating: "0123456789", count: 60)
        let resolver = try await resolver([
            "example.org": [
                .txt(long), .txt(""), .mx(preference: 20, host: "b.example.org"),
                .mx(preference: 5, host: "a.example.org"),
            ],
            "a.example.org": [.a([192, 0, 2, 1])],
            "1.2.0.192.in-addr.arpa": [.ptr("a.example.org")],
        ])
        #expect(try await resolver.texts("example.org") == [long, ""])
        #expect(try await resolver.mailServers("example.org").map(\.host) == ["a.example.org", "b.example.org"])
        let address = try #require(try await resolver.addresses("a.example.org").first)
        #expect(address.description == "192.0.2.1")
        #expect(try await resolver.names(of: address) == ["a.example.org"])
    }

    @Test("a name without such records and a name that is not there both have none")
    func none() async throws {
        let resolver = try await resolver(["example.org": [.txt("text")]])
        #expect(try await resolver.mailServers("example.org").isEmpty)
        #expect(try await resolver.texts("other.example.org").isEmpty)
    }

    @Test("a server that does not answer is not taken for one that knows nothing")
    func away() async throws {
        let port = try await LoopbackPort.free()
        let resolver = DNSResolver(server: DNSResolver.Server("127.0.0.1:\(port)"), seconds: 1)
        await #expect(throws: DNSResolver.Unanswered.self) { try await resolver.texts("example.org") }
    }

    @Test(
        "answers that break off, or whose names go in circles, end",
        arguments: [
            [UInt8](), [UInt8](repeating: 0, count: 11), [0, 1, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0],
            [0, 1, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 16, 0, 1],
            [0, 1, 0x81, 0x80, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 16, 0, 1, 0, 0, 0, 0, 255, 255, 1],
            [0, 1, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0, 63, 1, 2, 3],
        ])
    func broken(bytes: [UInt8]) {
        #expect(DNSMessage(bytes, type: .txt) == nil)
    }

    @Test("reverse names of both families")
    func reverse() throws {
        #expect(DNSResolver.reverse(try #require(IPAddress("192.0.2.10"))) == "10.2.0.192.in-addr.arpa")
        let six = DNSResolver.reverse(try #require(IPAddress("2a00::1")))
        #expect(six.hasPrefix("1.0.0.0.") && six.hasSuffix(".0.0.a.2.ip6.arpa") && six.count == 72)
    }

    @Test("a certificate's end is read as OpenSSL prints it")
    func certificates() {
        #expect(CertificateTime.date("Nov  5 22:30:17 2027 GMT")?.formatted(.iso8601) == "2027-11-05T22:30:17Z")
        #expect(CertificateTime.date("Thu Nov 5") == nil)
    }
}
