import Foundation

/// The bytes of a text file as UTF-8, whether it holds UTF-8 or UTF-16, piece by piece.
///
/// Spreadsheets write UTF-16 for “Unicode text”, in either order of bytes. A byte order mark tells it; without one, the
/// zeros that stand in every other place of what is mostly ASCII.
struct UnicodeReader {
    private enum Form {
        case utf8
        /// RFC 2781, the low byte first.
        case littleEndian
        case bigEndian
    }

    private var form: Form?
    /// What came before the form was known.
    private var beginning: [UInt8] = []
    /// The first half of a unit whose other half is in the next piece.
    private var half: UInt8?
    /// The first of a pair that makes one character.
    private var high: UInt16?

    /// The next piece of the file, as far as it can be told.
    mutating func read(_ piece: some Collection<UInt8>) -> [UInt8] {
        guard let form else {
            beginning.append(contentsOf: piece)
            guard beginning.count >= 4 else { return [] }
            return begin()
        }
        return decoded(piece, form)
    }

    /// What is left at the end of the file.
    mutating func finish() -> [UInt8] {
        var rest = form == nil ? begin() : []
        if half != nil || high != nil { rest += Self.replacement }
        (half, high) = (nil, nil)
        return rest
    }

    private mutating func begin() -> [UInt8] {
        let start = beginning
        beginning = []
        let (found, mark) = Self.form(of: start)
        form = found
        return decoded(start.dropFirst(mark), found)
    }

    /// The form, and how many bytes of a mark stand before the text.
    private static func form(of start: [UInt8]) -> (Form, mark: Int) {
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        guard start.count >= 2 else { return (.utf8, 0) }
        switch (start[0], start[1]) {
        case (0xFF, 0xFE): return (.littleEndian, 2)
        case (0xFE, 0xFF): return (.bigEndian, 2)
        case (1..., 0): return (.littleEndian, 0)
        case (0, 1...): return (.bigEndian, 0)
        default: return (.utf8, 0)
        }
    }

    private mutating func decoded(_ piece: some Collection<UInt8>, _ form: Form) -> [UInt8] {
        guard form != .utf8 else { return Array(piece) }
        var text: [UInt8] = []
        text.reserveCapacity(piece.count / 2 + 4)
        for byte in piece {
            guard let first = half else {
                half = byte
                continue
            }
            half = nil
            let (upper, lower) = form == .bigEndian ? (first, byte) : (byte, first)
            append(UInt16(upper) << 8 | UInt16(lower), to: &text)
        }
        return text
    }

    private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
        if let first = high {
            high = nil
            if UTF16.isTrailSurrogate(unit) {
                let value = 0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(unit) - 0xDC00)
                text += Self.bytes(value)
                return
            }
            text += Self.replacement
        }
        if UTF16.isLeadSurrogate(unit) {
            high = unit
        } else if unit < 0x80 {
            text.append(UInt8(unit))
        } else {
            text += Self.bytes(UInt32(unit))
        }
    }

    /// A character's UTF-8; a lone surrogate becomes U+FFFD.
    private static func bytes(_ value: UInt32) -> [UInt8] {
        Unicode.Scalar(value).map { Array(String($0).utf8) } ?? replacement
    }

    private static let replacement = Array("\u{FFFD}".utf8)
}
