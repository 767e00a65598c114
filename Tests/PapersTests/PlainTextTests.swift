import Papers
import Testing

@Suite("Clean text")
struct PlainTextTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let source: String
        let text: String
        var testDescription: String { name }
        init(_ name: String, _ source: String, _ text: String) {
            (self.name, self.source, self.text) = (name, source, text)
        }
    }

    static let markupCases = [
        Case("paragraphs keep their words apart", "<p>one</p><p>two</p>", "one two"),
        Case("inline markup joins", "<b>bo</b>ld", "bold"),
        Case("script goes with its content", "a<script>alert('x')</script>b", "a b"),
        Case("style goes with its content", "<style>p { color: red }</style>text", "text"),
        Case("a script that is never closed takes the rest", "a <script>while(1)", "a"),
        Case("comments go", "a<!-- hidden -->b", "ab"),
        Case("an anchor leaves its words", #"see <a href="https://a.org/?x=1>2">this</a>"#, "see this"),
        Case("an image leaves nothing", #"a<img src="x.png" alt="y">b"#, "a b"),
        Case("subscripts become characters", "CO<sub>2</sub> and x<sup>n+1</sup>", "CO₂ and xⁿ⁺¹"),
        Case("a script without such characters keeps its sign", "x<sub>query</sub>", "x_query"),
        Case("JATS", "<jats:title>Abstract</jats:title><jats:p>Text</jats:p>", "Abstract Text"),
        Case("think tags are text", "uses <think> and </think> tags", "uses <think> and </think> tags"),
        Case("a relation is no tag", "a < b and c > d", "a < b and c > d"),
        Case("a triple is no tag", "<subject, object, predicate>", "<subject, object, predicate>"),
        Case(
            "a token named like an element is text", "the <image> token, <s> and <search>",
            "the <image> token, <s> and <search>"),
        Case("among markup such a name is markup", "<p>a <mark>b</mark></p>", "a b"),
        Case("a tag that never ends is text", "x <a href=", "x <a href="),
        Case("a doctype among markup", "<!DOCTYPE html><p>x</p>", "x"),
    ]

    static let referenceCases = [
        Case("named", "caf&eacute; &ndash; &hellip;", "café – …"), Case("decimal", "&#233;", "é"),
        Case("hexadecimal", "&#xE9;", "é"),
        Case("windows-1252 numbers", "it&#146;s", "it’s"), Case("escaped twice", "AT&amp;amp;T", "AT&T"),
        Case("markup escaped twice", "&lt;p&gt;hello&lt;/p&gt;", "hello"),
        Case("a relation escaped", "2 &lt; 3", "2 < 3"),
        Case("a bare ampersand", "R&D & more", "R&D & more"), Case("an unknown name", "&nosuch; x", "&nosuch; x"),
        Case("a number that is no character", "&#xD800;", "\u{FFFD}"), Case("no-break space", "a&nbsp;&nbsp;b", "a b"),
    ]

    static let blankCases = [
        Case("folded and trimmed", "  a \n\t b  ", "a b"), Case("hard-wrapped title", "A\n  B", "A B"),
        Case("Unicode's blanks", "a\u{2003}\u{A0}b\u{2028}c", "a b c"), Case("controls", "a\u{0}b\u{7}c\u{9D}", "abc"),
        Case("bidi overrides", "a\u{202E}b\u{2066}c", "abc"), Case("zero width", "a\u{200B}b\u{FEFF}c\u{AD}d", "abcd"),
        Case("a joiner in an emoji stays", "👩\u{200D}🔬", "👩\u{200D}🔬"),
        Case("a joiner in Persian stays", "می\u{200C}خواهم", "می\u{200C}خواهم"),
        Case("a joiner in Latin goes", "pay\u{200D}pal", "paypal"), Case("tag characters", "a\u{E0041}b", "ab"),
        Case("nothing", "", ""), Case("only blanks", " \n ", ""),
        Case("clean text is left alone", "Größe ist 5 µm", "Größe ist 5 µm"),
    ]

    @Test("markup", arguments: markupCases)
    func markup(_ example: Case) { #expect(PlainText.clean(example.source) == example.text) }

    @Test("character references", arguments: referenceCases)
    func reference(_ example: Case) { #expect(PlainText.clean(example.source) == example.text) }

    @Test("white space and what hides in text", arguments: blankCases)
    func blank(_ example: Case) { #expect(PlainText.clean(example.source) == example.text) }

    @Test("cleaning clean text changes nothing", arguments: markupCases + referenceCases + blankCases)
    func idempotent(_ example: Case) { #expect(PlainText.clean(example.text) == example.text) }
}
