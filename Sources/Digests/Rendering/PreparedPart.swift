import Mail

/// The text or the HTML of a mail, made once for many readers: encoded bytes in one buffer, with gaps for what is the
/// reader's own, so that filling it in takes a few copies.
struct PreparedPart: Sendable {
    private var bytes: [UInt8] = []
    /// In order; where they lie in `bytes`.
    private var gaps: [(slot: ReaderSlot, offset: Int)] = []

    /// Adds bytes that are the same for every reader, quoted-printable already.
    mutating func append(_ encoded: [UInt8]) {
        let start = gaps.last?.offset ?? 0
        encoded.withUnsafeBytes { QuotedPrintable.join($0, to: &bytes, after: start) }
    }

    mutating func append(gap slot: ReaderSlot) { gaps.append((slot, bytes.count)) }

    /// Quoted-printable (RFC 2045 section 6.7).
    ///
    /// - Parameter values: encoded, in the order of ``ReaderSlot``.
    func filled(_ values: [[UInt8]]) -> [UInt8] {
        let room = gaps.reduce(bytes.count) {
            $0 + values[$1.slot.rawValue].count + 2 * QuotedPrintable.softBreak.count
        }
        var result: [UInt8] = []
        result.reserveCapacity(room)
        bytes.withUnsafeBytes { bytes in
            var start = 0
            for (slot, offset) in gaps {
                QuotedPrintable.join(.init(rebasing: bytes[start..<offset]), to: &result)
                values[slot.rawValue].withUnsafeBytes { QuotedPrintable.join($0, to: &result) }
                start = offset
            }
            QuotedPrintable.join(.init(rebasing: bytes[start...]), to: &result)
        }
        return result
    }

    /// What it takes of memory, about.
    var byteCount: Int { bytes.count }
}

extension QuotedPrintable {
    static let softBreak = Array("=\r\n".utf8)

    /// Puts bytes behind others that were encoded apart. A soft line break stands between them within a line, so that no
    /// line grows longer than its halves.
    ///
    /// - Parameter start: where `bytes` begins to count.
    static func join(_ more: UnsafeRawBufferPointer, to bytes: inout [UInt8], after start: Int = 0) {
        guard !more.isEmpty else { return }
        if bytes.count > start, bytes[bytes.count - 1] != 10 { bytes.append(contentsOf: softBreak) }
        bytes.append(contentsOf: more)
    }
}
