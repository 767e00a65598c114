/// A mail address: `local-part@domain` (RFC 5321 section 4.1.2, RFC 5322 section 3.4.1), internationalised parts
/// included (RFC 6531). One that exists can be written into a header and an SMTP command as it is.
///
/// Refused although the grammar knows them: domains with one label and address literals (`[192.0.2.1]`), because no
/// subscriber is reached by them, and comments and folding inside an address, which RFC 5321 has no place for.
public struct Address: Hashable, Sendable {
    /// The part before the `@` in the form that goes over the wire; quotes that were not needed are gone.
    public let localPart: String
    /// The part after the `@` as it was typed.
    public let domain: String
    /// The domain in lower case, labels outside ASCII as A-labels (RFC 5890): `xn--bcher-kva.example`.
    public let asciiDomain: String

    /// Reads one address; white space around it is ignored.
    ///
    /// - Throws: ``AddressError`` that says what is wrong and at which character.
    public init(_ text: String) throws(AddressError) {
        if let (local, domain) = Self.plain(text) {
            localPart = local
            self.domain = domain
            asciiDomain = domain.lowercased()
            return
        }
        var parser = AddressParser(text)
        let (local, domain) = try parser.parse()
        asciiDomain = try DomainName.ascii(domain, in: text, at: parser.domainPosition)
        localPart = local
        self.domain = domain
        guard local.utf8.count <= 64 else {
            throw AddressError(text, "the part before the @ has \(local.utf8.count) bytes, 64 are allowed")
        }
        let length = local.utf8.count + 1 + max(domain.utf8.count, asciiDomain.utf8.count)
        guard length <= 254 else {
            throw AddressError(text, "it has \(length) bytes, 254 are allowed")
        }
    }

    /// What two spellings of one mailbox share: lower case, composed (NFC), domain as A-labels. A `+tag` is kept.
    ///
    /// RFC 5321 lets a host tell `Ann@` from `ann@`; no host of weight does, and people type both.
    public var key: String { "\(localPart.lowercased().precomposed)@\(asciiDomain)" }

    /// The address for headers and SMTP commands: the local part as it is, the domain as A-labels.
    public var wire: String { "\(localPart)@\(asciiDomain)" }

    /// Whether a server has to offer SMTPUTF8 (RFC 6531) to take this address.
    public var needsSMTPUTF8: Bool { !localPart.utf8.allSatisfy { $0 < 0x80 } }
}

extension Address: CustomStringConvertible {
    /// The address as it was typed.
    public var description: String { "\(localPart)@\(domain)" }
}

extension Address: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
