import Foundation
import Testing

@testable import Mail

@Suite("DKIM")
struct DKIMTests {
    @Test(
        "a body's relaxed form, by RFC 6376 section 3.4.4",
        arguments: [
            (" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n"),
            ("", ""),
            ("\r\n\r\n", ""),
            (" \r\n", ""),
            ("a", "a\r\n"),
            ("a\tb  c\r\n", "a b c\r\n"),
            ("a \r\n", "a\r\n"),
            ("a\r\n \r\nb\r\n", "a\r\n\r\nb\r\n"),
        ])
    func bodies(body: String, relaxed: String) {
        #expect(canonical(body) == relaxed)
    }

    @Test("long bodies come out as short ones do, wherever white space falls on a block's edge")
    func blocks() {
        for shift in 0..<12 {
            let filler = String(repeating: "x", count: 2040 + shift)
            for (part, relaxed) in [
                ("a  b", "a b"), ("a \r\nb", "a\r\nb"), ("a\tb", "a b"), ("a b\r\n", "a b\r\n"), ("a \t \r\n", "a\r\n"),
            ] {
                let body = filler + part + filler + part + "end\r\n"
                #expect(canonical(body) == filler + relaxed + filler + relaxed + "end\r\n")
            }
        }
    }

    @Test(
        "a field's relaxed form, by RFC 6376 section 3.4.2",
        arguments: [
            ("A: X\r\n", "a:X\r\n"), ("B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n"), ("Subject:a:b\r\n", "subject:a:b\r\n"),
            ("X:\r\n  folded at once\r\n", "x:folded at once\r\n"),
        ])
    func fields(field: String, relaxed: String) {
        #expect(String(decoding: DKIMCanonical.relaxed(field: field.utf8), as: UTF8.self) == relaxed)
    }

