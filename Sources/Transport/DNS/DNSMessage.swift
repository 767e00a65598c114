import CResolver

/// The records of one type that a DNS answer holds (RFC 1035 section 4), as libresolv reads them.
struct DNSMessage {
    /// The data of each record of the type, in the order of the answer.
    let records: [Range<Int>]
    private let bytes: [UInt8]

    /// More of one type have no sense.
    private static let mostRecords = 1000

    /// - Returns: nil for bytes that are no answer.
    init?(_ bytes: [UInt8], type: DNSRecordType) {
        self.bytes = bytes
        var starts = [Int32](repeating: 0, count: Self.mostRecords)
        var lengths = starts
        let count = broadsheet_dns_records(
            bytes, Int32(bytes.count), Int32(type.rawValue), &starts, &lengths, Int32(Self.mostRecords))
        guard count >= 0 else { return nil }
        records = zip(starts, lengths).prefix(Int(count)).map { Int($0)..<Int($0) + Int($1) }
    }

    func number(at position: Int) -> Int { Int(bytes[position]) << 8 | Int(bytes[position + 1]) }

    subscript(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

    /// The name that begins at a place, without its last dot; nil where it runs over the end, or in a circle.
    func name(at start: Int) -> String? {
        var text = [CChar](repeating: 0, count: Int(NS_MAXDNAME))
        guard start < bytes.count,
            broadsheet_dns_name(bytes, Int32(bytes.count), Int32(start), &text, Int32(text.count)) >= 0
        else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The strings of a TXT record joined, as SPF and DKIM read them (RFC 7208 section 3.3, RFC 6376 section 3.6.2.2).
    func text(_ record: Range<Int>) -> String {
        var (position, text) = (record.lowerBound, [UInt8]())
        while position < record.upperBound {
            let end = min(position + 1 + Int(bytes[position]), record.upperBound)
            text += bytes[position + 1..<end]
            position = end
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// The types of records that mail is about, by their numbers.
enum DNSRecordType: Int, Sendable {
    case a = 1
    case ptr = 12
    case mx = 15
    case txt = 16
    case aaaa = 28
}
