import CTextScan
import Foundation

/// A message with its bytes as DATA wants them (RFC 5321 section 4.5.2): CRLF line ends only, leading dots doubled.
final class SMTPPayload: Sendable {
    /// The envelope, see ``OutgoingMessage``.
    let sender: String
    let recipient: String
    /// Bytes of the message, as they were before.
    let messageCount: Int
    /// Together they end with CRLF; the final dot is not part of them.
    let pieces: (first: [UInt8], second: [UInt8])
    let hasEightBitHeader: Bool
    let hasEightBitBody: Bool

    init(_ message: OutgoingMessage) {
        sender = message.sender
        recipient = message.recipient
        messageCount = message.count
        let (first, second) = (message.header, message.body)
        let seen = Self.look(first, next: second.first ?? 0) | Self.look(second, next: 0)
        pieces = Self.isReady(first, second, seen) ? (first, second) : (Self.stuffed(first + second), [])
        if seen & TEXTSCAN_EIGHT_BIT == 0 {
            hasEightBitHeader = false
            hasEightBitBody = false
        } else {
            let bytes = first + second
            let end = bytes.firstRange(of: [13, 10, 13, 10])?.lowerBound ?? bytes.count
            hasEightBitHeader = bytes[..<end].contains { $0 >= 0x80 }
            hasEightBitBody = bytes[end...].contains { $0 >= 0x80 }
        }
    }

    var count: Int { pieces.first.count + pieces.second.count }

    private static func look(_ bytes: [UInt8], next: UInt8) -> Int {
        Int(broadsheet_text_scan(bytes, bytes.count, next))
    }

    /// Whether the bytes can go out as they are, as ours do.
    private static func isReady(_ first: [UInt8], _ second: [UInt8], _ seen: Int) -> Bool {
        guard first.count >= 2, first[0] != 46, first[0] != 10, (second.last ?? first.last) == 10 else { return false }
        return seen & (TEXTSCAN_BARE_LINE_END | TEXTSCAN_LEADING_DOT) == 0
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
