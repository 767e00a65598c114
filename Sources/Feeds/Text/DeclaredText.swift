import Core
import Foundation
import Papers

/// The characters of a field, with what the document says that they are.
struct DeclaredText: Sendable {
    let utf8: [UInt8]
    let form: TextForm

    init(_ utf8: [UInt8], _ form: TextForm) { (self.utf8, self.form) = (utf8, form) }

    /// A text construct of Atom (RFC 4287, section 3.1), its `content` (section 4.1.3), or those of Atom 0.3, whose `mode`
    /// says how they are written; nil where there is no text.
    init?(atom element: XMLElement) {
        guard !element.text.isEmpty else { return nil }
        let type = element[attribute: "type"]?.lowercased().prefix { $0 != ";" }.trimmed ?? ""
        let isHTML = type == "html" || type == "xhtml" || type == "text/html" || type == "application/xhtml+xml"
        // Atom 1.0 writes what is neither text nor XML in base64.
        if element[attribute: "mode"]?.lowercased() == "base64" || (!element.holdsMarkup && Self.isBinary(type)) {
            guard let decoded = Self.decoded(element.text) else { return nil }
            self.init(decoded, isHTML ? .html : .undeclared)
        } else if isHTML || element.holdsMarkup {
            self.init(element.text, .html)
        } else if type.isEmpty, element[attribute: "mode"]?.lowercased() == "escaped" {
            self.init(element.text, .undeclared)
        } else if type.isEmpty {
            // Plain text; but who leaves the type out may not know that, and escapes references twice, or whole pages once.
            self.init(element.text, PlainText.isWrapped(element.text) ? .html : .plainWithReferences)
        } else {
            self.init(element.text, .plain)
        }
    }

    private static func isBinary(_ type: String) -> Bool {
        type.contains("/") && !type.hasPrefix("text/") && !type.hasSuffix("/xml") && !type.hasSuffix("+xml")
            && !type.hasSuffix("/json")
    }

    /// Base64's content where it is text, as UTF-8.
    private static func decoded(_ text: [UInt8]) -> [UInt8]? {
        let digits = String(decoding: text.filter { !$0.isXMLBlank }, as: UTF8.self)
        guard let bytes = Data(base64Encoded: digits).map({ [UInt8]($0) }), !bytes.contains(0) else { return nil }
        // Whatever the document's encoding, nobody has looked at these bytes before.
        return UTF8Check.isValid(bytes) ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
}
