import Foundation

/// A field's value with parameters: `text/plain; charset=utf-8` (RFC 2045 section 5.1).
public struct ParameterisedValue: Sendable {
    /// In lower case.
    public let value: String
    /// By their names in lower case, quotation marks and escapes undone.
    public private(set) var parameters: [String: String] = [:]

    public init(_ text: String) {
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
