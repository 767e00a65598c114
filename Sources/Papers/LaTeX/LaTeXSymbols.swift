/// What TeX's named commands stand for.
enum LaTeXSymbols {
    static func text(_ name: String) -> String? { symbols[name] }

    /// The commands that stand for one sign each, in the order in which they are preferred.
    static let signs: [(name: String, sign: Character)] = {
        let words = pairs.split(whereSeparator: \.isWhitespace)
        return stride(from: 0, to: words.count - 1, by: 2).compactMap { index in
            let text = words[index + 1]
            guard text.count == 1, let sign = text.first else { return nil }
            return (String(words[index]), sign)
        }
    }()

    /// Font commands and boxes: only what they hold counts.
    static let unwrapped: Set<String> = [
        "emph", "textbf", "textit", "textsc", "texttt", "textrm", "textsf", "textsl", "textup", "textmd", "textnormal",
        "text", "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "mathfrak", "mathscr", "boldsymbol", "bm",
        "bold", "operatorname", "mbox", "hbox", "fbox", "ensuremath", "mathop", "mathbin", "mathrel", "mathord",
        "uline",
        "overrightarrow", "underbrace", "overbrace", "textls", "mathds", "pmb", "xspace", "lowercase", "uppercase",
        "smash", "sout", "ul", "hl", "textquote", "boxed", "cancel", "mathclap", "mathllap", "mathrlap", "substack",
        "operatornamewithlimits", "mathnormal", "symbf", "symbb", "symcal", "intertext", "makebox",
    ]

    /// Commands that may have an asterisk behind their name.
    static let starred: Set<String> = [
        "operatorname", "part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph",
        "hspace",
        "vspace", "tag", "cite", "citep", "citet", "citeauthor", "cref", "Cref", "ref", "eqref", "abs", "norm", "href",
        "url", "footnote", "ket", "bra", "braket", "mathop",
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
        "footnotemark", "tag", "phantom", "hphantom", "vphantom", "usepackage", "bibliography", "bibliographystyle",
        "maketitle", "pageref", "nameref", "mathstrut", "notag", "kern", "mkern",
    ]

    static let abbreviations = [
        "eg": "e.g.", "ie": "i.e.", "etal": "et al.", "etc": "etc.", "wrt": "w.r.t.", "cf": "cf.", "vs": "vs.",
        "iid": "i.i.d.", "aka": "a.k.a.", "dof": "d.o.f.",
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
        symbols["bmod"] = " mod "
        return symbols
    }()

