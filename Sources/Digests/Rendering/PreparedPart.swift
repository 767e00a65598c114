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
        // In one piece, so that a mail with a link at each paper costs copies and nothing else.
        let ends = values.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        let all = values.flatMap(\.self)
        return [UInt8](unsafeUninitializedCapacity: room) { output, count in
            var writer = JoiningWriter(UnsafeMutableRawBufferPointer(output))
            bytes.withUnsafeBytes { bytes in
                all.withUnsafeBytes { all in
                    var start = 0
                    for (slot, offset) in gaps {
                        writer.join(bytes, start..<offset)
                        writer.join(all, ends[slot.rawValue]..<ends[slot.rawValue + 1])
                        start = offset
                    }
                    writer.join(bytes, start..<bytes.count)
                }
            }
            count = writer.written
        }
    }

    /// What it takes of memory, about.
    var byteCount: Int { bytes.count }
}

/// ``QuotedPrintable/join(_:to:after:)`` into memory that is known to suffice.
private struct JoiningWriter {
    private let output: UnsafeMutableRawBufferPointer
    private(set) var written = 0

    init(_ output: UnsafeMutableRawBufferPointer) { self.output = output }

    mutating func join(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        if written > 0, output[written - 1] != 10 {
            for byte in QuotedPrintable.softBreak {
                output[written] = byte
                written += 1
            }
        }
        UnsafeMutableRawBufferPointer(rebasing: output[written...])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[range]))
        written += range.count
    }
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
