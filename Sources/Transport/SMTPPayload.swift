import CTextScan
import Foundation

/// A message's bytes as DATA wants them (RFC 5321 section 4.5.2): CRLF line ends only, leading dots doubled.
struct SMTPPayload: Sendable {
    /// Ends with CRLF; the final dot is not part of it.
    let bytes: [UInt8]
    let hasEightBitHeader: Bool
    let hasEightBitBody: Bool

    init(_ message: [UInt8]) {
        let (isReady, isSevenBit) = message.withUnsafeBufferPointer(Self.look)
        bytes = isReady ? message : Self.stuffed(message)
        if isSevenBit {
            hasEightBitHeader = false
            hasEightBitBody = false
        } else {
            let end = bytes.firstRange(of: [13, 10, 13, 10])?.lowerBound ?? bytes.count
            hasEightBitHeader = bytes[..<end].contains { $0 >= 0x80 }
            hasEightBitBody = bytes[end...].contains { $0 >= 0x80 }
        }
    }

    /// Whether the bytes can go out as they are, as ours do, and whether all are ASCII.
    private static func look(_ bytes: UnsafeBufferPointer<UInt8>) -> (isReady: Bool, isSevenBit: Bool) {
        let found = Int(broadsheet_text_scan(bytes.baseAddress, bytes.count, 0))
        let hasGoodEnds = bytes.count >= 2 && bytes[0] != 46 && bytes[0] != 10 && bytes[bytes.count - 1] == 10
        let isReady = hasGoodEnds && found & (TEXTSCAN_BARE_LINE_END | TEXTSCAN_LEADING_DOT) == 0
        return (isReady, found & TEXTSCAN_EIGHT_BIT == 0)
    }

    /// A bare CR or LF becomes CRLF: servers that differ about them can be made to see two messages in one.
    private static func stuffed(_ message: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(message.count + message.count / 50 + 2)
        var isLineStart = true
        var index = 0
        while index < message.count {
            let byte = message[index]
            index += 1
            if byte == 13 || byte == 10 {
                if byte == 13, index < message.count, message[index] == 10 { index += 1 }
                result.append(contentsOf: [13, 10])
                isLineStart = true
                continue
            }
            if isLineStart, byte == 46 { result.append(46) }
            isLineStart = false
            result.append(byte)
        }
        if !isLineStart || result.isEmpty { result.append(contentsOf: [13, 10]) }
        return result
    }
}
