import Core
import Foundation

/// DKIM signatures (RFC 6376, 8301, 8463), relaxed/relaxed, one for each key.
///
/// Give an RSA key first and an Ed25519 key after it: receivers that do not know Ed25519 pass over its signature.
public struct DKIMSigner: MessageSigner {
    /// A key and the name its record is published under.
    public struct Identity: Sendable {
        /// `s1` for a record at `s1._domainkey.example.org`.
        public let selector: String
        public let key: DKIMKey

        public init(selector: String, key: DKIMKey) {
            self.selector = selector
            self.key = key
        }
    }

    private let domain: String
    private let identities: [Identity]
    /// What signatures begin with, by the fields they name. The mails of a list come in a few shapes.
    private let beginnings = BoundedCache<[UInt8], [Beginning]>(most: 100)
    private let now: (@Sendable () -> Date)?

    /// Signed where present, and named once more than they occur, so that none can be added (section 8.15).
    private static let signed = [
        "from", "to", "subject", "date", "message-id", "reply-to", "cc", "mime-version", "content-type",
        "content-transfer-encoding", "list-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted",
        "feedback-id",
    ]
    /// As they stand in canonical forms.
    private static let signedBytes = signed.map { Array($0.utf8) }
    /// Named although absent: their addition would change what a reader sees or where an answer goes.
    private static let guarded: Set<String> = ["from", "to", "subject", "date", "message-id", "reply-to", "cc"]
    private static let isGuarded = signed.map(guarded.contains)

    /// A signature's field up to and with `h=`.
    private struct Beginning: Sendable {
        let line: HeaderLine
        /// Its canonical form, without a CRLF.
        let canonical: [UInt8]
    }

    /// - Parameters:
    ///   - domain: the signing domain (d=), that of the From address or above it.
    ///   - now: gives the time for t=; without it signatures carry none and the same message always gives the same.
    /// - Throws: ``MailError`` for a domain or selector that is none, or when there is no key.
    public init(
        domain: String, identities: [Identity], now: (@Sendable () -> Date)? = nil
    ) throws(MailError) {
        guard !identities.isEmpty else { throw MailError("DKIM needs a key: make one with `dkim generate`") }
        for name in [domain] + identities.map(\.selector) where !Self.isDomain(name) {
            let shown = HeaderText.shortened(HeaderText.cleaned(name), to: 80)
            throw MailError("\"\(shown)\" is not a domain or selector for DKIM: use letters, digits, hyphens and dots")
        }
        self.domain = domain.lowercased()
        self.identities = identities
        self.now = now
    }

    public func signature(fields: [HeaderField], body: MIMEBody) throws(MailError) -> [UInt8] {
        let bodyHash = Base64.encode(try DKIMCanonical.hash(of: body.bytes, body.beginning))
        let (places, data) = Self.signedFields(fields)
        var words = ["bh=\(bodyHash);", "b="]
        if let now { words.insert("t=\(Int(now().timeIntervalSince1970));", at: 0) }
        var result: [UInt8] = []
        for (identity, beginning) in zip(identities, beginnings(naming: places)) {
            var line = beginning.line
            // Its own field comes last, without the signature and without a CRLF (section 3.7).
            var input = data
            input.append(contentsOf: beginning.canonical)
            for word in words {
                line.append(word: word)
                input.append(0x20)
                input.append(contentsOf: word.utf8)
            }
            result.append(contentsOf: line.bytes)
            result.append(contentsOf: Self.folded(Base64.encode(try identity.key.sign(input))))
        }
        return result
    }

    private func beginnings(naming places: [UInt8]) -> [Beginning] {
        beginnings.value(for: places) {
            identities.map { identity in
                let line = beginning(identity, naming: places)
                return Beginning(line: line, canonical: DKIMCanonical.relaxed(field: line.bytes).dropLast(2))
            }
        }
    }

    /// The same for all messages with the same fields.
    private func beginning(_ identity: Identity, naming places: [UInt8]) -> HeaderLine {
        var line = HeaderLine(name: "DKIM-Signature")
        let tags = [
            "v=1;", "a=\(identity.key.algorithm.rawValue);", "c=relaxed/relaxed;", "d=\(domain);",
            "s=\(identity.selector);",
        ]
        for tag in tags { line.append(word: tag) }
        for (index, place) in places.enumerated() {
            let end = index + 1 < places.count ? ":" : ";"
            line.append(word: (index == 0 ? "h=" : "") + Self.signed[Int(place)] + end)
        }
        return line
    }

    /// White space inside base 64 does not count.
    private static func folded(_ signature: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(signature.utf8.count + signature.utf8.count / 72 * 3 + 5)
        for (index, byte) in signature.utf8.enumerated() {
            if index % 72 == 0 { result.append(contentsOf: [13, 10, 0x20]) }
            result.append(byte)
        }
        result.append(contentsOf: [13, 10])
        return result
    }

    /// The names for h=, as places in ``signed``, and the canonical fields in their order.
    private static func signedFields(_ fields: [HeaderField]) -> (places: [UInt8], data: [UInt8]) {
        var places: [UInt8] = []
        var data: [UInt8] = []
        // A signature's own field follows.
        data.reserveCapacity(fields.reduce(1024) { $0 + $1.canonical.count })
        for place in signed.indices {
            var isAbsent = true
            // Several fields of a name are taken from the bottom up (section 5.4.2).
            for field in fields.reversed() where field.signedPlace == place {
                isAbsent = false
                places.append(UInt8(place))
                data.append(contentsOf: field.canonical)
            }
            if !isAbsent || isGuarded[place] { places.append(UInt8(place)) }
        }
        return (places, data)
    }

    /// Which of the signed fields a canonical one is.
    static func place(of field: [UInt8]) -> Int? {
        guard let colon = field.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = field[..<colon]
        return signedBytes.firstIndex { $0.count == name.count && name.elementsEqual($0) }
    }

    private static func isDomain(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                        || byte == 0x2D || byte == 0x5F
                }
        }
    }
}
