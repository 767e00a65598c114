import Foundation

/// Converts from any encoding that the C library knows; owns one conversion descriptor.
package final class Iconv {
    private let descriptor: iconv_t

    private init?(from charset: String) {
        // Browsers read the Latin encodings as their windows supersets (WHATWG Encoding), and feeds are written to match.
        let source = ["ISO-8859-1": "WINDOWS-1252", "US-ASCII": "WINDOWS-1252"][charset] ?? charset
        let descriptor = iconv_open("UTF-8", source)
        // iconv_open reports failure as the pointer with all bits set.
        guard let descriptor, Int(bitPattern: descriptor) != -1 else { return nil }
        self.descriptor = descriptor
    }

    deinit { iconv_close(descriptor) }

    static func knows(_ charset: String) -> Bool { Iconv(from: charset) != nil }

    /// The text as UTF-8, and how many bytes meant nothing and became U+FFFD; nil for an unknown encoding.
    package static func utf8(from bytes: [UInt8], charset: String) -> (utf8: [UInt8], replaced: Int)? {
        Iconv(from: charset)?.convert(bytes)
    }

    private func convert(_ bytes: [UInt8]) -> (utf8: [UInt8], replaced: Int) {
        var source = bytes.map { CChar(bitPattern: $0) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 8)
        var chunk = [CChar](repeating: 0, count: 65_536)
        var replaced = 0
        source.withUnsafeMutableBufferPointer { source in
            var input = source.baseAddress
            var left = source.count
            while left > 0 {
                let (written, error) = chunk.withUnsafeMutableBufferPointer { chunk -> (Int, Int32) in
                    var target = chunk.baseAddress
                    var room = chunk.count
                    let result = iconv(descriptor, &input, &left, &target, &room)
                    return (chunk.count - room, result == -1 ? errno : 0)
                }
                output.append(contentsOf: chunk[..<written].lazy.map { UInt8(bitPattern: $0) })
                if error == EILSEQ || error == EINVAL, left > 0 {
                    output.append(contentsOf: [0xEF, 0xBF, 0xBD])
                    replaced += 1
                    input = input?.advanced(by: 1)
                    left -= 1
                }
            }
        }
        return (output, replaced)
    }
}
