import Core
import Transport

/// What a mail system said, made comparable: lower case, single blanks, plain quotes, and nothing in between that stands
/// there for one mail only: codes of replies, which in an answer of many lines begin each, and addresses.
struct FoldedText: Sendable {
    let bytes: [UInt8]

    init(_ text: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for word in text.lowercased().unicodeScalars.split(whereSeparator: Self.isBlank) {
            var word = Self.plain(word)
            if word.isEmpty || Self.isCode(word[...]) || Self.isAddress(word) { continue }
            // `550-no` is the beginning of a line, as is `550-5.1.1`.
            if word.count > 4, word[3] == UInt8(ascii: "-"), Self.isCode(word[..<3]) { word.removeFirst(4) }
            if Self.isCode(word[...]) { continue }
            // `BAD_RECIPIENT` is two words; an address or a host's name is not.
            if Self.isName(word) { word = word.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 } }
            // Where Han and kana are broken into lines, no blank was there.
            if let last = bytes.last, !(last >= 0x80 && Self.isWide(word)) { bytes.append(0x20) }
            bytes.append(contentsOf: word)
        }
        self.bytes = bytes
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar.value == 0xA0 || scalar.value == 0x3000 || scalar.value == 0xFEFF
    }

    private static func plain(_ word: Substring.UnicodeScalarView) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in word {
            switch scalar.value {
            case 0x2018, 0x2019, 0x60, 0xB4: bytes.append(UInt8(ascii: "'"))
            case 0x201C, 0x201D: bytes.append(UInt8(ascii: "\""))
            case _ where InvisibleScalar.contains(scalar.value): continue
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        return bytes
    }

    /// `550` or `5.1.1`.
    private static func isCode(_ word: ArraySlice<UInt8>) -> Bool {
        guard let first = word.first, (0x32...0x35).contains(first) else { return false }
        if word.count == 3 { return word.dropFirst().allSatisfy { (0x30...0x39).contains($0) } }
        return word.count >= 5 && word.count <= 9
            && EnhancedStatus(parsing: String(decoding: word, as: UTF8.self)) != nil
    }

    /// `<ada@example.net>:`, `ada@example.net`, `<ada>` or `"ada"`, as in “User <ada> unknown”.
    private static func isAddress(_ word: [UInt8]) -> Bool {
        guard let first = word.first else { return false }
        let core = word[..<(1 + (word.lastIndex { ![0x2C, 0x2E, 0x3A, 0x3B].contains($0) } ?? 0))]
        return switch (first, core.last) {
        case (UInt8(ascii: "<"), UInt8(ascii: ">")): true
        case (UInt8(ascii: "\""), UInt8(ascii: "\"")) where core.count > 2: true
        default: isPlainAddress(core)
        }
    }

    private static func isPlainAddress(_ word: ArraySlice<UInt8>) -> Bool {
        guard let at = word.firstIndex(of: UInt8(ascii: "@")), at > word.startIndex else { return false }
        let labels = word[at...].dropFirst().split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count > 1
            && labels.allSatisfy { label in !label.isEmpty && label.allSatisfy { isLetter($0) || $0 == 0x2D } }
    }

    /// Of a host's name, of any script.
    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
        default: false
        }
    }

    /// Whether a word is letters around underscores alone, in quotes or brackets or not.
    private static func isName(_ word: [UInt8]) -> Bool {
        var hasUnderscore = false
        for byte in word {
            switch byte {
            case UInt8(ascii: "_"): hasUnderscore = true
            case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x22, 0x27, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x5B, 0x5D: continue
            default: return false
            }
        }
        return hasUnderscore
    }

    /// Whether a word begins with kana or a Han character, which have no blanks between them.
    private static func isWide(_ word: [UInt8]) -> Bool { (0xE3...0xE9).contains(word.first ?? 0) }
}
