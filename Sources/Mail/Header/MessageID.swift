/// The syntax of a Message-ID (RFC 5322 section 3.6.4), without its angle brackets.
public enum MessageID {
    /// Whether `text` is `dot-atom@domain`, at most 250 bytes of ASCII.
    ///
    /// The grammar also allows quoted and bracketed forms; readers and archives trip over them.
    public static func isValid(_ text: String) -> Bool {
        guard text.utf8.count <= 250, text.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        let at = UInt8(ascii: "@")
        guard let middle = text.utf8.firstIndex(of: at) else { return false }
        return text[..<middle].isDotAtom && text[text.utf8.index(after: middle)...].isDotAtom
    }
}