    /// Operators that are written as their name.
    private static let names = """
        log ln exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan min max sup inf lim arg det dim ker deg gcd
        hom Pr LaTeX TeX limsup liminf coth projlim injlim
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
        Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖
        forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ therefore ∴ because ∵ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ coprod ∐
        int ∫ iint ∬ iiint ∭ oint ∮ emptyset ∅ varnothing ∅ ell ℓ hbar ℏ hslash ℏ Re ℜ Im ℑ aleph ℵ beth ℶ wp ℘ angle ∠
        measuredangle ∡ triangle △ square □ Box □ blacksquare ■ diamond ⋄ Diamond ◇ lozenge ◊ bigstar ★ checkmark ✓ cmark ✓
        xmark ✗ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ flat ♭ natural ♮ sharp ♯ prime ′ odot ⊙ sun ☉ earth ⊕
        langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ surd √ colon : bigcirc ◯ dotplus ∔ ltimes ⋉ rtimes ⋊
        gtrapprox ⪆ lessapprox ⪅ succsim ≿ precsim ≾ precapprox ⪷ succapprox ⪸ preccurlyeq ≼ succcurlyeq ≽ trianglelefteq ⊴
        trianglerighteq ⊵ vartriangleleft ⊲ vartriangleright ⊳ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ triangleleft ◁ triangleright ▷
        nsubseteq ⊈ nsupseteq ⊉ subsetneqq ⫋ supsetneqq ⫌ Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒
        nless ≮ ngtr ≯ nprec ⊀ nsucc ⊁ ncong ≇ nparallel ∦ nvdash ⊬ nvDash ⊭ Vdash ⊩ nleftarrow ↚ nrightarrow ↛
        nRightarrow ⇏ nLeftarrow ⇍ nLeftrightarrow ⇎ hookleftarrow ↩ twoheadrightarrow ↠ twoheadleftarrow ↞ rightleftarrows ⇄
        leftrightarrows ⇆ rightrightarrows ⇉ leftleftarrows ⇇ upuparrows ⇈ downdownarrows ⇊ rightarrowtail ↣ curvearrowright ↷
        circlearrowright ↻ circlearrowleft ↺ dashrightarrow ⇢ dashleftarrow ⇠ Longleftarrow ⇐ Longleftrightarrow ⇔ impliedby ⇐
        Updownarrow ⇕ upharpoonright ↾ restriction ↾ leftharpoonup ↼ rightharpoondown ⇁ leftrightharpoons ⇋ multimap ⊸
        boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ circledast ⊛ circledcirc ⊚ circleddash ⊝ oslash ⊘ bigvee ⋁ bigwedge ⋀
        bigsqcup ⨆ bigodot ⨀ biguplus ⨄ bigtriangleup △ bigtriangledown ▽ triangledown ▽ blacktriangle ▲ blacktriangledown ▼
        blacktriangleright ▶ blacktriangleleft ◀ blacklozenge ⧫ circledR ® eth ð mho ℧ Finv Ⅎ Game ⅁ gimel ℷ daleth ℸ
        varkappa ϰ upvarpi ϖ sphericalangle ∢ backprime ‵ eqcirc ≖ circeq ≗ triangleq ≜ bumpeq ≏ Bumpeq ≎ eqsim ≂ backsim ∽
        between ≬ pitchfork ⋔ smile ⌣ frown ⌢ vDash ⊨ Vvdash ⊪ because ∵ lll ⋘ ggg ⋙ leqq ≦ geqq ≧ lneq ⪇ gneq ⪈
        eqqcolon ≕ colonequals ≔ coloneq ≔ vcentcolon : dblcolon ∷ dotsm ⋯ dotsi ⋯ dotso … iiiint ⨌ idotsint ∫⋯∫ oiint ∯
        oiiint ∰ lgroup ⟮ rgroup ⟯ lmoustache ⎰ rmoustache ⎱ ulcorner ⌜ urcorner ⌝ llcorner ⌞ lrcorner ⌟ llbracket ⟦
        rrbracket ⟧ lbrbrak ❲ mathsection § mathparagraph ¶ yen ¥ maltese ✠ permil ‰ perthousand ‰ textperthousand ‰ celsius °C
        degreeCelsius °C ohm Ω textohm Ω angstrom Å textonehalf ½ textonequarter ¼ textthreequarters ¾ textmultiply ×
        texttimes × textpm ± textminus − textdiv ÷ textasciigrave ` textquotedbl " textvisiblespace ␣ textexclamdown ¡
        textquestiondown ¿ textcent ¢ cent ¢ textcurrency ¤ textdollar $ mathdollar $ textbraceleft { textbraceright }
        textleftarrow ← textrightarrow → textuparrow ↑ textdownarrow ↓ textsection § textparagraph ¶ textasteriskcentered *
        aa å smallsetminus ∖ square □ qed ∎ textalpha α textbeta β textgamma γ textdelta δ textlambda λ textsigma σ
        astrosun ☉ Sun ☉ Earth ⊕ female ♀ male ♂ leftmoon ☾ rightmoon ☽ infinity ∞ upmu µ degC °C
        bowtie ⋈ Join ⋈ complement ∁ gtrless ≷ lessgtr ≶ nleq ≰ ngeq ≱ varGamma Γ varDelta Δ imath ı jmath ȷ
        """

    /// Blackboard bold letters, of which only those in Unicode's first plane are in every font.
    static let blackboard: [Character: Character] = [
        "C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ",
    ]
}
