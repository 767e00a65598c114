/// One header field, encoded and folded, ready for a message (RFC 5322 section 2.2).
///
/// An object, because many messages at once have a field in common.
public final class HeaderField: Sendable {
    public let name: String
    /// `Name: value` with folds and the CRLF at the end; ASCII but for addresses of RFC 6532.
    public let bytes: [UInt8]
    /// As signatures see it (RFC 6376 section 3.4.2), worked out here because many messages share a field.
    let canonical: [UInt8]
    /// Which of the fields it is that are signed, see ``DKIMSigner``; nil for one that is not.
    let signedPlace: Int?

    /// A field of free text: characters outside ASCII become encoded words (RFC 2047).
    ///
    /// - Throws: ``MailError`` for a name that is not one, and for a value that is empty or holds a line end, a control
    ///   or a character that reorders text; clean what comes from outside with ``HeaderText/cleaned(_:)`` first.
    public convenience init(_ name: String, _ value: String) throws(MailError) {
        try Self.check(name: name, value: value)
        self.init(name, unstructured: value)
    }

    /// A field whose parts must not be split or encoded, such as URIs or `key=value`; folded between the parts only.
    ///
    /// - Throws: ``MailError`` as ``init(_:_:)``, and for a part that is not ASCII or longer than 900 bytes.
    public convenience init(_ name: String, parts: [String]) throws(MailError) {
        try Self.check(name: name, value: parts.joined(separator: " "))
        for part in parts where part.utf8.count > 900 || part.utf8.contains(where: { $0 > 0x7E || $0 <= 0x20 }) {
            throw MailError(
                "the part \"\(HeaderText.shortened(part, to: 80))\" of the header \(name) has a space, is not ASCII or is too long"
            )
        }
        self.init(name, tokens: parts.map(HeaderToken.fixed))
    }

    init(_ name: String, tokens: [HeaderToken]) {
        var line = HeaderLine(name: name)
        for token in tokens { line.append(token) }
        self.name = name
        bytes = line.finished()
        canonical = DKIMCanonical.relaxed(field: bytes)
        signedPlace = DKIMSigner.place(of: canonical)
    }

    /// `value` is clean already.
    convenience init(_ name: String, unstructured value: String) {
        self.init(name, tokens: Self.tokens(value))
    }

    /// Neighbouring words that need it are encoded together, because readers drop the space between encoded words.
    private static func tokens(_ value: String) -> [HeaderToken] {
        // Most values need no encoding at all.
        if !needsEncoding(value[...]) {
            return value.utf8.split(separator: 0x20).map { .fixed(String(Substring($0))) }
        }
        var tokens: [HeaderToken] = []
        var run: [Substring] = []
        for word in value.split(separator: " ") {
            if needsEncoding(word) {
                run.append(word)
                continue
            }
            if !run.isEmpty { tokens.append(.encoded(run.joined(separator: " "))) }
            run.removeAll()
            tokens.append(.fixed(String(word)))
        }
        if !run.isEmpty { tokens.append(.encoded(run.joined(separator: " "))) }
        return tokens
    }

    private static func needsEncoding(_ word: Substring) -> Bool {
        word.utf8.count > 900 || word.utf8.contains { $0 > 0x7E } || word.holdsEncodedWordMark
    }

    private static func check(name: String, value: String) throws(MailError) {
        guard !name.isEmpty, name.utf8.count <= 60, name.utf8.allSatisfy({ (33...126).contains($0) && $0 != 58 }) else {
            throw MailError(
                "\"\(HeaderText.shortened(HeaderText.cleaned(name), to: 60))\" is not a header name: use letters, digits and hyphens"
            )
        }
        guard value.utf8.contains(where: { $0 != 0x20 }) else {
            throw MailError("the header \(name) is empty: give it a value or leave it out")
        }
        guard value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && !isForbidden($0) }) else {
            let shown = HeaderText.shortened(HeaderText.cleaned(value), to: 80)
            throw MailError("the header \(name) holds a line end or control character in \"\(shown)\": remove it")
        }
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
