import Testing

@testable import Site

@Suite("Addresses at which mail comes back")
struct ReturnAddressesTests {
    private let key = SiteKey("0123456789abcdef0123456789abcdef")

    @Test(
        "tell what they were made for, whatever happens to their case",
        arguments: ["bounces+*@example.org", "*@b.example.org", "b-*-x@Example.org"])
    func roundTrip(pattern: String) throws {
        let addresses = try #require(ReturnAddresses(pattern: pattern, key: key))
        for id: Int64 in [0, 1, 255, 256, 70_000, .max] {
            let address = addresses.envelopeSender(subscriber: id, nonce: 7)
            #expect(addresses.subject(of: address) == .delivery(subscriber: id, nonce: 7))
            #expect(addresses.subject(of: address.uppercased()) == .delivery(subscriber: id, nonce: 7))
            #expect((address.split(separator: "@").first?.utf8.count ?? 99) <= 64)
            let leaving = addresses.leaving(subscriber: id, epoch: 3)
            #expect(addresses.subject(of: leaving) == .leaving(subscriber: id, epoch: 3))
            #expect(
                addresses.subjects(in: "To: <\(address)>, x <\(leaving)>;".utf8) == [
                    .delivery(subscriber: id, nonce: 7), .leaving(subscriber: id, epoch: 3),
                ])
        }
    }

    @Test("none can be made up: any other letter makes another address")
    func forged() throws {
        let addresses = try #require(ReturnAddresses(pattern: "b+*@example.org", key: key))
        let address = Array(addresses.envelopeSender(subscriber: 42, nonce: 7))
        for index in 2..<(address.count - "@example.org".count) {
            for letter in "ab7" where address[index] != letter {
                var changed = address
                changed[index] = letter
                #expect(addresses.subject(of: String(changed)) == nil)
            }
        }
        let other = try #require(
            ReturnAddresses(pattern: "b+*@example.org", key: SiteKey(String(repeating: "x", count: 32))))
        #expect(other.subject(of: String(address)) == nil)
    }

    @Test(
        "a pattern needs one star before its @", arguments: ["bounces@example.org", "a*b*@example.org", "a@*.org", "*"])
    func patterns(pattern: String) {
        #expect(ReturnAddresses(pattern: pattern, key: key) == nil)
    }
}
