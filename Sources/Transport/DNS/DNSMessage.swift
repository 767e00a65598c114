/// The records of one type that a DNS answer holds (RFC 1035 section 4).
struct DNSMessage {
    /// The data of each record of the type, in the order of the answer.
    private(set) var records: [Range<Int>] = []
    private let bytes: [UInt8]

    /// The most pointers in one name, so that a circle of them ends.
    private static let mostPointers = 32
    /// The bytes of a name (RFC 1035 section 2.3.4).
    private static let longestName = 255

    /// - Returns: nil for bytes that are no answer.
    init?(_ bytes: [UInt8], type: DNSRecordType) {
        self.bytes = bytes
        guard bytes.count >= 12 else { return nil }
        var position = 12
        for _ in 0..<number(at: 4) {
            guard let (_, end) = name(at: position) else { return nil }
            position = end + 4
        }
        for _ in 0..<number(at: 6) {
            guard let (_, end) = name(at: position), end + 10 <= bytes.count else { return nil }
            let (data, length) = (end + 10, number(at: end + 8))
            guard data + length <= bytes.count else { return nil }
            // An alias's target follows in the same answer.
            if number(at: end) == type.rawValue { records.append(data..<data + length) }
            position = data + length
        }
    }

    func number(at position: Int) -> Int { Int(bytes[position]) << 8 | Int(bytes[position + 1]) }

    subscript(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

    /// A name without its last dot, and where it ends in the message; nil where it runs over the end.
    func name(at start: Int) -> (text: String, end: Int)? {
        var labels: [String] = []
        var (position, end, pointers, bytesRead) = (start, nil as Int?, 0, 0)
        while position < bytes.count {
            let length = Int(bytes[position])
            if length == 0 { return (labels.joined(separator: "."), end ?? position + 1) }
            if length & 0xC0 == 0xC0 {
                guard position + 1 < bytes.count, pointers < Self.mostPointers else { return nil }
                end = end ?? position + 2
                pointers += 1
                position = (length & 0x3F) << 8 | Int(bytes[position + 1])
                continue
            }
            bytesRead += 1 + length
            guard length & 0xC0 == 0, position + 1 + length <= bytes.count, bytesRead < Self.longestName else {
                return nil
            }
            labels.append(String(decoding: bytes[position + 1..<position + 1 + length], as: UTF8.self))
            position += 1 + length
        }
        return nil
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
