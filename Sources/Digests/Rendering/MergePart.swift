import Mail

/// The text or the HTML of a mail, made once for many readers: encoded bytes in one buffer, with gaps for what is the
/// reader's own, so that filling it in takes a few copies.
struct MergePart: Sendable {
    private var bytes: [UInt8] = []
    /// In order: the number of the slot, and where they lie in `bytes`.
    private var gaps: [(slot: Int, offset: Int)] = []
    /// How many gaps each slot has.
    private var uses = Array(repeating: 0, count: MergeField.allCases.count)

    /// - Parameter room: about how many bytes it will have.
    init(room: Int = 0) { bytes.reserveCapacity(room) }

    /// Adds bytes that are the same for every reader, quoted-printable already.
    mutating func append(_ encoded: [UInt8]) {
        let start = gaps.last?.offset ?? 0
        encoded.withUnsafeBytes { QuotedPrintable.join($0, to: &bytes, after: start) }
    }

    mutating func append(gap slot: MergeField) {
        gaps.append((slot.rawValue, bytes.count))
        uses[slot.rawValue] += 1
    }

    /// The bytes that a filled-in part takes at most.
    ///
    /// - Parameter values: as in ``write(_:to:)``.
    func room(for values: MergeValues.Part) -> Int {
        zip(uses, values.places).reduce(bytes.count) { room, slot in
            room + slot.0 * (slot.1.count + 2 * QuotedPrintable.softBreak.count)
        }
    }

    /// Quoted-printable (RFC 2045 section 6.7).
    ///
    /// - Parameter values: the reader's.
    func write(_ values: MergeValues.Part, to writer: inout JoiningWriter) {
        // By pointers: these arrays are many threads' at once, and to count who holds them would cost more than the copies.
        bytes.withUnsafeBytes { own in
            gaps.withUnsafeBufferPointer { gaps in
                values.bytes.withUnsafeBytes { theirs in
                    var start = 0
                    for (slot, offset) in gaps {
                        writer.join(own, start..<offset)
                        writer.join(theirs, values.places[slot])
                        start = offset
                    }
                    writer.join(own, start..<own.count)
                }
            }
        }
    }

    /// How many bytes come before the first gap.
    var beginningCount: Int { gaps.first?.offset ?? bytes.count }

    /// What it takes of memory, about.
    var byteCount: Int { bytes.count }
}

/// ``QuotedPrintable/join(_:to:after:)`` into memory that is known to suffice.
struct JoiningWriter {
    private let output: UnsafeMutableRawBufferPointer
    private(set) var written = 0

    init(_ output: UnsafeMutableRawBufferPointer) { self.output = output }

    mutating func join(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        guard !range.isEmpty, let source = bytes.baseAddress, let target = output.baseAddress else { return }
        let isWithinLine = written > 0 && output[written - 1] != 10
        precondition(written + range.count + (isWithinLine ? 3 : 0) <= output.count)
        if isWithinLine {
            // The soft break, byte by byte: this is done a few dozen times for each mail.
            output[written] = UInt8(ascii: "=")
            output[written + 1] = 13
            output[written + 2] = 10
            written += 3
        }
        (target + written).copyMemory(from: source + range.lowerBound, byteCount: range.count)
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
