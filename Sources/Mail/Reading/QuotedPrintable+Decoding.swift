extension QuotedPrintable {
    /// The text that was encoded, with LF line ends.
    public static func text(of encoded: [UInt8]) -> String {
        var lines = encoded
        lines.removeAll { $0 == 13 }  // only line ends have one: in the text it would be encoded
        return String(decoding: decode(lines[...]), as: UTF8.self)
    }

    /// Undoes the encoding of text with LF line ends; what is not encoded by the rules stays as it is (RFC 2045 section
    /// 6.7).
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var isFirst = true
        var wasSoftBreak = false
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if !isFirst, !wasSoftBreak { bytes.append(0x0A) }
            isFirst = false
            // Blanks at a line's end were added on the way.
            let end = line.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? line.startIndex
            wasSoftBreak = line[..<end].last == UInt8(ascii: "=")
            decode(line: line[..<(wasSoftBreak ? end - 1 : end)], into: &bytes)
        }
        return bytes
    }

    private static func decode(line: ArraySlice<UInt8>, into bytes: inout [UInt8]) {
        var rest = line
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "="), rest.count >= 2, let high = digit(rest[rest.startIndex]),
                let low = digit(rest[rest.startIndex + 1])
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
