import Foundation
import NIOCore

/// Finding the end of a message and undoing dot-stuffing (RFC 5321 section 4.5.2).
enum DotStuffing {
    struct End {
        /// Bytes of the message with the CRLF of its last line.
        let body: Int
        /// Bytes of the end mark after it.
        let terminator: Int
    }

    /// Looks for `CRLF . CRLF`, or a dot as the first line.
    ///
    /// - Parameter searched: how many bytes hold no end; kept between calls so that no byte is looked at twice.
    static func end(of buffer: ByteBuffer, searched: inout Int) -> End? {
        buffer.withUnsafeReadableBytes { bytes -> End? in
            if bytes.starts(with: ".\r\n".utf8) { return End(body: 0, terminator: 3) }
            let from = max(2, searched - 4)
            searched = bytes.count
            let dot = firstLeadingDot(in: bytes, from: from) { next in
                next + 2 < bytes.count && bytes[next + 1] == 13 && bytes[next + 2] == 10
            }
            return dot.map { End(body: $0, terminator: 3) }
        }
    }

    /// The first dot after a CRLF that `condition` agrees to.
    private static func firstLeadingDot(
        in bytes: UnsafeRawBufferPointer, from: Int, where condition: (Int) -> Bool
    ) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var index = from
        while index < bytes.count, let hit = memchr(base + index, 46, bytes.count - index) {
            index = UnsafeRawPointer(hit) - base
            if bytes[index - 1] == 10, bytes[index - 2] == 13, condition(index) { return index }
            index += 1
        }
        return nil
    }

    static func removed(from buffer: inout ByteBuffer) -> [UInt8] {
        let bytes = buffer.readBytes(length: buffer.readableBytes) ?? []
        let isStuffed = bytes.withUnsafeBytes {
            $0.first == 46 || firstLeadingDot(in: $0, from: 2) { _ in true } != nil
        }
        guard isStuffed else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var lineStart = true
        for byte in bytes {
            if lineStart, byte == 46 {
                lineStart = false
                continue
            }
            result.append(byte)
            lineStart = byte == 10
        }
        return result
    }
}
