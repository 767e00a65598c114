import Papers
import Testing

@Suite("TeX’s structures")
struct LaTeXStructureTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let tex: String
        let text: String
        var testDescription: String { tex }
        init(_ tex: String, _ text: String) { (self.tex, self.text) = (tex, text) }
    }

    static let formulas = [
        Case(#"$<$5\%"#, "<5%"), Case(#"$>$90\% and $\sim$30\%"#, ">90% and ∼30%"),
        Case(#"\sqrt[3]{x+1}"#, "³√(x+1)"), Case(#"$\sqrt[n]{x}$"#, "ⁿ√x"), Case(#"$\sqrt[2]{x}$"#, "√x"),
        Case(#"$x\not\in A$"#, "x∉A"), Case(#"$a \not= b$"#, "a ≠ b"), Case(#"$A\not\subset B$"#, "A⊄B"),
        Case(#"$M_\odot$"#, "M_⊙"), Case(#"10 M_\odot"#, "10 M_⊙"), Case(#"e^{i\pi}+1"#, "e^(iπ)+1"),
        Case(#"$e^{i\pi}+1$"#, "e^(iπ)+1"), Case("n^{1+o(1)}", "n¹⁺ᵒ⁽¹⁾"), Case("10^{-6} and H_{2}O", "10⁻⁶ and H₂O"),
        Case("snake_case, x^2 and ^{a}", "snake_case, x^2 and ^a"), Case(#"10{,}000"#, "10,000"),
        Case(#"$10{,}000$"#, "10,000"), Case(#"$3\frac{1}{2}$"#, "3 1/2"), Case(#"$\frac{1}{2}mv^2$"#, "1/2 mv²"),
        Case(#"$\frac{-1}{x}$"#, "(-1)/x"), Case(#"$\overset{d}{=}$"#, "=ᵈ"), Case(#"$\underset{x}{\min}$"#, "minₓ"),
        Case(#"$\xrightarrow{d}$"#, "→ᵈ"), Case(#"$a \pmod{n}$"#, "a (mod n)"), Case(#"$a\bmod n$"#, "a mod n"),
        Case(#"$\left. x \right|_{0}$"#, "x |₀"), Case(#"$\ket{0}$ and $\braket{a|b}$"#, "|0⟩ and ⟨a|b⟩"),
        Case(#"$O(n\log n)$"#, "O(n log n)"), Case(#"$\|x\|_2$"#, "‖x‖₂"), Case("$10^{10.5}M$", "10^(10.5)M"),
        Case(#"$a^\ast$"#, "a*"), Case(#"$\pi_{0.5}$"#, "π_0.5"), Case(#"$\norm{x}$"#, "‖x‖"),
        Case(#"\ce{H2O} and \ce{Fe^{3+}}"#, "H₂O and Fe³⁺"),
        Case(#"\ce{2H2 + O2 -> 2H2O}"#, "2H₂ + O₂ → 2H₂O"), Case(#"x\phantom{y}z"#, "xz"),
    ]

    static let environments = [
        Case(#"We \begin{itemize} \item one \item two \end{itemize} then"#, "We • one • two then"),
        Case(#"\begin{enumerate}\item one\item two\end{enumerate}"#, "(1) one (2) two"),
        Case(#"\begin{description}\item[Speed] one\item[Size] two\end{description}"#, "Speed one Size two"),
        Case(
            #"\begin{itemize}\item a \begin{enumerate}\item b\item c\end{enumerate}\item d\end{itemize}"#,
            "• a (1) b (2) c • d"),
        Case(#"$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$"#, "(a, b; c, d)"),
        Case(#"$\begin{bmatrix} 1 \\ 2 \end{bmatrix}$"#, "[1; 2]"),
        Case(#"$\begin{array}{cc} a & b \\ c & d \end{array}$"#, "a, b; c, d"),
        Case(
            #"$f = \begin{cases} x & x>0 \\ -x & \text{otherwise} \end{cases}$"#, "f = {x, x>0; -x, otherwise}"),
        Case(#"\begin{align} a &= b \\ &= c \end{align}"#, "a = b = c"),
        Case(#"\begin{equation}x_1\end{equation} holds"#, "x₁ holds"),
        Case(#"\begin{abstract}Words.\end{abstract}"#, "Words."), Case(#"\begin{center} words"#, "words"),
        Case(
            #"\documentclass[12pt]{minimal} \usepackage{amsmath} \begin{document}$$E=mc^2$$\end{document}"#, "E=mc²"),
        Case(#"\section*{A} Text\subsection{B}more"#, "A Text B more"),
        Case(#"\texorpdfstring{$\alpha$}{alpha} decay"#, "alpha decay"), Case(#"\texorpdfstring{tex}{text}"#, "text"),
        Case(#"call \verb|f_x{1}| now"#, "call f_x{1} now"), Case(#"one\\[2pt] two \\ [a]"#, "one two [a]"),
        Case(#"$\begin{pmatrix} 1 \\[2pt] 2 \end{pmatrix}$"#, "(1; 2)"),
        Case(#"\texorpdfstring{$x$}{}"#, "x"), Case(#"a\~{}b, /\~name, \^{}"#, "a~b, /~name, ^"),
        Case(#"\operatorname*{argmin}_x f"#, "argmin_x f"),
        Case(#"models \eg ours, \ie this"#, "models e.g. ours, i.e. this"),
    ]

    static let quantities = [
        Case(#"\SI{5}{\giga\hertz}"#, "5 GHz"), Case(#"\qty{3e-5}{\metre\per\second\squared}"#, "3×10⁻⁵ m/s²"),
        Case(#"\SI[per-mode=symbol]{10}{\kilo\metre\per\hour}"#, "10 km/h"), Case(#"\num{1.5e6}"#, "1.5×10⁶"),
        Case(#"\num{e5}"#, "10⁵"), Case(#"\num{2 +- 0.1}"#, "2±0.1"), Case(#"\si{\kilo\gram}"#, "kg"),
        Case(#"\unit{m/s}"#, "m/s"), Case(#"\unit{kg.m^{2}}"#, "kg·m²"), Case(#"\si{\per\centi\metre}"#, "cm⁻¹"),
        Case(#"\si{\newton\metre}"#, "N·m"), Case(#"\si{\square\metre}"#, "m²"), Case(#"\ang{30;2;1.5}"#, "30°2′1.5″"),
        Case(#"\ang{45}"#, "45°"), Case(#"\SIrange{1}{5}{\nano\metre}"#, "1–5 nm"),
        Case(#"\SIlist{1;2;3}{\volt}"#, "1, 2, 3 V"), Case(#"\SI{20}{\percent}"#, "20%"),
        Case(#"\SI{25}{\degreeCelsius}"#, "25 °C"), Case(#"\SI{10}{MHz}"#, "10 MHz"), Case(#"\SI{3}{\um}"#, "3 µm"),
        Case(#"$\SI{7}{\tera\electronvolt}$"#, "7 TeV"), Case(#"\qty{a}"#, "a"),
    ]

    @Test("formulas keep their value", arguments: formulas)
    func formula(_ example: Case) { #expect(LaTeX.unicode(example.tex) == example.text) }

    @Test("environments and headings", arguments: environments)
    func environment(_ example: Case) { #expect(LaTeX.unicode(example.tex) == example.text) }

    @Test("numbers with their units", arguments: quantities)
    func quantity(_ example: Case) { #expect(LaTeX.unicode(example.tex) == example.text) }

    @Test("environments without end, and many of them, cost no more than their length")
    func hostile() {
        for unit in [
            #"\begin{a}"#, #"\end{a}"#, #"\item "#, #"\documentclass{a}"#, #"\begin{pmatrix}"#, #"x^{"#, #"\sqrt["#,
            #"\not"#,
        ] {
            let text = String(repeating: unit, count: 10_000) + "end"
            #expect(LaTeX.unicode(text).hasSuffix("end"), "\(unit)")
        }
        let nested =
            String(repeating: #"\begin{pmatrix}"#, count: 2000) + "x"
            + String(repeating: #"\end{pmatrix}"#, count: 2000)
        #expect(LaTeX.unicode(nested).contains("x"))
    }
}
