import Foundation

/// The header and the two readable parts of a multipart/alternative message, transfer encoding undone, as a reader has them.
public struct MessageParts: Sendable {
    /// Unfolded, by lower-case name; of a field that comes twice the last.
    public let header: [String: String]
    public let text: Data
    public let html: Data

    /// Reads a message of two parts; a part that is not there is empty.
    public init(_ message: String) {
        let message = message.replacingOccurrences(of: "\r\n", with: "\n")
        let (header, body) = Self.split(message)
        self.header = header
        var parts: [String: Data] = [:]
        if let boundary = Self.parameter("boundary", of: header["content-type"] ?? "") {
            for piece in body.components(separatedBy: "--\(boundary)").dropFirst() where !piece.hasPrefix("--") {
                let (header, body) = Self.split(String(piece.dropFirst()))
                let kind = (header["content-type"] ?? "").prefix { $0 != ";" }.lowercased()
                // The line end before the next boundary belongs to the boundary (RFC 2046 section 5.1.1).
                parts[kind] = Self.decoded(body.hasSuffix("\n") ? String(body.dropLast()) : body, header)
            }
        }
        text = parts["text/plain"] ?? Data()
        html = parts["text/html"] ?? Data()
    }

    private static func split(_ text: String) -> ([String: String], String) {
        guard let end = text.range(of: "\n\n") else { return ([:], text) }
        var header: [String: String] = [:]
        var name = ""
        for line in text[..<end.lowerBound].split(separator: "\n") {
            if line.first == " " || line.first == "\t" {
                header[name, default: ""] += " " + line.drop { $0 == " " || $0 == "\t" }
            } else if let colon = line.firstIndex(of: ":") {
                name = line[..<colon].lowercased()
                header[name] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            }
        }
        return (header, String(text[end.upperBound...]))
    }

    private static func parameter(_ name: String, of value: String) -> String? {
        guard let start = value.range(of: "\(name)=", options: .caseInsensitive) else { return nil }
        let rest = value[start.upperBound...]
        if rest.first == "\"" { return String(rest.dropFirst().prefix { $0 != "\"" }) }
        return String(rest.prefix { $0 != ";" && !$0.isWhitespace })
    }

    private static func decoded(_ body: String, _ header: [String: String]) -> Data {
        guard header["content-transfer-encoding"]?.lowercased() == "quoted-printable" else { return Data(body.utf8) }
        var bytes: [UInt8] = []
        var rest = Array(body.utf8)[...]
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "=") {
                bytes.append(byte)
            } else if rest.first == UInt8(ascii: "\n") {
                rest = rest.dropFirst()  // a soft line break
            } else if let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            }
        }
        return Data(bytes)
    }
}
