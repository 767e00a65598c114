import Foundation

/// A message, or a part of one, as it came: RFC 5322 fields and RFC 2045 parts, read leniently. Anything can be read; what
/// is broken comes out as text.
///
/// Reading takes time in proportion to the bytes, whatever they are: a header is looked at up to a length, and parts up to
/// a number and a depth.
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
    /// Further parts are passed over, counted over all depths. A report of a delivery has three.
    private static let mostParts = 100
    /// The bytes of a header that are looked at; Postfix, for one, takes no longer ones (`header_size_limit`).
    private static let longestHeader = 128 << 10

    public init(_ message: some Sequence<UInt8>) {
        var left = Self.mostParts
        self.init(Self.withLFEnds(message)[...], depth: 0, left: &left)
    }

    /// - Parameter left: how many more parts are read.
    private init(_ bytes: ArraySlice<UInt8>, depth: Int, left: inout Int) {
        let (fields, body) = Self.split(bytes)
        self.fields = fields
        let type = ParameterisedValue(fields["content-type"] ?? "text/plain")
        contentType = type.value.contains("/") ? type.value : "text/plain"
        parameters = type.parameters
        let encoding = fields["content-transfer-encoding"] ?? ""
        var parts: [ParsedMessage] = []
        if contentType.hasPrefix("multipart/"), let boundary = parameters["boundary"], depth < Self.deepest {
            for part in Self.parts(of: body, boundary, most: left) where left > 0 {
                left -= 1
                parts.append(ParsedMessage(part, depth: depth + 1, left: &left))
            }
        } else if ["message/rfc822", "message/global"].contains(contentType), depth < Self.deepest, left > 0 {
            left -= 1
            parts = [ParsedMessage(Self.decoded(body, encoding)[...], depth: depth + 1, left: &left)]
        }
        self.parts = parts
        self.body = parts.isEmpty ? Self.decoded(body, encoding) : []
    }

    /// The body as text; what is not UTF-8 shows as replacement characters.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// This and all within it, from the outside in.
    public var allParts: [ParsedMessage] { [self] + parts.flatMap(\.allParts) }

    /// The first part of a type, in lower case.
    public func part(_ type: String) -> ParsedMessage? {
        if contentType == type { return self }
        for part in parts {
            if let found = part.part(type) { return found }
        }
        return nil
    }

    /// Lines may end in CR LF or LF; and in CR where nothing else does, as some systems store mails.
    private static func withLFEnds(_ message: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(message.underestimatedCount)
        var hasLF = false
        for byte in message {
            if byte == 0x0A {
                hasLF = true
                if bytes.last == 0x0D { bytes.removeLast() }
            }
            bytes.append(byte)
        }
        return hasLF ? bytes : bytes.map { $0 == 0x0D ? 0x0A : $0 }
    }

    /// The line that begins at a position, without its end.
    private static func line(of bytes: ArraySlice<UInt8>, from start: Int) -> ArraySlice<UInt8> {
        bytes[start..<(bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex)]
    }

    /// The header, and what follows the empty line; a mailbox's `From ` line before it is no field.
    private static func split(_ bytes: ArraySlice<UInt8>) -> (ParsedFields, ArraySlice<UInt8>) {
        var lines: [ArraySlice<UInt8>] = []
        var position = bytes.startIndex
        var left = longestHeader
        while position < bytes.endIndex {
            let line = line(of: bytes, from: position)
            position = min(line.endIndex + 1, bytes.endIndex)
            if line.isEmpty { break }
            let isSeparator = lines.isEmpty && (line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8))
            if isSeparator || left == 0 { continue }
            lines.append(line.prefix(left))
            left -= min(line.count + 1, left)
        }
        return (ParsedFields(lines), bytes[position...])
    }

    /// What stands between the boundaries; the line end before one belongs to it (RFC 2046 section 5.1.1).
    private static func parts(of body: ArraySlice<UInt8>, _ boundary: String, most: Int) -> [ArraySlice<UInt8>] {
        let open = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var position = body.startIndex
        while position < body.endIndex, parts.count < most {
            let line = line(of: body, from: position)
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
        if let start, parts.count < most { parts.append(body[start...]) }
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
