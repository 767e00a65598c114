/// What a word has in common with all the words that `Inflection` holds for forms of it: the same for a word and for each of its
/// keys. It is nothing to be shown; `quantizing`, "quantized" and "quantize" share `quantiz`.
enum WordStem {
    static func of(_ word: String) -> String {
        let start = Inflection.singular(word)
        let bytes = Array(start.utf8)
        guard bytes.count > 3, bytes.allSatisfy({ 0x61...0x7A ~= $0 }) else { return short(start) }
        if start.hasSuffix("ied"), bytes.count > 4 { return of(start.dropLast(3) + "y") }
        let stem = verbStem(bytes) ?? bytes
        let base = withoutEnding(stem)
        let text = String(decoding: base, as: UTF8.self)
        return base.count < bytes.count ? of(text) : text
    }

    /// Of a word of up to three letters, which has no singular and is no form of a verb: it may be one without its `e`, or one
    /// whose last letter was doubled.
    private static func short(_ word: String) -> String {
        let bytes = Array(word.utf8)
        guard bytes.count == 3, bytes.allSatisfy({ 0x61...0x7A ~= $0 }) else { return word }
        return String(decoding: withoutEnding(bytes), as: UTF8.self)
    }

    /// What stands before `-ing` or `-ed`, by the rules of `Inflection`.
    private static func verbStem(_ bytes: [UInt8]) -> [UInt8]? {
        let stem: [UInt8]
        if bytes.ends("ing") {
            stem = bytes.dropLast(3)
        } else if bytes.ends("ed"), !bytes.ends("eed") {
            stem = bytes.dropLast(2)
        } else {
            return nil
        }
        return stem.count >= 2 && stem.contains(where: isVowel) ? stem : nil
    }

    private static func withoutEnding(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes[...]
        if result.count > 2, result.last == UInt8(ascii: "e") { result = result.dropLast() }
        while result.count > 2, let last = result.last, result.dropLast().last == last, !isVowel(last) {
            result = result.dropLast()
        }
        return Array(result)
    }

    private static func isVowel(_ byte: UInt8) -> Bool { "aeiouy".utf8.contains(byte) }
}

extension [UInt8] {
    fileprivate func ends(_ suffix: StaticString) -> Bool {
        count >= suffix.utf8CodeUnitCount
            && suffix.withUTF8Buffer { self.suffix(suffix.utf8CodeUnitCount).elementsEqual($0) }
    }
}
