import CTextScan

/// The relaxed canonical forms of RFC 6376 section 3.4: what is signed survives refolding and lost trailing space.
enum DKIMCanonical {
    /// One header field (section 3.4.2): lower-case name, unfolded, white space single, CRLF at the end.
    static func relaxed(field: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(field.count + 2)
        append(field: field, to: &result)
        return result
    }

    /// The same, behind what is there already.
    static func append(field: some Collection<UInt8>, to result: inout [UInt8]) {
        // No longer than the field but for the CRLF of one that has none.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: field.count + 2) { output in
            var count = 0
            var valueStart = 0
            var space = false
            for byte in field {
                if byte == 0x20 || byte == 0x09 || byte == 13 || byte == 10 {
                    space = true
                    continue
                }
                // Space after the colon goes.
                if space, valueStart > 0, count > valueStart {
                    output[count] = 0x20
                    count += 1
                }
                output[count] = valueStart == 0 && (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
                count += 1
                if valueStart == 0, byte == UInt8(ascii: ":") { valueStart = count }
                space = false
            }
            output[count] = 13
            output[count + 1] = 10
            result.append(contentsOf: output[..<(count + 2)])
        }
    }

    /// Feeds the relaxed form of a body (section 3.4.4) to `sink`, in pieces, most of them as they lie.
    ///
    /// - Parameter body: lines end in CRLF.
    static func relaxed(body: UnsafeRawBufferPointer, to sink: (UnsafeRawBufferPointer) -> Void) {
        let end = endWithoutEmptyLines(body)
        guard end > 0 else { return }
        // What we encode ourselves needs no change, and looking is much cheaper than copying.
        let text = body.bindMemory(to: UInt8.self)
        if broadsheet_text_scan(text.baseAddress, end, 13) & Int32(TEXTSCAN_LOOSE_SPACE) == 0 {
            sink(UnsafeRawBufferPointer(rebasing: body[..<end]))
        } else {
            copyRelaxed(body, end: end, to: sink)
        }
        crlf.withUnsafeBytes(sink)
    }

    private static let crlf: [UInt8] = [13, 10]

    /// Where the last line that is not empty ends, its CRLF left out.
    private static func endWithoutEmptyLines(_ body: UnsafeRawBufferPointer) -> Int {
        var end = body.count
        while end > 0, [0x20, 0x09, 13, 10].contains(body[end - 1]) { end -= 1 }
        return end
    }

    /// The byte-by-byte way.
    private static func copyRelaxed(
        _ body: UnsafeRawBufferPointer, end: Int, to sink: (UnsafeRawBufferPointer) -> Void
    ) {
        var result: [UInt8] = []
        result.reserveCapacity(end)
        var space = false
        for byte in body[..<end] {
            if byte == 0x20 || byte == 0x09 {
                space = true
                continue
            }
            if space, byte != 13 { result.append(0x20) }
            space = false
            result.append(byte)
        }
        result.withUnsafeBytes(sink)
    }
}
