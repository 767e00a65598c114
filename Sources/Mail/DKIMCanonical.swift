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
        var valueStart = 0
        var space = false
        for byte in field {
            if byte == 0x20 || byte == 0x09 || byte == 13 || byte == 10 {
                space = true
                continue
            }
            if valueStart == 0 {
                result.append((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
                if byte == UInt8(ascii: ":") { valueStart = result.count }
            } else {
                // Space after the colon goes.
                if space, result.count > valueStart { result.append(0x20) }
                result.append(byte)
            }
            space = false
        }
        result.append(contentsOf: [13, 10])
    }

    /// Feeds the relaxed form of a body (section 3.4.4) to `sink`, in pieces, most of them as they lie.
    ///
    /// - Parameter body: lines end in CRLF.
    static func relaxed(body: UnsafeRawBufferPointer, to sink: (UnsafeRawBufferPointer) -> Void) {
        let end = endWithoutEmptyLines(body)
        var start = 0
        while start < end {
            // Whole blocks need no change as a rule, and looking is much cheaper than copying.
            let stop = min(start + 2048, end)
            let piece = UnsafeRawBufferPointer(rebasing: body[start..<stop])
            if isRelaxed(piece, next: stop < end ? body[stop] : 13) {
                sink(piece)
                start = stop
            } else {
                start = copyRelaxed(body, from: start, atLeastTo: stop, end: end, to: sink)
            }
        }
        if end > 0 { crlf.withUnsafeBytes(sink) }
    }

    private static let crlf: [UInt8] = [13, 10]

    /// Where the last line that is not empty ends, its CRLF left out.
    private static func endWithoutEmptyLines(_ body: UnsafeRawBufferPointer) -> Int {
        var end = body.count
        while end > 0, [0x20, 0x09, 13, 10].contains(body[end - 1]) { end -= 1 }
        return end
    }

    /// Whether no tab, no double space and no space before a line end is there; without branches, so that it is fast.
    private static func isRelaxed(_ bytes: UnsafeRawBufferPointer, next: UInt8) -> Bool {
        var fault: UInt8 = 0
        for index in 0..<(bytes.count - 1) {
            let byte = bytes[index]
            let following = bytes[index + 1]
            let isSpace: UInt8 = byte == 0x20 ? 1 : 0
            let isBad: UInt8 = following == 0x20 || following == 13 ? 1 : 0
            fault |= (byte == 0x09 ? 1 : 0) | (isSpace & isBad)
        }
        let last = bytes[bytes.count - 1]
        return fault == 0 && last != 0x09 && !(last == 0x20 && (next == 0x20 || next == 13 || next == 0x09))
    }

    /// The byte-by-byte way, up to a place where no white space is pending.
    private static func copyRelaxed(
        _ body: UnsafeRawBufferPointer, from start: Int, atLeastTo stop: Int, end: Int,
        to sink: (UnsafeRawBufferPointer) -> Void
    ) -> Int {
        var result: [UInt8] = []
        result.reserveCapacity(stop - start + 64)
        var space = false
        var index = start
        while index < end, index < stop || space {
            let byte = body[index]
            index += 1
            if byte == 0x20 || byte == 0x09 {
                space = true
                continue
            }
            if space, byte != 13 { result.append(0x20) }
            space = false
            result.append(byte)
        }
        result.withUnsafeBytes(sink)
        return index
    }
}
