/// Quoted-printable (RFC 2045 section 6.7), lines of at most 76 characters.
public enum QuotedPrintable {
    /// Encodes the UTF-8 of `text`.
    ///
    /// LF and CRLF come out as hard CRLF breaks. Text that ends with a line end gives bytes that may be joined to other
    /// such bytes. No line begins with a dot (so SMTP never stuffs it) or with `From ` (so no mbox quotes it). Of several
    /// spaces every second is encoded, and tabs are: nothing is lost where a relay squeezes white space, and the bytes
    /// are their own canonical form for DKIM.
    public static func encode(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { encode($0) }
    }

    private static func encode(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        // Three bytes for each, and a soft break (3 bytes) after at least 73 of them.
        let capacity = input.count * 3 + input.count / 8 + 8
        return [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            var writer = QuotedPrintableWriter(input: input, output: output)
            writer.run()
            count = writer.written
        }
    }
}

/// One pass over the bytes. Lines fill to 75 characters, the 76th is the soft break's `=`.
private struct QuotedPrintableWriter {
    let input: UnsafeBufferPointer<UInt8>
    let output: UnsafeMutableBufferPointer<UInt8>
    var written = 0
    private var column = 0
    private var index = 0

    init(input: UnsafeBufferPointer<UInt8>, output: UnsafeMutableBufferPointer<UInt8>) {
        self.input = input
        self.output = output
    }

    mutating func run() {
        while index < input.count {
            copyPlainRun()
            guard index < input.count else { break }
            let byte = input[index]
            if byte == 10 {
                put(13)
                put(10)
                column = 0
            } else if byte == 13, index + 1 < input.count, input[index + 1] == 10 {
                // The LF that follows makes the break.
            } else if column < 75, isPlain(byte), !isAwkward(byte) {
                put(byte)
                column += 1
            } else {
                encode(byte)
            }
            index += 1
        }
    }

    /// The common case: letters, digits, signs and inner spaces up to the end of the output line.
    private mutating func copyPlainRun() {
        if column == 0, isAwkwardStart { return }
        let end = min(input.count, index + (75 - column))
        var next = index
        var before: UInt8 = followsSpace ? 0x20 : 0
        while next < end, isPlain(input[next]), input[next] != 0x20 || before != 0x20 {
            before = input[next]
            output[written + next - index] = before
            next += 1
        }
        // A space before a line end must be encoded; the one at the end of the run is looked at by itself.
        if next > index, before == 0x20 { next -= 1 }
        column += next - index
        written += next - index
        index = next
    }

    /// A space at the end of its line or after another, or a first byte that other programs would change.
    private func isAwkward(_ byte: UInt8) -> Bool {
        if column == 0, isAwkwardStart { return true }
        guard byte == 0x20 else { return false }
        let next = index + 1 < input.count ? input[index + 1] : 10
        return next == 10 || next == 13 || followsSpace
    }

    /// Whether the line so far ends in a space.
    private var followsSpace: Bool { column > 0 && output[written - 1] == 0x20 }

    private var isAwkwardStart: Bool {
        if input[index] == UInt8(ascii: ".") { return true }
        guard input[index] == UInt8(ascii: "F"), index + 4 < input.count else { return false }
        return input[index + 1] == UInt8(ascii: "r") && input[index + 2] == UInt8(ascii: "o")
            && input[index + 3] == UInt8(ascii: "m") && input[index + 4] == 0x20
    }

    private func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte <= 0x7E && byte != UInt8(ascii: "=")
    }

    private mutating func encode(_ byte: UInt8) {
        if column == 75, isPlain(byte), !isAwkward(byte) {
            breakSoftly()
            // Now at the start of a line, where a dot needs care.
            if !isAwkward(byte) {
                put(byte)
                column += 1
                return
            }
        }
        if column > 72 { breakSoftly() }
        put(UInt8(ascii: "="))
        put(Self.digit(byte >> 4))
        put(Self.digit(byte & 15))
        column += 3
    }

    private mutating func breakSoftly() {
        put(UInt8(ascii: "="))
        put(13)
        put(10)
        column = 0
    }

    private mutating func put(_ byte: UInt8) {
        output[written] = byte
        written += 1
    }

    private static func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x37 + nibble }
}
