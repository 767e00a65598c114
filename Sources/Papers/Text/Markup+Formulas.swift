/// Raised and lowered words, and the formulas of JATS.
extension Markup {
    /// Scripts longer than this are words in small print, such as a note, and no part of a formula.
    private static let longestScript = 64

    /// `CO<sub>2</sub>` → CO₂, `2<sup>k/2</sup>` → 2^(k/2); a note's mark (`[1]`) stays as it is.
    mutating func closeScript(_ name: String) {
        guard let index = scripts.lastIndex(where: { $0.name == name }) else { return }
        let start = scripts[index].start
        scripts.removeSubrange(index...)
        guard start <= output.count, output.count - start <= Self.longestScript else { return }
        let content = PlainText.folded(output[start...])
        guard !content.isEmpty, content.first != UInt8(ascii: "[") else { return }
        output.removeSubrange(start...)
        output.append(LinearMath.script(String(decoding: content, as: UTF8.self), raised: name == "sup"))
    }

    /// Whether the element that has just been opened holds MathML, beside which TeX only says the same again.
    mutating func formulaHoldsMathML() -> Bool {
        if nextFormulaMark.at < at {
            nextFormulaMark = (text.count, false)
            for index in at..<text.count where text[index] == UInt8(ascii: "<") {
                guard let tag = HTMLTag(in: &ahead, at: index) else { continue }
                let isMath = tag.name == "math" && !tag.isClosing
                guard isMath || (tag.isClosing && Self.formulas.contains(tag.name)) else { continue }
                nextFormulaMark = (index, isMath)
                break
            }
        }
        return nextFormulaMark.isMath
    }

    /// JATS: a formula, and several ways to write it.
    static let formulas: Set<String> = ["alternatives", "inline-formula", "disp-formula"]

    /// The TeX of a formula, without the document that some publishers wrap it in, between dollars.
    mutating func texMath() {
        if hasMathML { return skipContent(of: "tex-math") }
        let start = at
        skipContent(of: "tex-math")
        guard at > start else { return }
        let end = text[start..<at].lastIndex(of: UInt8(ascii: "<")) ?? at
        var formula = PlainText.clean(Array(text[start..<end]), as: .plainWithReferences)
        if let begin = place(of: "\\begin{document}", in: formula) { formula.removeSubrange(..<(begin + 16)) }
        if let finish = place(of: "\\end{document}", in: formula) { formula.removeSubrange(finish...) }
        let bare = Array(formula.withoutOuterBlanks)
        let isDelimited =
            bare.first == UInt8(ascii: "$") || bare.has("\\(", at: 0) || bare.has("\\[", at: 0)
            || bare.has("\\begin{", at: 0)
        output.append(contentsOf: isDelimited || bare.isEmpty ? bare : Array("$".utf8) + bare + Array("$".utf8))
    }

    private func place(of mark: StaticString, in text: [UInt8]) -> Int? {
        text.indices.first { text[$0] == UInt8(ascii: "\\") && text.has(mark, at: $0) }
    }
}
