/// Takes the part before the `@` out of everything in a text that looks like a mail address.
///
/// Server replies, bounces and the errors of libraries quote addresses; whose they are is not for a log that is kept.
enum Redactor {
    private static let at = UInt8(ascii: "@")

    static func redacted(_ text: String) -> String {
        guard text.utf8.contains(at) else { return text }
        var redacted: [UInt8] = []
        // Where quotes stand in it: looking for the one that opens would go over the same text for each address.
        var quotes: [Int] = []
        var isAfterAt = false
        for byte in text.utf8 {
            if byte == at {
                let kept = redacted.lastIndex { !isLocal($0) }.map { $0 + 1 } ?? 0
                // "a quoted local part"@example.org
                let isQuoted = kept == redacted.count && redacted.last == quote
                let start = isQuoted ? quotes.dropLast().last ?? kept - 1 : kept
                if start < redacted.count || isAfterAt {
                    redacted.removeSubrange(start...)
                    while let last = quotes.last, last >= start { quotes.removeLast() }
                    redacted += Array("…".utf8)
                }
            }
            if byte == quote { quotes.append(redacted.count) }
            isAfterAt = byte == at
            redacted.append(byte)
        }
        return String(decoding: redacted, as: UTF8.self)
    }

    private static let quote = UInt8(ascii: "\"")

    /// What may stand in a local part without quotes (RFC 5321 section 4.1.2, RFC 6531 section 3.3).
    private static func isLocal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
        default: "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
        }
    }
}
