/// What TeX's named commands stand for.
enum LaTeXSymbols {
    static func text(_ name: String) -> String? { symbols[name] }

    /// Font commands and boxes: only what they hold counts.
    static let unwrapped: Set<String> = [
        "emph", "textbf", "textit", "textsc", "texttt", "textrm", "textsf", "textsl", "textup", "textmd", "textnormal",
        "text", "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "mathfrak", "mathscr", "boldsymbol", "bm",
        "bold", "operatorname", "mbox", "hbox", "fbox", "ensuremath", "mathop", "mathbin", "mathrel", "mathord",
        "uline",
        "overrightarrow", "underbrace", "overbrace", "textls", "mathds", "pmb", "xspace", "lowercase", "uppercase",
        "underset", "overset", "phantom", "smash", "num", "si", "SI", "texorpdfstring", "sout", "ul", "hl", "textquote",
    ]

    /// Commands that change how what follows looks, and sizes of delimiters.
    static let switches: Set<String> = [
        "bf", "it", "rm", "sc", "tt", "em", "sf", "sl", "cal", "bfseries", "itshape", "scshape", "ttfamily", "rmfamily",
        "sffamily", "normalfont", "small", "large", "Large", "tiny", "left", "right", "middle", "big", "Big", "bigg",
        "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "displaystyle", "textstyle", "scriptstyle", "limits",
        "nolimits", "noindent", "centering", "protect", "relax", "nonumber", "newline", "par", "smallskip", "medskip",
        "bigskip", "linebreak", "allowbreak", "nobreak", "null", "unskip", "ignorespaces",
    ]

    /// Commands of which nothing is left, their argument neither.
    static let dropped: Set<String> = [
        "cite", "citep", "citet", "citealp", "citeauthor", "citeyear", "nocite", "ref", "eqref", "autoref", "cref",
        "Cref",
        "label", "vspace", "hspace", "vskip", "hskip", "index", "pagestyle", "thispagestyle", "includegraphics",
        "footnotemark", "tag",
    ]

    private static let symbols: [String: String] = {
        var symbols: [String: String] = [:]
        let words = pairs.split(whereSeparator: \.isWhitespace)
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            symbols[String(words[index])] = String(words[index + 1])
        }
        for name in names.split(whereSeparator: \.isWhitespace) { symbols[String(name)] = String(name) }
        symbols["quad"] = " "
        symbols["qquad"] = " "
        symbols["space"] = " "
        symbols["thinspace"] = " "
        symbols["argmax"] = "arg max"
        symbols["argmin"] = "arg min"
        symbols["mod"] = "mod"
        symbols["bmod"] = "mod"
        return symbols
    }()

    /// Operators that are written as their name.
    private static let names = """
        log ln exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan min max sup inf lim arg det dim ker deg gcd
        hom Pr LaTeX TeX
        """

    private static let pairs = """
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ
        nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ
        omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω digamma ϝ
        ss ß o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ NG Ŋ
        S § P ¶ copyright © textcopyright © textregistered ® registered ® texttrademark ™ trademark ™ pounds £
        textsterling £ texteuro € euro € EUR € textyen ¥ textdegree ° degree ° textmu µ micro µ textordfeminine ª
        textordmasculine º dag † ddag ‡ dagger † ddagger ‡ textdagger † textbullet • bullet • textperiodcentered ·
        textasciitilde ~ textasciicircum ^ textbackslash \\ backslash \\ textunderscore _ textbar | textless < textgreater >
        textquotedblleft “ textquotedblright ” textquoteleft ‘ textquoteright ’ textquotesingle ' guillemotleft «
        guillemotright » guilsinglleft ‹ guilsinglright › quotedblbase „ quotesinglbase ‚ textendash – textemdash —
        textellipsis … ldots … dots … cdots ⋯ dotsc … dotsb ⋯ vdots ⋮ ddots ⋱ lbrace { rbrace } lbrack [ rbrack ]
        times × div ÷ pm ± mp ∓ cdot · ast ∗ star ⋆ circ ∘ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ oslash ⊘ cap ∩ cup ∪ sqcap ⊓
        sqcup ⊔ uplus ⊎ vee ∨ lor ∨ wedge ∧ land ∧ setminus \\ wr ≀ amalg ⨿ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂
        leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ leqslant ≤ geqslant ≥ lt < gt > ll ≪ gg ≫ lesssim ≲ gtrsim ≳ approx ≈ simeq ≃
        cong ≅ equiv ≡ sim ∼ nsim ≁ propto ∝ varpropto ∝ doteq ≐ asymp ≍ prec ≺ succ ≻ preceq ⪯ succeq ⪰ coloneqq ≔ triangleq ≜
        approxeq ≊ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ in ∈ ni ∋ notin ∉ vdash ⊢ dashv ⊣
        models ⊨ vDash ⊨ perp ⊥ bot ⊥ top ⊤ mid ∣ nmid ∤ parallel ∥ Vert ‖ vert | lVert ‖ rVert ‖ lvert | rvert |
        to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⇒ iff ⇔
        longrightarrow → longleftarrow ← Longrightarrow ⇒ longleftrightarrow ↔ mapsto ↦ longmapsto ↦ hookrightarrow ↪
        rightharpoonup ⇀ rightleftharpoons ⇌ leadsto ⇝ rightsquigarrow ⇝ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑
        Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ xrightarrow →
        forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ therefore ∴ because ∵ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ coprod ∐
        int ∫ iint ∬ iiint ∭ oint ∮ emptyset ∅ varnothing ∅ ell ℓ hbar ℏ hslash ℏ Re ℜ Im ℑ aleph ℵ beth ℶ wp ℘ angle ∠
        measuredangle ∡ triangle △ square □ Box □ blacksquare ■ diamond ⋄ Diamond ◇ lozenge ◊ bigstar ★ checkmark ✓ cmark ✓
        xmark ✗ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ flat ♭ natural ♮ sharp ♯ prime ′ odot ⊙ sun ☉ earth ⊕
        langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ surd √ colon : bigcirc ◯ dotplus ∔ ltimes ⋉ rtimes ⋊
        bowtie ⋈ Join ⋈ complement ∁ gtrless ≷ lessgtr ≶ nleq ≰ ngeq ≱ varGamma Γ varDelta Δ imath ı jmath ȷ
        """

    /// Blackboard bold letters, of which only those in Unicode's first plane are in every font.
    static let blackboard: [Character: Character] = [
        "C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ",
    ]
}
