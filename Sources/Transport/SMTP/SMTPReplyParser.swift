/// Bytes from a server → replies. Bytes may come in any pieces.
struct SMTPReplyParser {
    struct Malformed: Error, Equatable {
        let reason: String
    }

    /// RFC 5321 allows 512 bytes a line; servers in the wild send more, none needs more than these.
    private static let maxLineLength = 4096
    private static let maxLines = 512

    private var buffer: [UInt8] = []
    private var start = 0
    private var code: Int?
    private var texts: [String] = []

    mutating func append(_ bytes: some Sequence<UInt8>) {
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: true)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole reply, or nil when more bytes are needed.
    mutating func next() throws(Malformed) -> SMTPReply? {
        while let line = try nextLine() {
            let (code, isLast, text) = try Self.split(line)
            if let expected = self.code, expected != code {
                throw Malformed(reason: "a reply begins with \(expected) and goes on with \(code)")
            }
            self.code = code
            texts.append(text)
            if texts.count > Self.maxLines { throw Malformed(reason: "a reply has more than \(Self.maxLines) lines") }
            if isLast {
                defer {
                    self.code = nil
                    texts = []
                }
                return Self.reply(code, texts)
            }
        }
        return nil
    }

    private mutating func nextLine() throws(Malformed) -> ArraySlice<UInt8>? {
        guard let end = buffer[start...].firstIndex(of: 10) else {
            if buffer.count - start > Self.maxLineLength { throw Malformed(reason: "a line does not end") }
            return nil
        }
        var line = buffer[start..<end]
        start = end + 1
        if line.last == 13 { line.removeLast() }
        if line.count > Self.maxLineLength { throw Malformed(reason: "a line has \(line.count) bytes") }
        return line
    }

    /// `250-text`, `250 text`, or `250` alone, which RFC 5321 section 4.2 asks clients to take.
    private static func split(_ line: ArraySlice<UInt8>) throws(Malformed) -> (code: Int, isLast: Bool, text: String) {
        let digits = line.prefix(3)
        let separator = line.dropFirst(3).first
        guard digits.count == 3, digits.allSatisfy(isDigit), separator == nil || separator == 0x20 || separator == 0x2D
        else { throw Malformed(reason: "\"\(printable(line.prefix(60)))\" is not a reply") }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard (200...599).contains(code) else { throw Malformed(reason: "\(code) is not a reply code") }
        return (code, separator != 0x2D, printable(line.dropFirst(4)))
    }

    private static func reply(_ code: Int, _ texts: [String]) -> SMTPReply {
        // The enhanced code's class must be the reply's (RFC 2034 section 4), and each line repeats it.
        let first = Substring(texts[0].utf8.prefix { $0 != 0x20 })
        guard let enhanced = EnhancedStatus(parsing: first), enhanced.category == code / 100 else {
            return SMTPReply(code: code, lines: texts)
        }
        let lines = texts.map { text -> String in
            guard text.hasPrefix(first) else { return text }
            return String(decoding: text.utf8.dropFirst(first.utf8.count).drop { $0 == 0x20 }, as: UTF8.self)
        }
        return SMTPReply(code: code, enhanced: enhanced, lines: lines)
    }

    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        if !bytes.contains(where: isControl) { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: bytes.map { isControl($0) ? 0x20 : $0 }, as: UTF8.self)
    }

    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
}
