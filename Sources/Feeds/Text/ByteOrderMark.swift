/// A byte order mark, or the look of UTF-16 without one.
struct ByteOrderMark {
    let charset: String
    let length: Int

    init?(_ bytes: [UInt8]) {
        switch (bytes.first, bytes.dropFirst().first, bytes.dropFirst(2).first, bytes.dropFirst(3).first) {
        case (0xEF, 0xBB, 0xBF, _): (charset, length) = ("UTF-8", 3)
        case (0xFF, 0xFE, 0x00, 0x00): (charset, length) = ("UTF-32LE", 4)
        case (0x00, 0x00, 0xFE, 0xFF): (charset, length) = ("UTF-32BE", 4)
        case (0xFF, 0xFE, _, _): (charset, length) = ("UTF-16LE", 2)
        case (0xFE, 0xFF, _, _): (charset, length) = ("UTF-16BE", 2)
        case (0x3C, 0x00, 0x00, 0x00): (charset, length) = ("UTF-32LE", 0)
        case (0x00, 0x00, 0x00, 0x3C): (charset, length) = ("UTF-32BE", 0)
        case (0x3C, 0x00, _, 0x00), (0x5B, 0x00, _, 0x00), (0x7B, 0x00, _, 0x00): (charset, length) = ("UTF-16LE", 0)
        case (0x00, 0x3C, 0x00, _), (0x00, 0x5B, 0x00, _), (0x00, 0x7B, 0x00, _): (charset, length) = ("UTF-16BE", 0)
        default: return nil
        }
    }
}
