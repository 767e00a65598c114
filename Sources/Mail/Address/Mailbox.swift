/// An address with the name people see: `Broadsheet <papers@example.org>` (RFC 5322 section 3.4).
public struct Mailbox: Hashable, Sendable {
    /// The display name as people read it, or nil.
    public var name: String?
    public var address: Address

    public init(name: String? = nil, address: Address) {
        self.name = name
        self.address = address
    }

    /// Reads `name@example.org`, `Name <name@example.org>` or `"Name, with signs" <name@example.org>`.
    ///
    /// - Throws: ``AddressError``.
    public init(parsing text: String) throws(AddressError) {
        guard let open = text.lastIndex(of: "<") else {
            self.init(name: nil, address: try Address(text))
            return
        }
        guard let close = text.lastIndex(of: ">"), close > open,
            text[text.index(after: close)...].allSatisfy(\.isWhitespace)
        else {
            throw AddressError(text, "the < is not closed by a > at the end")
        }
        let address = try Address(String(text[text.index(after: open)..<close]))
        let name = HeaderText.cleaned(Self.unquoted(text[..<open]))
        self.init(name: name.isEmpty ? nil : name, address: address)
    }

    private static func unquoted(_ text: Substring) -> String {
        let bare = text.drop(while: \.isWhitespace)
        guard bare.first == "\"", let last = bare.lastIndex(of: "\""), last > bare.startIndex else {
            return String(bare)
        }
        var result = ""
        var escaped = false
        for character in bare[bare.index(after: bare.startIndex)..<last] {
            if character == "\\", !escaped {
                escaped = true
            } else {
                result.append(character)
                escaped = false
            }
        }
        return result
    }

    /// The pieces for a header line, to be joined by spaces and folded between.
    ///
    /// Spammers write `"boss@bank.example" <x@evil.example>`, and filters punish any `@` in a name, so it is spelt out.
    var headerTokens: [HeaderToken] {
        guard let name, !name.isEmpty else { return [.fixed(address.wire)] }
        var shown = HeaderText.cleaned(name)
        if shown.utf8.contains(UInt8(ascii: "@")) { shown = HeaderText.cleaned(shown.replacing("@", with: " at ")) }
        let phrase = HeaderText.shortened(shown, to: 120)
        guard !phrase.isEmpty else { return [.fixed(address.wire)] }
        return Phrase.tokens(phrase) + [.fixed("<\(address.wire)>")]
    }
}

extension Mailbox: CustomStringConvertible {
    /// The mailbox in a form that ``init(parsing:)`` reads back.
    public var description: String {
        guard let name, !name.isEmpty else { return address.description }
        let plain = name.unicodeScalars.allSatisfy { !$0.isASCII || $0.isAtext || $0 == " " || $0 == "." }
        if plain { return "\(name) <\(address)>" }
        let escaped = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\" <\(address)>"
    }
}
