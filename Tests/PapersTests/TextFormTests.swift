import Papers
import Testing

@Suite("What a field is declared to be")
struct TextFormTests {
    static let sentences = [
        "Sums with a<b and c>d", "if p<q then the ratio r>1 holds", "tokens such as <s> and </s>",
        "uses <b>, <p> and <a>",
        "the <think> and </think> of <image>", "a<b>c", "x<i>y</i>z", "<p>not a paragraph</p>",
        "see <a href=\"x\">y</a>",
        "<!-- no comment -->", "<script>alert(1)</script>", "List<int> and Map<K,V>", "1<2, 3>2",
        "<math><mi>x</mi></math>",
    ]

    @Test("plain text keeps all that looks like markup", arguments: sentences)
    func plain(_ text: String) {
        #expect(PlainText.clean(text, as: .plain) == text)
        #expect(PlainText.clean(text, as: .plainWithReferences) == text)
    }

    @Test("references are resolved where an editor may have left them, and only there")
    func references() {
        #expect(PlainText.clean("AT&amp;T &lt;s&gt; caf&eacute;", as: .plainWithReferences) == "AT&T <s> café")
        #expect(PlainText.clean("AT&amp;T &lt;s&gt;", as: .plain) == "AT&amp;T &lt;s&gt;")
    }

    static let markup = [
        ("<p>tokens such as &lt;s&gt; and &lt;b&gt;</p>", "tokens such as <s> and <b>"),
        ("tokens such as &lt;s&gt; and &lt;/s&gt;", "tokens such as <s> and </s>"), ("<s>old</s> new", "old new"),
        ("2 &lt;b&gt;3&lt;/b&gt;", "2 <b>3</b>"), ("&lt;p&gt;escaped twice&lt;/p&gt;", "escaped twice"),
        ("AT&amp;amp;T", "AT&T"), ("uses <think> and </think>", "uses <think> and </think>"),
        ("safe<applet code=\"x\"></applet> <blink>words</blink>", "safe words"),
        ("a<frameset rows=\"*\"><frame src=\"x\"></frameset> b", "a b"), ("a<iframe src=\"x\"> b", "a b"),
        ("a<script src=\"x\"/>alert(1)</script> b", "a b"), ("a<script src=\"x\"/> b", "a b"),
        ("<svg width=\"3\"><title>foo</title><circle cx=\"1\"/></svg> bar", "foo bar"), ("sa<!-- x >fe", "safe"),
        ("a<![CDATA[<b>]]>c", "a<b>c"),
    ]

    @Test("HTML is read once", arguments: markup)
    func html(_ source: String, text: String) { #expect(PlainText.clean(source, as: .html) == text) }

    static let doubtful = [
        ("Sums with a<b and c>d", "Sums with a<b and c>d"), ("a<b>c", "a<b>c"), ("a<b>c</b>", "ac"),
        ("<p>x<b>y", "xy"), ("the <p> and <div> elements", "the <p> and <div> elements"), ("One.<p>Two.", "One. Two."),
        ("<div>cut off", "cut off"), ("tokens <img> and <td>", "tokens <img> and <td>"),
        ("a<img src=\"x\">b", "a b"), ("<p>a<img>b", "a b"), ("the <b>", "the <b>"), ("uses <i> and </i>", "uses and"),
        ("if p<q then the ratio r>1 holds", "if p<q then the ratio r>1 holds"),
        ("History of the <blink> tag", "History of the <blink> tag"), ("<a href=\"x\">y", "y"),
        ("<p align = \"left\">y", "y"), ("<td nowrap>y", "y"), ("if i<p + 1 and q>0", "if i<p + 1 and q>0"),
        ("x<a && y>b", "x<a && y>b"),
        ("n<p/q>m", "n<p/q>m"), ("<br / >x", "x"), ("x<b=1>y", "x<b=1>y"),
        ("&lt;b&gt;bold&lt;/b&gt; words", "bold words"), ("<p>&lt;b&gt;bold&lt;/b&gt;</p>", "<b>bold</b>"),
    ]

    @Test("where nobody says, markup is what can be nothing else", arguments: doubtful)
    func undeclared(_ source: String, text: String) { #expect(PlainText.clean(source) == text) }

    @Test("C1 controls are windows-1252’s characters")
    func c1() {
        #expect(
            PlainText.clean("don\u{92}t \u{93}quote\u{94} \u{96} a\u{85} \u{80}5 \u{81}x") == "don’t “quote” – a… €5 x")
        #expect(PlainText.clean("don\u{92}t", as: .plain) == "don’t")
    }
}
