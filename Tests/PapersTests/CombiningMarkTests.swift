import Papers
import Testing

@Suite("Combining marks")
struct CombiningMarkTests {
    @Test(
        "of writing stay as they are",
        arguments: [
            "", "plain", "Poincare\u{301}", "Nguy\u{1EC5}n Tha\u{302}\u{301}ng", "בְּרֵאשִׁ֖ית", "हिन्दी", "ภาษาไทยที่", "འབྲུག་ཡུལ",
            "が\u{3099}", "👩🏽\u{200D}🔬 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "한국어",
        ])
    func writing(text: String) { #expect(Array(CombiningMarks.limited(text).utf8) == Array(text.utf8)) }

    @Test(
        "beyond the fourth of a run are dropped, and signs without a shape beyond the eighth of all",
        arguments: [
            ("\u{301}", 4), ("\u{345}", 4), ("\u{5B4}", 4), ("\u{FE20}", 4), ("\u{3099}", 4), ("\u{FF9E}", 4),
            ("\u{F73}", 4), ("\u{1D165}", 4), ("\u{E38}\u{FE0F}", 8), ("\u{FE0F}", 8), ("\u{E0067}", 8),
        ])
    func runs(mark: String, most: Int) {
        let text = "a" + String(repeating: mark, count: 1_000) + "b" + mark + "c"
        let limited = CombiningMarks.limited(text)
        #expect(limited.unicodeScalars.count == 1 + most + 1 + mark.unicodeScalars.count + 1)
        #expect(CombiningMarks.limited(limited) == limited)
    }

    @Test("bytes that are no UTF-8 do no harm")
    func bytes() {
        for bytes in [[0xCC], [0xF0, 0x9D], [0x80, 0xCC], [0xFF, 0xFF], [0xE0, 0xBD, 0xB3, 0xCC]] as [[UInt8]] {
            #expect(CombiningMarks.limited(bytes) == bytes)
        }
    }

    @Test("in heaps cost no more than their length asks for", .timeLimit(.minutes(10)))
    func heaps() {
        let text = "e" + String(repeating: "\u{315}\u{300}\u{5AE}\u{62}\u{345}", count: 40_000)
        #expect(PlainText.clean(text).unicodeScalars.first == "e")
        #expect(PlainText.clean("e" + String(repeating: "\u{315}\u{300}", count: 100_000)).unicodeScalars.count == 5)
    }
}
