extension Address {
    /// The parts of an address in the plainest form, which nearly all have, told in one pass over the bytes: letters, digits,
    /// `.`, `-`, `_` and `+` before the `@`, a domain of ASCII labels after it.
    ///
    /// - Returns: nil for every other, right or wrong: ``AddressParser`` is to say which.
    static func plain(_ text: String) -> (local: String, domain: String)? {
        let utf8 = text.utf8
        guard utf8.count <= 254, let at = utf8.firstIndex(of: UInt8(ascii: "@")) else { return nil }
        let local = utf8[..<at]
        let domain = utf8[utf8.index(after: at)...]
        guard (1...64).contains(local.count), isPlain(local, isLocalPart: true), isPlain(domain, isLocalPart: false)
        else { return nil }
        return (String(Substring(local)), String(Substring(domain)))
    }

    /// Whether labels of permitted bytes are joined by single dots; a domain has two labels or more, of at most 63 bytes,
    /// and its last is a word.
    private static func isPlain(_ bytes: Substring.UTF8View, isLocalPart: Bool) -> Bool {
        var labels = 1
        var length = 0
        var hasLetter = false
        var last = UInt8(ascii: ".")
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): hasLetter = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: "_"), UInt8(ascii: "+"): if !isLocalPart { return false }
            case UInt8(ascii: "-"): if !isLocalPart, last == UInt8(ascii: ".") || last == byte { return false }
            case UInt8(ascii: "."):
                if last == byte || (!isLocalPart && last == UInt8(ascii: "-")) { return false }
                (labels, length, hasLetter) = (labels + 1, -1, false)
            default: return false
            }
            length += 1
            if !isLocalPart, length > 63 { return false }
            last = byte
        }
        guard last != UInt8(ascii: ".") else { return false }
        // `--` was passed on above, so that no A-label goes unread.
        return isLocalPart || (last != UInt8(ascii: "-") && labels > 1 && hasLetter)
    }
}
