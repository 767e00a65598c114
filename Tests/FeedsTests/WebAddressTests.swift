import Testing

@testable import Feeds

@Suite("Addresses")
struct WebAddressTests {
    /// RFC 3986, section 5.4, as far as it leads to pages.
    @Test(
        "relative references by RFC 3986",
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"),
            ("g#s", "http://a/b/c/g#s"),
            (";x", "http://a/b/c/;x"), (".", "http://a/b/c/"), ("..", "http://a/b/"), ("../g", "http://a/b/g"),
            ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("g.", "http://a/b/c/g."),
            ("./../g", "http://a/b/g"), ("g/./h", "http://a/b/c/g/h"), ("g;x=1/../y", "http://a/b/c/y"),
        ])
    func relative(_ reference: String, absolute: String) {
        #expect(WebAddress.resolve(reference, against: "http://a/b/c/d;p?q") == absolute)
    }

    @Test(
        "only pages of the web",
        arguments: ["javascript:alert(1)", "mailto:a@b.org", "data:text/html,x", "", "http:///x", "ftp://a/b"])
    func refused(_ reference: String) { #expect(WebAddress.resolve(reference, against: "https://a.org/") == nil) }

    @Test("blanks inside and around")
    func blanks() { #expect(WebAddress.resolve(" https://a.org/b c ", against: nil) == "https://a.org/b%20c") }

    @Test("a relative one needs a base")
    func baseless() { #expect(WebAddress.resolve("/x", against: nil) == nil) }
}
