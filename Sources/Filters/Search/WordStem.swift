/// What a word has in common with all the words that `Inflection` holds for forms of it: the same for a word and for each of its
/// keys. It is nothing to be shown; `quantizing`, "quantized" and "quantize" share `quantiz`.
enum WordStem {
    static func of(_ word: String) -> String {
        let start = Inflection.singular(word)
        let bytes = Array(start.utf8)
        guard bytes.count > 3, bytes.allSatisfy({ 0x61...0x7A ~= $0 }) else { return short(start) }
        // Most words end in nothing that could go, and every word of every paper comes through here.
        guard let last = bytes.last, "edg".utf8.contains(last) || bytes.dropLast().last == last else { return start }
        if Inflection.ends(bytes, "ied"), bytes.count > 4 { return of(start.dropLast(3) + "y") }
        let stem = Inflection.stem(ofVerb: start) ?? bytes
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

    private static func withoutEnding(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes[...]
        if result.count > 2, result.last == UInt8(ascii: "e") { result = result.dropLast() }
        while result.count > 2, let last = result.last, result.dropLast().last == last, !Inflection.isVowel(last) {
            result = result.dropLast()
        }
        return Array(result)
    }
}
