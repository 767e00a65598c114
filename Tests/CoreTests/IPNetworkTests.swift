import Testing

@testable import Core

@Suite("ranges of addresses")
struct IPNetworkTests {
    @Test(
        "a range holds what shares its leading bits, and nothing of the other family",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false), ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false),
            ("172.16.0.0/12", "172.31.255.255", true), ("172.16.0.0/12", "172.32.0.0", false),
            ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
            ("::1", "::1", true), ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("192.0.2.128/25", "192.0.2.127", false),
        ])
    func contains(range: String, address: String, expected: Bool) throws {
        let network = try #require(IPNetwork(range))
        #expect(network.contains(try #require(IPAddress(address))) == expected)
    }

    @Test(
        "what is no range is refused, a base with bits behind its length too",
        arguments: ["", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8", "10.0.0.0/8/8", "example.org", "::/129", "/8"])
    func refused(text: String) { #expect(IPNetwork(text) == nil) }
}
