/// Whether bytes are UTF-8 (RFC 3629), eight at a time where they are ASCII.
enum UTF8Check {
    static func isValid(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var at = 0
            while at < buffer.count {
                if at + 8 <= buffer.count,
                    buffer.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    at += 8
                    continue
                }
                guard let length = sequence(buffer, at) else { return false }
                at += length
            }
            return true
        }
    }

    /// How much of the text is sound UTF-8 beyond ASCII, and how much is broken.
    struct Damage {
        var sound = 0
        var broken = 0

        /// A few spoilt bytes in text that is otherwise UTF-8, as where a field was cut in the middle of a letter.
        var isSlight: Bool { broken * 10 <= sound }
    }

    static func damage(in bytes: [UInt8]) -> Damage {
        bytes.withUnsafeBytes { buffer in
            var damage = Damage()
            var at = 0
            while at < buffer.count {
                if let length = sequence(buffer, at) {
                    if length > 1 { damage.sound += 1 }
                    at += length
                } else {
                    damage.broken += 1
                    at += 1
                }
            }
            return damage
        }
    }

    private static func sequence(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Int? {
        let lead = bytes[at]
        if lead < 0x80 { return 1 }
        let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
        guard length > 0, at + length <= bytes.count else { return nil }
        for offset in 1..<length where bytes[at + offset] & 0xC0 != 0x80 { return nil }
        let second = bytes[at + 1]
        switch lead {
        case 0xE0: return second >= 0xA0 ? length : nil
        case 0xED: return second < 0xA0 ? length : nil
        case 0xF0: return second >= 0x90 ? length : nil
        case 0xF4: return second < 0x90 ? length : nil
        default: return length
        }
    }
}
