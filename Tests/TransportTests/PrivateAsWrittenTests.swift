import Testing

@testable import Transport

@Suite("Addresses that are private as they are written")
struct PrivateAsWrittenTests {
    @Test(
        "loopback, private and link-local literals and localhost are; names and public addresses are not",
        arguments: [
            ("http://127.0.0.1:8000/a", true), ("http://localhost/", true), ("http://[::1]/", true),
            ("https://10.1.2.3/feed", true), ("https://192.168.0.9/feed", true), ("http://169.254.169.254/", true),
            ("https://172.32.0.1/", false), ("https://example.org/127.0.0.1", false), ("https://8.8.8.8/", false),
            ("nonsense", false),
        ])
    func asWritten(url: String, isPrivate: Bool) {
        #expect(HTTPRequest(url: url).isPrivateAsWritten == isPrivate)
    }
}
