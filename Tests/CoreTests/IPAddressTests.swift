import Testing

@testable import Core

@Suite("addresses of machines")
struct IPAddressTests {
    @Test(
        "loopback, private, link-local and special ranges are not public",
        arguments: [
            "127.0.0.1", "127.255.1.2", "0.0.0.0", "10.1.2.3", "100.64.0.1", "169.254.169.254", "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
            "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1",
            "ff02::1", "2001:db8::1", "2001::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1",
            "64:ff9b::7f00:1", "2002:7f00:1::1", "::127.0.0.1", "3fff::1", "[::1]",
        ])
    func notPublic(text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic == false)
    }

    @Test(
        "addresses of the Internet are public",
        arguments: [
            "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::1",
            "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
        ])
    func isPublic(text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic)
    }

    @Test("names are no addresses", arguments: ["localhost", "example.org", "1.2.3", "", "1.2.3.4.5"])
    func names(text: String) {
        #expect(IPAddress(text) == nil)
    }
}
