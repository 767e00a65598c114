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

    /// The SHA-256 hash of the relaxed form of a body, for bh= (section 3.7).
    ///
    /// - Parameter beginning: bytes at its front that were hashed before.
    static func hash(of body: [UInt8], _ beginning: HashedBeginning? = nil) throws(MailError) -> [UInt8] {
        let hash = if let beginning { try beginning.continued(of: body) } else { try SHA256() }
        let isHashed = body.withUnsafeBytes { bytes in
            relaxed(body: bytes, from: beginning?.count ?? 0, isRelaxed: beginning?.isOfRelaxed ?? false) {
                hash.update($0)
            }
        }
        return isHashed ? hash.finish() : try Self.hash(of: body)
    }

    /// Feeds the relaxed form of a body (section 3.4.4) to `sink`, in pieces, most of them as they lie.
    ///
    /// - Parameters:
    ///   - start: what comes before it is left out.
    ///   - isRelaxed: whether nothing but empty lines at the end can keep the body from being its own relaxed form.
    /// - Returns: false where it cannot be left out, because the form is another up to there; then nothing was fed.
    @discardableResult
    static func relaxed(
        body: UnsafeRawBufferPointer, from start: Int = 0, isRelaxed: Bool = false,
        to sink: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        let end = endWithoutEmptyLines(body)
        guard end > 0 else { return start == 0 }
        // Looking is much cheaper than copying.
        if start <= end, isRelaxed || !holdsLooseSpace(body, end: end) {
            sink(UnsafeRawBufferPointer(rebasing: body[start..<end]))
        } else if start == 0 {
            copyRelaxed(body, end: end, to: sink)
        } else {
            return false
        }
        crlf.withUnsafeBytes(sink)
        return true
    }

    private static func holdsLooseSpace(_ body: UnsafeRawBufferPointer, end: Int) -> Bool {
        let text = body.bindMemory(to: UInt8.self)
        return broadsheet_loose_space(text.baseAddress, end, 13) != 0
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
