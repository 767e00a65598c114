import Testing

@testable import Filters

@Suite("Folding")
struct FoldingTests {
    @Test(
        "makes texts comparable, also where only a few of their words are not of ASCII",
        arguments: [
            ("A Plain Text", "a plain text"), ("POINCARE\u{301} and Poincaré", "poincare and poincare"),
            ("ﬁne “Quotes” — ＦＵＬＬ width", "fine “quotes” — full width"), ("Ünder ÜBER  two", "under uber  two"),
            ("a \u{301}b", "a b"), ("한국어 TEXT が か\u{3099}", "한국어 text が が"), ("é", "e"), ("", ""),
            ("line\nÉnd of\tIt é", "line\nend of\tit e"),
        ])
    func folds(text: String, folded: String) {
        #expect(Folding.fold(text).unicodeScalars.elementsEqual(folded.unicodeScalars))
        #expect(Folding.fold(folded).unicodeScalars.elementsEqual(folded.unicodeScalars))
    }
}
