import Mail

/// A piece of a mail's text, and the same in quoted-printable.
struct MailChunk: Sendable {
    let text: String
    let encoded: [UInt8]

    init(_ text: String) {
        self.text = text
        encoded = QuotedPrintable.encode(text)
    }
}

/// The text or the HTML of a mail, put together from chunks that were encoded apart.
struct MailPart: Sendable {
    private let chunks: [MailChunk]

    init(_ chunks: [MailChunk]) { self.chunks = chunks }

    init(_ text: String) { chunks = [MailChunk(text)] }

    /// As a reader sees it.
    var text: String { chunks.reduce(into: "") { $0 += $1.text } }

    /// Quoted-printable (RFC 2045 section 6.7). A soft line break stands where a chunk ends within a line, so that no line
    /// grows longer than its halves.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.encodedCount(chunks))
        for chunk in chunks where !chunk.encoded.isEmpty {
            if !bytes.isEmpty, bytes.last != 10 { bytes += Self.softBreak }
            bytes += chunk.encoded
        }
        return bytes
    }

    /// At most what ``encoded`` takes.
    static func encodedCount(_ chunks: [MailChunk]) -> Int {
        chunks.reduce(0) { $0 + $1.encoded.count + softBreak.count }
    }

    private static let softBreak = Array("=\r\n".utf8)
}
