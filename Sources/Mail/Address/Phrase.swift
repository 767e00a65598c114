/// A display name in front of an address or a list's id: `phrase` of RFC 5322 section 3.2.5.
enum Phrase {
    /// Plain words, a quoted string, or encoded words, whichever is the plainest that is right.
    static func tokens(_ text: String) -> [HeaderToken] {
        let ascii = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        guard ascii, text.utf8.count <= 60, !text.holdsEncodedWordMark else { return [.encoded(text)] }
        if text.unicodeScalars.allSatisfy({ $0.isAtext || $0 == " " }) { return [.fixed(text)] }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return [.fixed("\"\(escaped)\"")]
    }
}
