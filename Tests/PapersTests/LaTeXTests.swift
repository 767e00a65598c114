import Papers
import Testing

@Suite("TeX to Unicode")
struct LaTeXTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let tex: String
        let text: String
        var testDescription: String { tex }
        init(_ tex: String, _ text: String) { (self.tex, self.text) = (tex, text) }
    }

    static let letters = [
        Case(#"Fr\'echet"#, "Fréchet"), Case(#"Aky\"urek"#, "Akyürek"), Case(#"\v{C}ech"#, "Čech"), Case(#"\v c"#, "č"),
        Case(#"S\o ren"#, "Søren"), Case(#"{\L}ukasz"#, "Łukasz"), Case(#"Erd\H{o}s"#, "Erdős"),
        Case(#"na\"{\i}ve"#, "naïve"),
        Case(#"Pi\~{n}a"#, "Piña"), Case(#"Andr\'e Lima"#, "André Lima"), Case(#"Gonz{\'a}lez"#, "González"),
        Case(#"G\"{o}del"#, "Gödel"), Case(#"H{\aa}kan"#, "Håkan"), Case(#"Stra\ss e"#, "Straße"),
        Case(#"\c{C}a\u{g}"#, "Çağ"),
        Case(#"\AA ngstr\"om"#, "Ångström"), Case(#"Nov\'ak, Dvo\v{r}\'ak"#, "Novák, Dvořák"), Case(#"\k{A}"#, "Ą"),
        Case(#"\`a la carte"#, "à la carte"), Case(#"\^Ile"#, "Île"), Case(#"\=a \.z \d{h} \r{u}"#, "ā ż ḥ ů"),
        Case(#"{\ae}on \oe uvre"#, "æon œuvre"),
    ]

    static let formulas = [
        Case("$O(n^2)$", "O(n²)"), Case("$x_{i+1}$", "xᵢ₊₁"), Case("$2^{-k}$", "2⁻ᵏ"), Case(#"$10^{5}$"#, "10⁵"),
        Case(#"$\alpha$-stable"#, "α-stable"), Case(#"384$\times$640"#, "384×640"),
        Case(#"$384 \times 640$"#, "384 × 640"),
        Case(#"$\sim$30\%"#, "∼30%"), Case(#"$\mathbb{R}^{n}$"#, "ℝⁿ"), Case(#"$\mathcal{L}_{\text{KL}}$"#, "L_KL"),
        Case(#"$\frac{a+b}{c}$"#, "(a+b)/c"), Case(#"$\frac12$"#, "1/2"), Case(#"$\frac{1}{2h}$"#, "1/(2h)"),
        Case(#"$\sqrt{2}$"#, "√2"),
        Case(#"$\tilde{O}(\sqrt{T})$"#, "Õ(√T)"), Case(#"$\hat{x}$"#, "x̂"), Case(#"$\log n$"#, "log n"),
        Case(#"$\{1,2\}$"#, "{1,2}"), Case(#"$p_T$"#, "p_T"), Case(#"$\pi^{0}$"#, "π⁰"), Case(#"90$^\circ$"#, "90°"),
        Case(#"360{\deg} video"#, "360° video"), Case(#"$\deg(v)$"#, "deg(v)"),
        Case(#"$f'(x)$"#, "f′(x)"), Case(#"$x^{*}$"#, "x*"), Case(#"$x^{a+q}$"#, "x^(a+q)"),
        Case("$$E=mc^2$$", "E=mc²"),
        Case(#"\(a^2\) and \[b_1\]"#, "a² and b₁"), Case(#"$a \to b$"#, "a → b"), Case(#"$\left( x \right)$"#, "( x )"),
        Case(#"LLM$\times$MapReduce"#, "LLM×MapReduce"), Case(#"$\textit{Trans-LoRA}$"#, "Trans-LoRA"),
        Case(#"$2.6<\eta<4$"#, "2.6<η<4"), Case(#"$\lambda\mu$"#, "λμ"), Case(#"$\varepsilon$-greedy"#, "ε-greedy"),
        Case(#"$\ell_2$"#, "ℓ₂"), Case("$k$", "k"), Case(#"$A\cup B$"#, "A∪B"), Case(#"$\overline{AB}$"#, "AB"),
    ]

    static let words = [
        Case(#"\emph{very} \textbf{bold} \textsc{Small}"#, "very bold Small"), Case("``quoted''", "“quoted”"),
        Case("`single' word", "‘single’ word"), Case("`code`", "`code`"), Case("Fig.~3, et~al.", "Fig. 3, et al."),
        Case("~30 pages, 10~20, /~user", "~30 pages, 10~20, /~user"), Case("3--5", "3–5"),
        Case("word---word", "word—word"),
        Case("run it with --flag", "run it with --flag"), Case(#"\url{https://a.org/~x_y}"#, "https://a.org/~x_y"),
        Case(##"50\% \& more \#1 a\_b"##, "50% & more #1 a_b"), Case("{GAN} nets", "GAN nets"),
        Case("{a, b}", "{a, b}"),
        Case(#"{"key": 1}"#, #"{"key": 1}"#), Case("no { partner", "no { partner"),
        Case("no } partner", "no } partner"),
        Case("costs $5", "costs $5"), Case("$5 and $10", "$5 and $10"), Case("US$5M and US$6M", "US$5M and US$6M"),
        Case("from $3.5 to $7 a day", "from $3.5 to $7 a day"), Case(#"as \ours does"#, #"as \ours does"#),
        Case(#"\foo{bar}"#, "bar"), Case(#"shown \cite{a,b}."#, "shown."), Case(#"see \cite{a} here"#, "see here"),
        Case(#"\href{https://a.org}{the page}"#, "the page"), Case(#"C:\path\x"#, #"C:\path\x"#), Case("\\", "\\"),
        Case(#"H\textsubscript{2}O"#, "H₂O"), Case(#"\ldots"#, "…"), Case(#"\LaTeX{} text"#, "LaTeX text"),
        Case("plain text", "plain text"), Case("", ""), Case("it's 5' long", "it's 5' long"),
    ]

    @Test("accents and letters of names", arguments: letters)
    func accents(_ example: Case) { #expect(LaTeX.unicode(example.tex) == example.text) }

    @Test("formulas become a line of text", arguments: formulas)
    func formula(_ example: Case) { #expect(LaTeX.unicode(example.tex) == example.text) }

    @Test("running text", arguments: words)
    func text(_ example: Case) { #expect(LaTeX.unicode(example.tex) == example.text) }

    @Test(
        "braces that were balanced stay balanced, whatever is done to them",
        arguments: [
            #"\unknown{a{b}c} {x, {y}}"#, #"$\sqrt{\frac{a}{b}}^{\mathbb{R}}$"#, #"\'{}{}{ {} }"#, #"{{{{{\bf x}}}}}"#,
            #"\begin{align} x \end{align}"#, #"$\underbrace{a}_{b}$ {, }"#, #"\textbf{a, b} \foo{}"#,
        ])
    func balance(_ tex: String) {
        let text = LaTeX.unicode(tex)
        #expect(text.count { $0 == "{" } == text.count { $0 == "}" })
    }

    @Test("nesting of any depth ends")
    func depth() {
        let deep = String(repeating: "{\\bf ", count: 5000) + "x" + String(repeating: "}", count: 5000)
        #expect(LaTeX.unicode(deep).contains("x"))
        #expect(LaTeX.unicode(String(repeating: "\\(", count: 5000)).count == 10_000)
        #expect(LaTeX.unicode(String(repeating: "{", count: 50_000)).count == 50_000)
    }
}
