/// Which addresses may stand in a link.
public enum WebAddress {
    /// The address where it is http, https or mailto and in one piece; nil otherwise, and the link is left out.
    public static func link(_ text: String?) -> String? {
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
