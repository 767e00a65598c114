import Testing

@testable import Mail

@Suite("addresses")
struct AddressTests {
    @Test(
        "what RFC 5321 and 6531 allow is read, with its domain as A-labels",
        arguments: [
            ("ann@example.org", "ann", "example.org"),
            ("  ann@example.org\n", "ann", "example.org"),
            ("Ann.Lee+papers@Example.ORG", "Ann.Lee+papers", "example.org"),
            ("o'hara/x=y@example.org", "o'hara/x=y", "example.org"),
            ("\"ann lee\"@example.org", "\"ann lee\"", "example.org"),
            ("\"ann\"@example.org", "ann", "example.org"),
            ("\"a\\\"b\"@example.org", "\"a\\\"b\"", "example.org"),
            ("jürgen@bücher.example", "jürgen", "xn--bcher-kva.example"),
            ("利用者@例え.テスト", "利用者", "xn--r8jz45g.xn--zckzah"),
            ("ann@ｅｘａｍｐｌｅ.org", "ann", "example.org"),
            ("ann@xn--bcher-kva.example", "ann", "xn--bcher-kva.example"),
            ("ann@a-b.c-d.example", "ann", "a-b.c-d.example"),
            ("ann@example。org", "ann", "example.org"),
            ("ann@BÜCHER.example", "ann", "xn--bcher-kva.example"),
            ("ann@xn--80ak6aa92e.com", "ann", "xn--80ak6aa92e.com"),
            ("ann@r3---sn.example.org", "ann", "r3---sn.example.org"),
        ])
    func reads(text: String, local: String, domain: String) throws {
        let address = try Address(text)
        #expect(address.localPart == local)
        #expect(address.asciiDomain == domain)
        #expect(address.wire == "\(local)@\(domain)")
    }

    @Test(
        "what is wrong is said, and where",
        arguments: [
            ("", "it is empty", nil),
            ("   ", "it is empty", nil),
            ("ann", "the @ and the domain are missing", nil),
            ("@example.org", "nothing precedes the @", 1),
            ("ann@", "nothing follows the @", 4),
            ("ann@@example.org", "a second @", 5),
            ("ann@b@example.org", "a second @", 6),
            (".ann@example.org", "begins with a dot", 1),
            ("ann..lee@example.org", "two dots", 5),
            ("ann.@example.org", "ends with a dot", 5),
            ("ann lee@example.org", "holds a space", 4),
            ("ann\r\nRCPT TO:<x@example.org>@example.org", "holds a line end", 4),
            ("ann\u{0}@example.org", "control character", 4),
            ("ann\u{202E}@example.org", "invisible character", 4),
            ("a\u{200B}nn@example.org", "invisible character", 2),
            ("ann,lee@example.org", "\",\" is not allowed", 4),
            ("<ann@example.org>", "\"<\" is not allowed", 1),
            ("\"ann@example.org", "not closed", nil),
            ("\"ann\"lee@example.org", "followed by an @", 6),
            ("ann@localhost", "has no dot", 5),
            ("ann@example..org", "empty label", 5),
            ("ann@example.org.", "empty label", 5),
            ("ann@-example.org", "hyphen", 5),
            ("ann@exa_mple.org", "\"_\" is not allowed", 5),
            ("ann@example.org>", "\">\" is not allowed", 5),
            ("ann@example.org\nBcc: x@example.org", "holds a line end", 16),
            ("ann@127.0.0.1", "ends in a number", 5),
            ("ann@[127.0.0.1]", "address literal", 5),
            ("ann@bü/cher.example", "not a domain name", 5),
            ("ann@bü:80.example", "not a domain name", 5),
            ("ann@bü%41.example", "not a domain name", 5),
            ("ann@ex\u{2100}mple.org", "not a domain name", 5),
            ("ann@\u{5D0}1a.example", "not a domain name", 5),
            ("ann@a\u{5D0}.example", "not a domain name", 5),
            ("ann@\u{301}a.example", "not a domain name", 5),
            ("ann@ü-.example", "not a domain name", 5),
            ("ann@xn--a.example", "not a domain name", 5),
            ("ann@xn--zzzzzzzzzzzz99999.example", "not a domain name", 5),
            ("ann@xn--ASCII-.example", "not a domain name", 5),
            ("ann@xn--.example", "not a domain name", 5),
            ("ann@xn--bcher-kvA0.example", "not a domain name", 5),
        ] as [(String, String, Int?)])
    func refuses(text: String, reason: String, position: Int?) {
        let error = #expect(throws: AddressError.self) { try Address(text) }
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
        #expect(error?.position == position)
    }

    @Test("lengths are limited to 64 bytes, 63 a label and 254 in all")
    func lengths() throws {
        #expect(try Address(String(repeating: "a", count: 64) + "@example.org").localPart.count == 64)
        #expect(throws: AddressError.self) { try Address(String(repeating: "a", count: 65) + "@example.org") }
        #expect(throws: AddressError.self) { try Address(String(repeating: "é", count: 33) + "@example.org") }
        #expect(throws: AddressError.self) { try Address("a@\(String(repeating: "d", count: 64)).org") }
        let domain = [63, 63, 57].map { String(repeating: "d", count: $0) }.joined(separator: ".") + ".org"
        let local = String(repeating: "a", count: 64)
        #expect(try Address("\(local)@\(domain)").description.count == 254)
        #expect(throws: AddressError.self) { try Address("\(local)@d\(domain.dropFirst(2)).example") }
    }

    @Test("the key joins spellings of one mailbox and keeps the plus part")
    func key() throws {
        #expect(try Address("Ann@EXAMPLE.org").key == Address("ann@example.org").key)
        #expect(try Address("ann@BÜCHER.example").key == "ann@xn--bcher-kva.example")
        #expect(try Address("e\u{301}va@example.org").key == Address("\u{E9}va@example.org").key)
        #expect(try Address("ann+x@example.org").key != Address("ann@example.org").key)
    }

    @Test("an error shows the text without what could reorder or break a line")
    func errorText() {
        let error = #expect(throws: AddressError.self) { try Address("a\u{202E}b\r\nc") }
        #expect(error?.description == "\"ab c\" is not a mail address: it holds an invisible character (character 2)")
    }

    @Test(
        "mailboxes are read with and without names, and written so that they read back",
        arguments: [
            ("papers@example.org", nil),
            ("Broadsheet <papers@example.org>", "Broadsheet"),
            ("\"Lee, Ann \\\"A\\\"\" <papers@example.org>", "Lee, Ann \"A\""),
            ("Zoë Ünal <papers@example.org>", "Zoë Ünal"),
            ("<papers@example.org>", nil),
        ] as [(String, String?)])
    func mailboxes(text: String, name: String?) throws {
        let mailbox = try Mailbox(parsing: text)
        #expect(mailbox.name == name)
        #expect(mailbox.address.description == "papers@example.org")
        #expect(try Mailbox(parsing: mailbox.description) == mailbox)
    }

    @Test(
        "a mailbox with an open bracket or words after it is refused",
        arguments: ["Ann <ann@example.org", "Ann <ann@example.org> x"])
    func brokenMailboxes(text: String) {
        #expect(throws: AddressError.self) { try Mailbox(parsing: text) }
    }
}
