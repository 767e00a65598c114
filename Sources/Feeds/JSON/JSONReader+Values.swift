import Core
import Foundation
import Papers

/// What formats ask for most: values that may be missing, null, or of a neighbouring type.
extension JSONReader {
    /// Clean text, or nil for null and for what is no string.
    mutating func text(_ form: TextForm = .undeclared) throws(JSONError) -> String? {
        guard let bytes = try optionalUTF8() else { return nil }
        return FieldText.clean(bytes, as: form)
    }

    /// The characters between the outer blanks.
    mutating func token() throws(JSONError) -> String? {
        guard let bytes = try optionalUTF8() else { return nil }
        return FieldText.token(bytes)
    }

    mutating func optionalUTF8() throws(JSONError) -> [UInt8]? {
        guard try kind() == .string else {
            try skip()
            return nil
        }
        return try utf8()
    }

    /// A whole number, also where it is written as a string or with a fraction of zero.
    mutating func integer() throws(JSONError) -> Int? {
        switch try kind() {
        case .number:
            let text = try numberText()
            return Int(text) ?? Double(text).flatMap(Int.init(exactly:))
        case .string: return Int(try string().trimmed)
        default:
            try skip()
            return nil
        }
    }

    /// A count of something, from 0 to ``mostCounted``.
    mutating func count() throws(JSONError) -> Int? { try integer().map { min(max(0, $0), Self.mostCounted) } }

    /// Counts are compared and added up, and no paper has more votes than this.
    static let mostCounted = 1_000_000_000

    mutating func date() throws(JSONError) -> Date? { try token().flatMap(FeedDate.parse) }

    /// The clean strings of an array; other elements are passed over.
    mutating func texts(_ form: TextForm = .undeclared) throws(JSONError) -> [String] {
        var texts: [String] = []
        guard try kind() == .array else {
            try skip()
            return []
        }
        try forEachElement { (_, element) throws(JSONError) in
            if let text = try element.text(form) { texts.append(text) }
        }
        return texts
    }

    /// Goes over the next value and gives `value` instead.
    mutating func skipped<Value>(_ value: Value) throws(JSONError) -> Value {
        try skip()
        return value
    }

    /// Reads an object member by member; any other value is passed over.
    mutating func members(
        _ body: (_ key: String, _ value: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try kind() == .object else { return try skip() }
        try forEachMember(body)
    }
}
