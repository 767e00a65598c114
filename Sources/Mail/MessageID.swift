/// The syntax of a Message-ID (RFC 5322 section 3.6.4), without its angle brackets.
public enum MessageID {
    /// Whether `text` is `dot-atom@domain`, at most 250 bytes of ASCII.
    ///
    /// The grammar also allows quoted and bracketed forms; readers and archives trip over them.
    public static func isValid(_ text: String) -> Bool {
        let sides = text.split(separator: "@", omittingEmptySubsequences: false)
        return sides.count == 2 && sides.allSatisfy(\.isDotAtom) && text.utf8.count <= 250
            && text.utf8.allSatisfy { $0 < 0x80 }
    }
}
