import Foundation

/// The fields of a header or of a delivery status as they came, read leniently; for mail that others wrote.
public struct ParsedFields: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        /// In lower case.
        public let name: String
        /// Unfolded.
        public let value: String
    }

    public private(set) var all: [Field] = []

    /// Reads lines with LF ends; what is no field is passed over.
    init(_ lines: [ArraySlice<UInt8>]) {
        for line in lines {
            let text = String(decoding: line, as: UTF8.self)
            if line.first == 0x20 || line.first == 0x09 {
                guard let last = all.popLast() else { continue }
                let more = text.trimmingCharacters(in: .whitespaces)
                all.append(Field(name: last.name, value: last.value.isEmpty ? more : "\(last.value) \(more)"))
            } else if let colon = text.firstIndex(of: ":") {
                all.append(
                    Field(
                        name: text[..<colon].trimmingCharacters(in: .whitespaces).lowercased(),
                        value: text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)))
            }
        }
    }

    /// The first of that name, which is in lower case.
    public subscript(name: String) -> String? { all.first { $0.name == name }?.value }

    public func values(_ name: String) -> [String] { all.filter { $0.name == name }.map(\.value) }

    /// Groups of fields with empty lines between, as a delivery status has them (RFC 3464 section 2.1).
    public static func groups(in text: [UInt8]) -> [ParsedFields] {
        text.split(separator: 0x0A, omittingEmptySubsequences: false)
            .split { $0.allSatisfy { $0 == 0x20 || $0 == 0x0D } }
            .map { ParsedFields(Array($0)) }
    }
}

/// A field's value with parameters: `text/plain; charset=utf-8` (RFC 2045 section 5.1).
struct ParameterisedValue {
    /// In lower case.
    let value: String
    private(set) var parameters: [String: String] = [:]

    init(_ text: String) {
        var rest = text[...]
        value = rest.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        rest = rest.drop { $0 != ";" }
        while rest.popFirst() != nil {
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            var value = ""
            if rest.first == "=" {
                rest.removeFirst()
                rest = rest.drop { $0 == " " }
                if rest.first == "\"" {
                    rest.removeFirst()
                    while let character = rest.popFirst(), character != "\"" {
                        value.append(character == "\\" ? rest.popFirst() ?? character : character)
                    }
                    rest = rest.drop { $0 != ";" }
                } else {
                    value = rest.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces)
                    rest = rest.drop { $0 != ";" }
                }
            }
            parameters[name.trimmingCharacters(in: .whitespaces).lowercased()] = value
        }
    }
}
