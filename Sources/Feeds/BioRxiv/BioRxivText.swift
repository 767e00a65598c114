import Papers

/// bioRxiv's own markup: `O_SCPLOWx C_SCPLOW` for small capitals, `O_LI … C_LI` for list items, and so on.
enum BioRxivText {
    /// Whether an address of a page is that of a second or later version: `…/2026.01.02.123456v2?rss=1`.
    static func isRevision(_ address: String) -> Bool {
        let path = address.prefix { $0 != "?" && $0 != "#" }
        guard let name = path.split(separator: "/").last else { return false }
        return (VersionedDOI.version(of: "10.1101/\(name)") ?? 1) > 1
    }

    static func clean(_ bytes: [UInt8]) -> String? {
        guard bytes.contains(UInt8(ascii: "_")) else { return FieldText.clean(bytes) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var at = 0
        // Placeholders that are closed nowhere behind here; they need not be looked for again.
        var unclosed: Set<Int> = []
        while at < bytes.count {
            guard let token = token(in: bytes, at: at) else {
                output.append(bytes[at])
                at += 1
                continue
            }
            at += token.length
            if token.isBlock { output.append(UInt8(ascii: " ")) }
            guard token.hides, !unclosed.contains(token.number) else { continue }
            if let close = end(of: token, in: bytes, from: at) { at = close } else { unclosed.insert(token.number) }
        }
        return FieldText.clean(output)
    }

    private struct Token {
        /// Its place in ``names``.
        let number: Int
        let name: StaticString
        let length: Int
        let isBlock: Bool
        /// A placeholder for a figure or table, with the address of its picture.
        let hides: Bool
    }

    /// Text follows the name without a break (`O_SCPLOWRAC_SCPLOW`), so only known names are taken, longer ones first.
    private static let names: [(name: StaticString, isBlock: Bool, hides: Bool)] = [
        ("SCPLOW", false, false), ("SCPCAP", false, false), ("ST_ABS", true, false), ("TEXTBOX", true, false),
        ("INLINEFIG", true, true), ("FIG", true, true), ("TBL", true, true), ("LI", true, false), ("LST", true, false),
        ("UL", true, false), ("OL", true, false), ("QD", true, false), ("HREF", false, false),
    ]

    private static func token(in bytes: [UInt8], at: Int) -> Token? {
        guard bytes[at] == UInt8(ascii: "O") || bytes[at] == UInt8(ascii: "C"), at + 1 < bytes.count,
            bytes[at + 1] == UInt8(ascii: "_")
        else { return nil }
        guard let number = names.firstIndex(where: { bytes.holds($0.name, at: at + 2) }) else { return nil }
        let known = names[number]
        return Token(
            number: number, name: known.name, length: 2 + known.name.utf8CodeUnitCount, isBlock: known.isBlock,
            hides: known.hides && bytes[at] == UInt8(ascii: "O"))
    }

    private static func end(of token: Token, in bytes: [UInt8], from start: Int) -> Int? {
        for at in start..<max(start, bytes.count - 2)
        where bytes[at] == UInt8(ascii: "C") && bytes[at + 1] == UInt8(ascii: "_")
            && bytes.holds(token.name, at: at + 2)
        {
            return at + token.length
        }
        return nil
    }
}
