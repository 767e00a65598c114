import Core

/// The fields of a header or of a delivery status as they came, read leniently; for mail that others wrote.
public struct ParsedFields: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        /// In lower case.
        public let name: String
        /// Unfolded.
        public let value: String
    }

    public private(set) var all: [Field] = []

    /// Further fields are passed over: a mail that has come a long way has some dozens.
    private static let most = 1000
    /// Further groups are passed over: each of our mails goes to one recipient.
    private static let mostGroups = 100

    /// Reads lines with LF ends; what is no field is passed over.
    init(_ lines: [ArraySlice<UInt8>]) {
        var name: String?
        var value: [UInt8] = []
        func end(_ fields: inout [Field]) {
            if let name { fields.append(Field(name: name, value: String(decoding: value, as: UTF8.self))) }
        }
        for line in lines {
            if line.first == 0x20 || line.first == 0x09 {
                let more = Self.trimmed(line)
                if !value.isEmpty { value.append(0x20) }
                value.append(contentsOf: more)
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                end(&all)
                // What would follow the last field must not be taken for more of it.
                guard all.count < Self.most else { return }
                name = String(decoding: Self.trimmed(line[..<colon]), as: UTF8.self).lowercased()
                value = Array(Self.trimmed(line[(colon + 1)...]))
            }
        }
        end(&all)
    }

    /// The first of that name, which is in lower case.
    public subscript(name: String) -> String? { all.first { $0.name == name }?.value }

    public func values(_ name: String) -> [String] { all.filter { $0.name == name }.map(\.value) }

    /// Groups of fields with empty lines between, as a delivery status has them (RFC 3464 section 2.1), the first of them.
    public static func groups(in text: some Collection<UInt8>) -> [ParsedFields] {
        Array(text).split(separator: 0x0A, omittingEmptySubsequences: false)
            .split { $0.allSatisfy { $0 == 0x20 || $0 == 0x0D } }
            .prefix(mostGroups).map { ParsedFields(Array($0)) }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.trimmed { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }
}
