import Foundation
import Papers
import Testing

@Suite("Formulas of real documents")
struct FormulaTests {
    static let formulas = [
        (#"$75.4\%$"#, "75.4%"),
        (#"$78.5\%$"#, "78.5%"),
        (
            #"$\text{RGO}_{g,h,y}(x) \propto \exp(-g(x) -\frac{1}{2h}||y-x||^2)$"#,
            "RGO_(g,h,y)(x) ∝ exp(-g(x) -1/(2h)||y-x||²)"
        ),
        (#"$\widetilde{\mathcal O}(κ\sqrt d \log^4(1/\varepsilon))$"#, "Õ(κ√d log⁴(1/ε))"),
        ("$g=0$", "g=0"),
        ("1^{+1.39}", "1^(+1.39)"),
        ("1^{+1.10}", "1^(+1.10)"),
        (#"$1.13\times$"#, "1.13×"),
        (#"$\sqrt{s_{NN}}=200$"#, "√(s_NN)=200"),
        (#"$\pi^{0}$"#, "π⁰"),
        (#"$2.6<\eta<4$"#, "2.6<η<4"),
        (#"$\pi^0$"#, "π⁰"),
        ("M<sub>1</sub>", "M₁"),
        ("M<sub>2</sub>", "M₂"),
        ("2<sup>n</sup>", "2ⁿ"),
        ("2<sup>4</sup>", "2⁴"),
        ("2<sup>16</sup>", "2¹⁶"),
        ("2<sup>32</sup>", "2³²"),
        ("00<sub>2</sub>", "00₂"),
        ("01<sub>2</sub>", "01₂"),
        ("10<sub>2</sub>", "10₂"),
        ("11<sub>2</sub>", "11₂"),
        ("1101<sub>2</sub>", "1101₂"),
        ("2<sup>2<sup>n</sup></sup>", "2^(2ⁿ)"),
        ("2<sup>2<sup>n+1</sup></sup>", "2^(2ⁿ⁺¹)"),
        ("2<sup>2<sup>5</sup></sup>", "2^(2⁵)"),
        ("2<sup>64</sup>", "2⁶⁴"),
        ("X<sub>1</sub>", "X₁"),
        ("2<sup>5</sup>", "2⁵"),
        ("10<sup>20</sup>", "10²⁰"),
        ("10<sup>16</sup>", "10¹⁶"),
        ("10<sup>9</sup>", "10⁹"),
        ("10<sup>15</sup>", "10¹⁵"),
        ("10<sup>14</sup>", "10¹⁴"),
        ("10<sup>8</sup>", "10⁸"),
        (#"$P(s_{t+1} \mid s_{t-h:t},\; a_t)$"#, "P(sₜ₊₁ ∣ s_(t-h:t), aₜ)"),
        ("$s_0$", "s₀"),
        (#"$\mathbf{a}=(a_0,\dots,a_{T-1})$"#, "a=(a₀,…,a_(T-1))"),
        ("$a_0$", "a₀"),
        (#"$s_{t+1} = F_{\theta}(s_t, a_t)$"#, "sₜ₊₁ = F_θ(sₜ, aₜ)"),
        (#"$(a_0,\ldots,a_{T-1})$"#, "(a₀,…,a_(T-1))"),
        (#"$(s_0,\ldots,s_T)$"#, "(s₀,…,s_T)"),
        (#"$(s_1, a_1, s_2, a_2, \ldots)$"#, "(s₁, a₁, s₂, a₂, …)"),
        ("s_{t+1}", "sₜ₊₁"),
        ("a_{T-1}", "a_(T-1)"),
        ("a_{T-2}", "a_(T-2)"),
        ("D_{a_0}", "D_(a₀)"),
        ("$<a,x>=0$", "<a,x>=0"),
        (#"$2^{-\lambda}$"#, "2^(-λ)"),
        ("$p=0.004$", "p=0.004"),
        ("DA^{2}", "DA²"),
        (#"$\pi^3$"#, "π³"),
        ("10^{19}", "10¹⁹"),
        ("10^{22}", "10²²"),
        ("z_{t+1}", "zₜ₊₁"),
    ]

    @Test("each keeps its value", arguments: formulas)
    func value(_ source: String, text: String) {
        #expect(LaTeX.unicode(PlainText.clean(source)) == text)
    }

    @Test("no number changes: the digits are those of the source, in its order", arguments: formulas)
    func digits(_ source: String, text: String) {
        let read = LaTeX.unicode(PlainText.clean(source)).precomposedStringWithCompatibilityMapping
        #expect(read.filter(\.isNumber) == source.filter(\.isNumber))
    }
}
