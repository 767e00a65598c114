/// Encoded words (RFC 2047): text outside ASCII in a header, in pieces of at most 75 characters that each stand alone.
enum EncodedWord {
    private static let prefixLength = 12  // "=?utf-8?B?" and "?="

    /// Adds `text` to `line` as encoded words: as one where it fits this line or the next, else the first filling what room this
    /// line has left.
    static func append(_ text: String, to line: inout HeaderLine) {
        let useBase64 = prefersBase64(text)
        var pending: [UInt8] = []
        var room = roomForData(line.column + 1, useBase64)
        // What fits the next line whole is not cut in two to fill this one.
        let whole = useBase64 ? (text.utf8.count + 2) / 3 * 4 : qLength(text.utf8)
        if whole > room, whole <= roomForData(1, useBase64) { room = whole }
        func flush() {
            guard !pending.isEmpty else { return }
            line.append(word: encode(pending, useBase64), isEncoded: true)
            pending.removeAll(keepingCapacity: true)
            room = roomForData(line.column + 1, useBase64)
        }
        for piece in pieces(of: text, useBase64) {
            if cost(pending, piece, useBase64) > room {
                // A word too few on this line: take the whole next one.
                if pending.isEmpty { room = roomForData(1, useBase64) } else { flush() }
                if cost(pending, piece, useBase64) > room { room = roomForData(1, useBase64) }
            }
            pending.append(contentsOf: piece)
        }
        flush()
    }

    /// Characters as people see them, or single scalars where one such character is longer than a word.
    private static func pieces(of text: String, _ useBase64: Bool) -> [[UInt8]] {
        text.flatMap { character -> [[UInt8]] in
            let bytes = Array(character.utf8)
            if cost([], bytes, useBase64) <= roomForData(1, useBase64) { return [bytes] }
            return character.unicodeScalars.map { Array(String($0).utf8) }
        }
    }

    private static func roomForData(_ column: Int, _ useBase64: Bool) -> Int {
        min(75, 76 - column) - prefixLength
    }

    private static func cost(_ pending: [UInt8], _ more: [UInt8], _ useBase64: Bool) -> Int {
        if useBase64 { return (pending.count + more.count + 2) / 3 * 4 }
        return qLength(pending) + qLength(more)
    }

    private static func prefersBase64(_ text: String) -> Bool {
        (text.utf8.count + 2) / 3 * 4 < qLength(text.utf8)
    }

    private static func qLength(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.reduce(0) { $0 + (isLiteral($1) || $1 == 0x20 ? 1 : 3) }
    }

    /// What Q may leave as it is even inside a display name (RFC 2047 section 5, rule 3).
    private static func isLiteral(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"): true
        default: false
        }
    }

    private static func encode(_ bytes: [UInt8], _ useBase64: Bool) -> String {
        if useBase64 { return "=?utf-8?B?\(Base64.encode(bytes))?=" }
        var result = "=?utf-8?Q?"
        for byte in bytes {
            if isLiteral(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else if byte == 0x20 {
                result.append("_")
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result.append(byte < 16 ? "=0\(digits)" : "=\(digits)")
            }
        }
        return result + "?="
    }
}
