import Foundation

/// A message, or a part of one, as it came: RFC 5322 fields and RFC 2045 parts, read leniently. Anything can be read; what
/// is broken comes out as text.
public struct ParsedMessage: Sendable {
    public let fields: ParsedFields
    /// `type/subtype` in lower case; `text/plain` where none is given.
    public let contentType: String
    /// The parameters of the content type, names in lower case.
    public let parameters: [String: String]
    /// The parts of a multipart, or the message within a `message/rfc822`.
    public let parts: [ParsedMessage]
    /// Without its transfer encoding, lines with LF ends; empty where there are ``parts``.
    public let body: [UInt8]

    /// Deeper parts are text.
    private static let deepest = 8
    /// Further parts are passed over.
    private static let mostParts = 100

    public init(_ message: some Sequence<UInt8>) { self.init(Self.withLFEnds(message)[...], depth: 0) }

    private init(_ bytes: ArraySlice<UInt8>, depth: Int) {
        let (fields, body) = Self.split(bytes)
        self.fields = fields
        let type = ParameterisedValue(fields["content-type"] ?? "text/plain")
        contentType = type.value.contains("/") ? type.value : "text/plain"
        parameters = type.parameters
        let decoded = Self.decoded(body, fields["content-transfer-encoding"] ?? "")
        if contentType.hasPrefix("multipart/"), let boundary = parameters["boundary"], depth < Self.deepest {
            parts = Self.parts(of: body, boundary).map { ParsedMessage($0, depth: depth + 1) }
        } else if ["message/rfc822", "message/global"].contains(contentType), depth < Self.deepest {
            parts = [ParsedMessage(decoded[...], depth: depth + 1)]
        } else {
            parts = []
        }
        self.body = parts.isEmpty ? decoded : []
    }

    /// The body as text; what is not UTF-8 shows as replacement characters.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// This and all within it, from the outside in.
    public var allParts: [ParsedMessage] { [self] + parts.flatMap(\.allParts) }

    /// The first part of a type, in lower case.
    public func part(_ type: String) -> ParsedMessage? { allParts.first { $0.contentType == type } }

    private static func withLFEnds(_ message: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(message.underestimatedCount)
        for byte in message {
            if byte == 0x0A, bytes.last == 0x0D { bytes.removeLast() }
            bytes.append(byte)
        }
        return bytes
    }

    /// The header, and what follows the empty line; a mailbox's `From ` line before it is no field.
    private static func split(_ bytes: ArraySlice<UInt8>) -> (ParsedFields, ArraySlice<UInt8>) {
        var lines: [ArraySlice<UInt8>] = []
        var rest = bytes
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 0x0A }
            rest = rest[min(line.endIndex + 1, rest.endIndex)...]
            if line.isEmpty { break }
            let isSeparator = lines.isEmpty && (line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8))
            if !isSeparator { lines.append(line) }
        }
        return (ParsedFields(lines), rest)
    }

    /// What stands between the boundaries; the line end before one belongs to it (RFC 2046 section 5.1.1).
    private static func parts(of body: ArraySlice<UInt8>, _ boundary: String) -> [ArraySlice<UInt8>] {
        let open = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var position = body.startIndex
        while position < body.endIndex, parts.count < mostParts {
            let line = body[position...].prefix { $0 != 0x0A }
            if line.starts(with: open) {
                let tail = line.dropFirst(open.count)
                let isEnd = tail.starts(with: [0x2D, 0x2D])
                if isEnd || tail.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                    if let start { parts.append(body[start..<max(start, position - 1)]) }
                    start = isEnd ? nil : min(line.endIndex + 1, body.endIndex)
                    if isEnd { return parts }
                }
            }
            position = line.endIndex + 1
        }
        // The end was cut off: what is there counts.
        if let start, parts.count < mostParts { parts.append(body[start...]) }
        return parts
    }

    private static func decoded(_ body: ArraySlice<UInt8>, _ encoding: String) -> [UInt8] {
        switch encoding.trimmingCharacters(in: .whitespaces).lowercased() {
        case "quoted-printable": QuotedPrintable.decode(body)
        case "base64":
            Data(base64Encoded: Data(body), options: .ignoreUnknownCharacters).map { withLFEnds($0) } ?? Array(body)
        default: Array(body)
        }
    }
}
