import Foundation
import Testing

@testable import Feeds

@Suite("Markdown and JATS of archives")
struct MarkdownTests {
    static let cases = [
        ("**bold**, *italic*, __bold__, _italic_ and ~~struck~~", "bold, italic, bold, italic and struck"),
        ("***both*** and **bold *inner* more**", "both and bold inner more"),
        ("snake_case_name and 5*3*2", "snake_case_name and 5*3*2"),
        ("a * b and 2 ** 3", "a * b and 2 ** 3"), ("p* and q*", "p* and q*"), ("an open *mark", "an open *mark"),
        ("$a_i$ and $b_i$, $x^*$ and $y^*$", "$a_i$ and $b_i$, $x^*$ and $y^*$"), ("\\(a_1*b*c\\)", "\\(a_1*b*c\\)"),
        ("code at [our page](https://a.org/x) and [1](b)", "code at our page and [1](b)"),
        ("[](https://a.org)", "https://a.org"),
        ("![a plot](https://a.org/x.png) shows", "a plot shows"), ("call `f(x)` and ``g``", "call f(x) and g"),
        ("``quoted'' and ``again''", "``quoted'' and ``again''"), ("# Heading\nwords", " Heading\nwords"),
        ("one\n- two\n* three", "one\n• two\n• three"), ("> quoted", " quoted"), ("a\n---\nb", "a\n\nb"),
        ("escaped \\*stars\\* and 50\\%", "escaped *stars* and 50\\%"), ("tokens <s> and </s>", "tokens <s> and </s>"),
        ("costs $5 and *more*", "costs $5 and more"), ("it's 3 < 4 - 1", "it's 3 < 4 - 1"), ("", ""),
        ("  indented\n   more", "  indented\n   more"), ("~10 and ~20", "~10 and ~20"),
    ]

    @Test("marks go, words and formulas stay", arguments: cases)
    func markdown(_ source: String, text: String) {
        #expect(String(decoding: Markdown.text(Array(source.utf8)), as: UTF8.self) == text)
    }

    @Test("text full of marks costs no more than its length")
    func hostile() {
        for unit in ["*a", "**", "_a ", "[a", "`a", "$a", "![a](", "\n# ", "\\("] {
            let text = String(repeating: unit, count: 20_000)
            #expect(Markdown.text(Array(text.utf8)).count <= text.utf8.count + 40_000, "\(unit)")
        }
    }

    @Test("an abstract of OpenReview is Markdown, its title is not")
    func openReview() throws {
        let read = try feed(
            #"{"notes": [{"id": "aB3", "forum": "aB3", "content": {"title": {"value": "The *best* <s> of $x_1$"}, "abstract": {"value": "**Background**: $a_i*b_i$ of [them](https://a.org), `code` and <think>.\n\n- one\n- two"}}}], "count": 1}"#
        )
        #expect(read.entries.first?.title == "The *best* <s> of x₁")
        #expect(read.entries.first?.abstract == "Background: aᵢ*bᵢ of them, code and <think>. • one • two")
    }

    static let abstracts =
        [
            ("<jats:title>Abstract</jats:title><jats:p>Words.</jats:p>", "Words."),
            ("<jats:sec><jats:title>ABSTRACT</jats:title><jats:p>Words.</jats:p></jats:sec>", "Words."),
            ("<jats:p>Abstract</jats:p><jats:p>Words.</jats:p>", "Words."),
            ("<jats:title>Zusammenfassung</jats:title><jats:p>Wörter.</jats:p>", "Wörter."),
            ("<jats:title>Background</jats:title><jats:p>Words.</jats:p>", "Background Words."),
            ("<jats:p>Abstract. Words.</jats:p>", "Words."),
            ("<jats:p>Abstract algebra is old.</jats:p>", "Abstract algebra is old."),
            ("<jats:p>10<jats:sup>-6</jats:sup> &amp;lt; x</jats:p>", "10⁻⁶ < x"), ("<jats:p>Abstract</jats:p>", nil),
        ] as [(String, String?)]

    @Test("an abstract of Crossref begins with its first sentence", arguments: abstracts)
    func crossref(_ jats: String, text: String?) { #expect(CrossrefText.abstract(Array(jats.utf8)) == text) }

    @Test("a subtitle of Crossref belongs to the title")
    func subtitle() throws {
        func title(_ title: String, _ subtitle: String) throws -> String? {
            try feed(
                #"{"status": "ok", "message-type": "work-list", "message": {"items": [{"DOI": "10.1234/x", "title": ["\#(title)"], "subtitle": ["\#(subtitle)"]}]}}"#
            ).entries.first?.title
        }
        #expect(try title("Deep Learning", "A Survey") == "Deep Learning: A Survey")
        #expect(try title("Deep Learning: a survey", "A Survey") == "Deep Learning: a survey")
        #expect(try title("Why?", "An Answer") == "Why? An Answer")
        #expect(try title("<i>E. coli</i> at 10<sup>−6</sup>", "") == "E. coli at 10⁻⁶")
    }
}