    /// The message of RFC 8463 appendix A.3, which is there signed by another program.
    static let rfcHead = [
        "From: Joe SixPack <joe@football.example.com>", "To: Suzie Q <suzie@shopping.example.net>",
        "Subject: Is dinner ready?", "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)",
        "Message-ID: <20030712040037.46341.5F8J@football.example.com>",
    ]
    static let rfcBody = "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"
    static let rfcKey = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----
        """

    @Test("the Ed25519 signature in RFC 8463 verifies over our canonical form, with its key and body hash")
    func rfcVector() throws {
        let key = try DKIMKey(pem: Self.rfcKey)
        #expect(key.dnsRecord == "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
        let hash = try SHA256()
        hash.update(Array(canonical(Self.rfcBody).utf8))
        let bodyHash = "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="
        #expect(Base64.encode(hash.finish()) == bodyHash)
        let signature = """
            DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=brisbane; t=1528637909; h=from : to :
             subject : date : message-id : from : subject : date;
             bh=\(bodyHash);
             b=
            """
        var data = Self.rfcHead.flatMap { DKIMCanonical.relaxed(field: "\($0)\r\n".utf8) }
        data += DKIMCanonical.relaxed(field: signature.replacing("\n", with: "\r\n").utf8).dropLast(2)
        let value = "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
        #expect(try key.verifies(Array(try #require(Data(base64Encoded: value))), over: data))
    }

    @Test("both algorithms sign at once, name each field once more than it occurs, and verify")
    func signs() throws {
        let keys = [try DKIMKey.generate(.rsa), try DKIMKey.generate(.ed25519)]
        let signer = try DKIMSigner(
            domain: "football.example.com", identities: zip(["r1", "e1"], keys).map { .init(selector: $0, key: $1) },
            now: { Date(timeIntervalSince1970: 1_795_415_400) })
        let head = try Self.rfcHead.map { line in
            let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
            return try HeaderField(parts[0], parts[1])
        }
        let body = body(Array(Self.rfcBody.utf8))
        let result = String(decoding: try signer.signature(fields: head, body: body), as: UTF8.self)
        let fields = result.components(separatedBy: "DKIM-Signature:").dropFirst().map { "DKIM-Signature:\($0)" }
        #expect(fields.count == 2)
        for (field, (key, selector)) in zip(fields, zip(keys, ["r1", "e1"])) {
            #expect(field.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 })
            let tags = tags(of: field)
            #expect(tags["a"] == key.algorithm.rawValue)
            #expect(tags["s"] == selector && tags["d"] == "football.example.com" && tags["t"] == "1795415400")
            #expect(tags["bh"] == "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=")
            #expect(tags["h"] == "from:from:to:to:subject:subject:date:date:message-id:message-id:reply-to:cc")
            let value = try #require(Data(base64Encoded: tags["b"] ?? ""))
            let unsigned = field[..<(try #require(field.range(of: " b=\r\n")).lowerBound)] + " b="
            let data = Self.rfcHead.flatMap { DKIMCanonical.relaxed(field: "\($0)\r\n".utf8) }
            let own = DKIMCanonical.relaxed(field: unsigned.utf8).dropLast(2)
            #expect(try key.verifies(Array(value), over: data + own))
            #expect(try !key.verifies(Array(value), over: data + own + [0x20]))
        }
    }

    @Test("without a clock the same message gives the same signatures")
    func deterministic() throws {
        let key = try DKIMKey.generate(.rsa)
        let signer = try DKIMSigner(domain: "example.org", identities: [.init(selector: "s", key: key)])
        let head = [try HeaderField("From", "a@example.org")]
        #expect(
            try signer.signature(fields: head, body: body([65])) == signer.signature(fields: head, body: body([65])))
        #expect(
            try signer.signature(fields: head, body: body([65])) != signer.signature(fields: head, body: body([66])))
    }

    @Test("keys are written as PEM and read back", arguments: DKIMKey.Algorithm.allCases)
    func keys(algorithm: DKIMKey.Algorithm) throws {
        let key = try DKIMKey.generate(algorithm)
        let again = try DKIMKey(pem: key.pem)
        #expect(again.algorithm == algorithm)
        #expect(again.dnsRecord == key.dnsRecord)
        #expect(key.pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    }

    @Test("what cannot sign is refused with a reason")
    func badKeys() throws {
        #expect(throws: MailError.self) { try DKIMKey(pem: "") }
        #expect(throws: MailError.self) {
            try DKIMKey(pem: "-----BEGIN PRIVATE KEY-----\nxxxx\n-----END PRIVATE KEY-----\n")
        }
        let key = try DKIMKey.generate(.ed25519)
        #expect(throws: MailError.self) { try DKIMSigner(domain: "example.org", identities: []) }
        for (domain, selector) in [
            ("example org", "s"), ("example.org", "s;x"), ("", "s"), ("example.org", ""), ("a..b", "s"),
        ] {
            #expect(throws: MailError.self) {
                try DKIMSigner(domain: domain, identities: [.init(selector: selector, key: key)])
            }
        }
    }

    @Test("a body that begins like others has the hash it would have alone, wherever that beginning ends")
    func beginnings() throws {
        for text in [Self.rfcBody, "one\r\ntwo \r\n\r\n", "a  b\r\n", "\r\n\r\n", "", "no end", " \r\n=20\r\n"] {
            let bytes = Array(text.utf8)
            for end in 0...bytes.count {
                let beginning = HashedBeginning(count: end)
                for body in [bytes, bytes, Array(bytes[..<end]) + Array("other \r\n".utf8)] {
                    #expect(try DKIMCanonical.hash(of: body, beginning) == DKIMCanonical.hash(of: body))
                }
            }
            let hash = try SHA256()
            hash.update(Array(canonical(text).utf8))
            #expect(try DKIMCanonical.hash(of: bytes) == hash.finish())
        }
    }

    /// Bytes that need not be those of a mail.
    private func body(_ bytes: [UInt8]) -> MIMEBody {
        MIMEBody(frame: MIMEFrame(name: ""), bytes: bytes, text: 0..<0, html: 0..<0)
    }

    private func canonical(_ body: String) -> String {
        var result: [UInt8] = []
        Array(body.utf8).withUnsafeBytes { bytes in
            _ = DKIMCanonical.relaxed(body: bytes) { result.append(contentsOf: $0) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private func tags(of field: String) -> [String: String] {
        let value = field.dropFirst("DKIM-Signature:".count).filter { !$0.isWhitespace }
        let pairs = value.split(separator: ";").map { tag in
            let end = tag.firstIndex(of: "=") ?? tag.endIndex
            return (String(tag[..<end]), String(tag[end...].dropFirst()))
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
