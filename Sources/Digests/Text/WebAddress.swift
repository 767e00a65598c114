/// Which addresses may stand in a link.
public enum WebAddress {
    /// The address where it is http, https or mailto and in one piece; nil otherwise, and the link is left out.
    public static func link(_ text: String?) -> String? {
        // Every mail brings a few of our own.
        if let text, isPlain(text) { return text }
        guard let text, let start = text.firstIndex(where: { !$0.isWhitespace }),
            let end = text.lastIndex(where: { !$0.isWhitespace })
        else { return nil }
        let address = String(text[start...end])
        guard let colon = address.firstIndex(of: ":"), !address.unicodeScalars.contains(where: isForbidden) else {
            return nil
        }
        let rest = address[address.index(after: colon)...]
        switch address[..<colon].lowercased() {
        case "http", "https": return rest.hasPrefix("//") && hasHost(rest.dropFirst(2)) ? address : nil
        case "mailto": return rest.contains("@") ? address : nil
        default: return nil
        }
    }

    /// Whether a text is an https address of visible ASCII that needs no closer look.
    private static func isPlain(_ text: String) -> Bool {
        guard text.hasPrefix("https://") else { return false }
        var isHost = true
        var hostLength = 0
        for byte in text.utf8.dropFirst(8) {
            switch byte {
            case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                if isHost { hostLength += 1 }
            case UInt8(ascii: "/"), UInt8(ascii: "?"): isHost = false
            case UInt8(ascii: "="), UInt8(ascii: "&"), UInt8(ascii: "%"): if isHost { return false }
            default: return false
            }
        }
        return hostLength > 0
    }

    private static func hasHost(_ rest: Substring) -> Bool {
        let authority = rest.utf8.prefix { ![0x2F, 0x3F, 0x23, 0x5C].contains($0) }
        return !authority.isEmpty && !authority.contains(UInt8(ascii: "@"))
    }

    /// White space, controls and what hides or turns text: none of them is part of an address (RFC 3986).
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            switch scalar {
            case "<", ">", "\"", "\\", "^", "`", "{", "|", "}", "\u{7F}": return true
            default: return scalar.value <= 0x20
            }
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .privateUse: return true
        default: return false
        }
    }
}
