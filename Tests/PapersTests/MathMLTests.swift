import Foundation
import Papers
import Testing

@Suite("MathML and raised words")
struct MathMLTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let markup: String
        let text: String
        var testDescription: String { markup }
        init(_ markup: String, _ text: String) { (self.markup, self.text) = (markup, text) }
    }

    static let values = [
        Case("<mn>5</mn><mo>×</mo><msup><mn>10</mn><mn>14</mn></msup>", "5×10¹⁴"),
        Case("<msup><mn>10</mn><mrow><mo>&#8722;</mo><mn>6</mn></mrow></msup>", "10⁻⁶"),
        Case("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"), Case("<msqrt><mi>s</mi></msqrt>", "√s"),
        Case("<msqrt><mi>s</mi><mo>+</mo><mn>1</mn></msqrt>", "√(s+1)"),
        Case("<mroot><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow><mn>3</mn></mroot>", "³√(x+1)"),
        Case("<msub><mi>x</mi><mi>i</mi></msub>", "xᵢ"),
        Case("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "xᵢ²"),
        Case(
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
            "∑ᵢ₌₁ⁿi"),
        Case(
            "<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mrow><mi>k</mi><mo>/</mo><mn>2</mn></mrow></msup>",
            "(a+b)^(k/2)"),
        Case(
            "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mrow><mn>2</mn><mi>c</mi></mrow></mfrac>", "(a+b)/(2c)"),
        Case("<mn>3</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "3 1/2"),
        Case("<mfrac><mn>1</mn><mn>2</mn></mfrac><mi>m</mi>", "1/2 m"),
        Case("<mmultiscripts><mi>C</mi><mprescripts/><none/><mn>13</mn></mmultiscripts>", "¹³C"),
        Case("<mmultiscripts><mi>U</mi><mprescripts/><mn>92</mn><mn>238</mn></mmultiscripts>", "²³⁸₉₂U"),
        Case("<mmultiscripts><mi>R</mi><mi>i</mi><none/><none/><mi>j</mi></mmultiscripts>", "Rᵢʲ"),
        Case("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
        Case("<mfenced open=\"[\" close=\"]\" separators=\"; ,\"><mi>a</mi><mi>b</mi><mi>c</mi></mfenced>", "[a;b,c]"),
        Case("<mover accent=\"true\"><mi>x</mi><mo>^</mo></mover>", "x̂"),
        Case("<mover><mi>v</mi><mo>→</mo></mover>", "v⃗"),
        Case("<mover><mo>=</mo><mi>d</mi></mover>", "=ᵈ"),
        Case("<munder><mi>lim</mi><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder>", "lim_(x→0)"),
        Case(
            "<mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable><mo>)</mo>",
            "(1, 0; 0, 1)"),
        Case(
            "<semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow><annotation encoding=\"application/x-tex\">E=mc^2</annotation></semantics>",
            "E=mc²"),
        Case("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", "sin x"), Case("<mn>2</mn><mo>&#x2062;</mo><mn>3</mn>", "2·3"),
        Case("<mi>p</mi><mo>&lt;</mo><mn>0.05</mn>", "p<0.05"), Case("<mo>{</mo><mi>x</mi><mo>}</mo>", "{x}"),
        Case("<mi>x</mi><mphantom><mi>y</mi></mphantom>", "x"),
    ]

    @Test("a formula keeps its value", arguments: values)
    func value(_ example: Case) {
        #expect(PlainText.clean("<p>a <math>\(example.markup)</math> b</p>") == "a \(example.text) b")
        let prefixed = example.markup.replacing(/<(\/?)m/) { "<\($0.1)mml:m" }
        #expect(PlainText.clean("<mml:math>\(prefixed)</mml:math>") == example.text)
    }

    @Test("without a declaration, MathML is told by its elements")
    func undeclared() {
        #expect(PlainText.clean("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>") == "1/2")
        #expect(PlainText.clean("the <math> element") == "the <math> element")
    }

    static let formulas = [
        Case(
            "<jats:inline-formula><jats:alternatives><jats:tex-math>\\documentclass[12pt]{minimal}\\usepackage{amsmath}\\begin{document}$$10^{14}$$\\end{document}</jats:tex-math><mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>14</mml:mn></mml:msup></mml:math></jats:alternatives></jats:inline-formula>",
            "10¹⁴"),
        Case(
            "<jats:alternatives><mml:math><mml:mi>x</mml:mi></mml:math><jats:tex-math>x</jats:tex-math></jats:alternatives>",
            "x"),
        Case(
            "<jats:tex-math>\\documentclass[12pt]{minimal}\\setlength{\\oddsidemargin}{-69pt}\\begin{document}$$x_1$$\\end{document}</jats:tex-math>",
            "$$x_1$$"),
        Case("<jats:tex-math>x^2 &lt; 3</jats:tex-math>", "$x^2 < 3$"),
        Case(
            "<jats:tex-math>\\(x\\)</jats:tex-math> and <jats:tex-math>\\[y\\]</jats:tex-math>", "\\(x\\) and \\[y\\]"),
    ]

    @Test("a formula of JATS comes once, without the document around it", arguments: formulas)
    func jats(_ example: Case) { #expect(PlainText.clean("<jats:p>\(example.markup)</jats:p>") == example.text) }

    static let scripts = [
        Case("10<sup>&minus;6</sup>", "10⁻⁶"), Case("2<sup>k/2</sup>", "2^(k/2)"), Case("x<sub>query</sub>", "x_query"),
        Case("e<sup><i>i</i>π</sup>", "e^(iπ)"), Case("2<sup>2<sup>n</sup></sup>", "2^(2ⁿ)"),
        Case("10<sup>0.5</sup>", "10^(0.5)"), Case("M<sub>☉</sub>", "M_☉"), Case("90<sup>∘</sup>", "90°"),
        Case("x<sub>i,j</sub>", "x_(i,j)"), Case("Name<sup>®</sup>", "Name®"), Case("claim<sup>[1]</sup>", "claim[1]"),
        Case("<sup>13</sup>C", "¹³C"), Case("a<sup></sup>b", "ab"),
        Case(
            "see<sup>a note of many words that is no exponent, whatever its height on the line</sup>",
            "seea note of many words that is no exponent, whatever its height on the line"),
    ]

    @Test("raised and lowered words keep their sign where Unicode has none of its own", arguments: scripts)
    func script(_ example: Case) { #expect(PlainText.clean("<b>\(example.markup)</b>") == example.text) }

    @Test("formulas without end, and nested without measure, are read to their end")
    func hostile() {
        let deep = String(repeating: "<mrow>", count: 20_000) + "<mi>x</mi>"
        #expect(PlainText.clean("<p><math>" + deep).contains("x"))
        for unit in [
            "<inline-formula>", "<tex-math>", "<alternatives>", "<sup>", "<math>", "<msup><mi>", "<!--", "<iframe>",
        ] {
            let text = "<p>" + String(repeating: unit, count: 20_000) + "end"
            let read = PlainText.clean(text).decomposedStringWithCompatibilityMapping
            #expect(read.contains("end"), "\(unit)")
        }
    }
}
