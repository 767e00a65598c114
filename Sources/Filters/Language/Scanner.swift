/// Walks over a filter's UTF-8 and knows where words and quotes end.
///
/// Every function moves forward over what it reads and none looks back, so reading a filter is linear in its length.
struct Scanner {
    let text: String
    let bytes: [UInt8]
    var at = 0

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    /// The byte under the scanner; nil at the end.
    var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skipBlanks() {
        while let width = blankWidth(at: at) { at += width }
    }

    /// Takes a word written in capitals, or a sign, that stands alone.
    mutating func takeOperator(_ names: StaticString...) -> Bool {
        skipBlanks()
        for name in names where stands(name) {
            at += name.utf8CodeUnitCount
            return true
        }
        return false
    }

    /// Whether an operator stands here, followed by a blank, a parenthesis, a quote or the end.
    func stands(_ name: StaticString) -> Bool {
        let end = at + name.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        let isSame = name.withUTF8Buffer { bytes[at..<end].elementsEqual($0) }
        return isSame && isDelimiter(at: end)
    }

    /// A quotation mark, straight or as word processors write it, and its width in bytes.
    func quoteWidth(at index: Int) -> Int? {
        guard index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "\"") { return 1 }
        guard bytes[index] >= 0x80 else { return nil }
        let (scalar, width) = scalar(at: index)
        return "“”„‟«»＂".unicodeScalars.contains(scalar) ? width : nil
    }

    /// A minus sign, or what a word processor makes of it.
    func minusWidth(at index: Int) -> Int? {
        guard index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "-") { return 1 }
        guard bytes[index] >= 0x80 else { return nil }
        let (scalar, width) = scalar(at: index)
        return "–—−".unicodeScalars.contains(scalar) ? width : nil
    }

    func isDelimiter(at index: Int) -> Bool {
        guard index < bytes.count else { return true }
        let byte = bytes[index]
        if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") { return true }
        return blankWidth(at: index) != nil || quoteWidth(at: index) != nil
    }

    /// Moves to the end of the word that begins here.
    mutating func skipWord() {
        while !isDelimiter(at: at) { at += width(at: at) }
    }

    /// Moves over ASCII letters and the underscore: a field's name.
    mutating func skipName() {
        while let byte, byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte == 0x5F { at += 1 }
    }

    mutating func skipComparisonSigns() {
        while at < bytes.count {
            let (scalar, width) = scalar(at: at)
            guard "<>=≥≤".unicodeScalars.contains(scalar) else { return }
            at += width
        }
    }

    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The error at a place given in bytes.
    func error(
        _ range: Range<Int>, _ fault: FilterFault, _ values: [String], _ problem: String, mend: String
    ) -> FilterError {
        FilterError(
            text: text, offset: string(0..<range.lowerBound).count, length: string(range).count, fault: fault,
            values: values, problem: problem, mend: mend)
    }

    func error(_ range: Range<Int>, _ fault: FilterFault, _ problem: String, mend: String) -> FilterError {
        error(range, fault, [], problem, mend: mend)
    }

    private func blankWidth(at index: Int) -> Int? {
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case 0x20, 0x09...0x0D, 0x00: return 1
        case ..<0x80: return nil
        default:
            let (scalar, width) = scalar(at: index)
            return scalar.properties.isWhitespace ? width : nil
        }
    }

    /// The width in bytes of the sign that begins here.
    func width(at index: Int) -> Int {
        switch bytes[index] {
        case ..<0xC0: 1
        case ..<0xE0: 2
        case ..<0xF0: 3
        default: 4
        }
    }

    /// Decodes what is known to be valid, because it came from a `String`.
    private func scalar(at index: Int) -> (Unicode.Scalar, Int) {
        let width = width(at: index)
        if width == 1 { return (Unicode.Scalar(bytes[index]), 1) }
        var value = UInt32(bytes[index]) & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
        for byte in bytes[(index + 1)..<(index + width)] { value = value << 6 | UInt32(byte & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
    }
}
