import Foundation

/// Text in another encoding, by the C library.
enum Encoded {
    static func bytes(_ text: String, _ charset: String) -> [UInt8] {
        guard let descriptor = iconv_open(charset, "UTF-8"), Int(bitPattern: descriptor) != -1 else { return [] }
        defer { iconv_close(descriptor) }
        var source = text.utf8.map { CChar(bitPattern: $0) }
        var target = [CChar](repeating: 0, count: source.count * 4 + 16)
        return source.withUnsafeMutableBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                var input = source.baseAddress
                var left = source.count
                var output = target.baseAddress
                var room = target.count
                _ = iconv(descriptor, &input, &left, &output, &room)
                return target[..<(target.count - room)].map { UInt8(bitPattern: $0) }
            }
        }
    }
}
