import Papers

/// Fields of an entry, from the bytes of the document to clean Unicode text.
enum FieldText {
    /// Markup (as far as `form` allows for any), references, blanks and TeX seen to; nil where nothing is left.
    static func clean(_ bytes: [UInt8], as form: TextForm = .undeclared) -> String? {
        guard bytes.count <= longest else { return clean(FieldLimits.cut(bytes, to: longest), as: form) }
        let plain = bytes.withoutOuterBlanks
        if TextProfile(plain).isPlain {
            return plain.isEmpty ? nil : CombiningMarks.limited(String(decoding: plain, as: UTF8.self))
        }
        let text = CombiningMarks.limited(LaTeX.unicode(PlainText.clean(bytes, as: form, beforeTeX: true)))
        if text.isEmpty { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    /// The most bytes of a field that are looked at, markup and pictures inside it included.
    private static let longest = 1 << 20

    static func clean(_ bytes: [UInt8]?, as form: TextForm = .undeclared) -> String? {
        bytes.flatMap { clean($0, as: form) }
    }

    static func clean(_ text: DeclaredText?) -> String? { text.flatMap { clean($0.utf8, as: $0.form) } }

    /// An identifier, address or date: the characters between the outer blanks, untouched.
    static func token(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.firstIndex(where: { !$0.isXMLBlank }),
            let last = bytes.lastIndex(where: { !$0.isXMLBlank })
        else { return nil }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }

    static func token(_ bytes: [UInt8]?) -> String? { bytes.flatMap { token($0) } }
}
