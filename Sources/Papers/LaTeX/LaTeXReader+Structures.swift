extension LaTeXReader {
    /// Commands that arrange their arguments.
    mutating func structure(_ name: String, to end: Int) -> Bool {
        switch name {
        case "frac", "tfrac", "dfrac", "cfrac", "nicefrac", "sfrac", "flatfrac":
            guard let top = argument(to: end), let bottom = argument(to: end) else { return false }
            fraction(top, bottom, to: end)
        case "sqrt":
            let index = option(to: end)
            guard let range = argument(to: end) else { return false }
            output.append(LinearMath.root(converted(range, math: true), index: index.map { string($0, math: true) }))
        case "not":
            guard let range = argument(to: end) else { return false }
            symbol(negated(string(range, math: true)), to: end)
        case "mathbb", "Bbb":
            guard let range = argument(to: end) else { return false }
            output.append(String(string(range, math: true).map { LaTeXSymbols.blackboard[$0] ?? $0 }))
        case "binom", "dbinom", "tbinom":
            guard let top = argument(to: end), let bottom = argument(to: end) else { return false }
            output.append("C(\(string(top, math: true)), \(string(bottom, math: true)))")
        case "overset", "stackrel", "underset":
            guard let sign = argument(to: end), let base = argument(to: end) else { return false }
            output.append(contentsOf: converted(base, math: true))
            script(converted(sign, math: true), raised: name != "underset")
        case "xrightarrow", "xleftarrow", "xmapsto":
            let below = option(to: end)
            output.append(name == "xleftarrow" ? "←" : name == "xmapsto" ? "↦" : "→")
            if let below { script(converted(below, math: true), raised: false) }
            if at < end, input[at] == UInt8(ascii: "{"), let above = argument(to: end) {
                script(converted(above, math: true), raised: true)
            }
        case "pmod":
            guard let range = argument(to: end) else { return false }
            output.append(output.last == .space ? "(mod " : " (mod ")
            output.append(string(range, math: true) + ")")
        case "ket", "bra", "braket", "abs", "norm", "ketbra", "expval": return bracket(name, to: end)
        case "ce", "cee":
            guard at < end, input[at] == UInt8(ascii: "{"), let range = argument(to: end) else { return false }
            output.append(chemistry(range))
        default: return words(name, to: end) || mark(name, to: end)
        }
        return true
    }

    private mutating func mark(_ name: String, to end: Int) -> Bool {
        guard let mark = LaTeXAccents.mathMark(name), let range = argument(to: end) else { return false }
        output.append(contentsOf: LaTeXAccents.marked(converted(range, math: isMath), mark))
        return true
    }

    /// Commands around words.
    private mutating func words(_ name: String, to end: Int) -> Bool {
        switch name {
        case "href":
            guard argument(to: end) != nil, let label = argument(to: end) else { return false }
            output.append(contentsOf: converted(label, math: false))
        case "url", "nolinkurl", "path":
            guard at < end, input[at] == UInt8(ascii: "{"), let range = argument(to: end) else { return false }
            output.append(contentsOf: input[range])
        case "footnote", "thanks":
            guard let range = argument(to: end) else { return false }
            output.append(" (\(string(range, math: false)))")
        case "textsuperscript", "textsubscript":
            guard let range = argument(to: end) else { return false }
            script(converted(range, math: false), raised: name == "textsuperscript")
        case "verb":
            guard at < end, !input[at].isASCIILetter, !input[at].isBlank,
                let close = input[(at + 1)..<min(end, at + 200)].firstIndex(of: input[at])
            else { return false }
            output.append(contentsOf: input[(at + 1)..<close])
            at = close + 1
        case "texorpdfstring":
            // The second is what TeX itself writes where only plain characters go.
            guard let formula = argument(to: end), let plain = argument(to: end) else { return false }
            let text = converted(plain, math: isMath)
            output.append(contentsOf: text.isEmpty ? converted(formula, math: isMath) : text)
        case "textcolor", "color", "colorbox":
            _ = option(to: end)
            guard argument(to: end) != nil else { return false }
            if name != "color", let range = argument(to: end) {
                output.append(contentsOf: converted(range, math: isMath))
            }
        case "part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph":
            _ = option(to: end)
            guard at < end, input[at] == UInt8(ascii: "{"), let range = argument(to: end) else { return false }
            if let last = output.last, !last.isBlank { output.append(.space) }
            output.append(contentsOf: converted(range, math: false))
            if at < end, !input[at].isBlank { output.append(.space) }
        default:
            // The abbreviations of conferences' styles, which set the blank behind them.
            guard !isMath, let words = LaTeXSymbols.abbreviations[name] else { return false }
            output.append(words)
        }
        return true
    }

    func string(_ range: Range<Int>, math: Bool) -> String {
        String(decoding: converted(range, math: math), as: UTF8.self)
    }

    private mutating func fraction(_ top: Range<Int>, _ bottom: Range<Int>, to end: Int) {
        let dividend = LinearMath.factor(converted(top, math: true))
        // 3\frac{1}{2} is not 31/2.
        if let last = output.last, last.isASCIIDigit, dividend.first?.isASCIIDigit ?? false { output.append(.space) }
        output.append(contentsOf: dividend)
        output.append(UInt8(ascii: "/"))
        output.append(contentsOf: LinearMath.factor(converted(bottom, math: true), isDivisor: true))
        // \frac{1}{2}x is not 1/2x.
        if isMath, at < end, input[at].isASCIILetter || input[at].isASCIIDigit { output.append(.space) }
    }

    /// A relation with a stroke through it: ∉, ≠, or the stroke as a combining sign.
    private func negated(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return "" }
        var sign = String(Character(first)) + "\u{338}"
        sign = sign.precomposedStringWithCanonicalMapping
        return sign + String(text.unicodeScalars.dropFirst())
    }

    /// Dirac's brackets, and the bars of values and norms.
    private mutating func bracket(_ name: String, to end: Int) -> Bool {
        guard at < end, input[at] == UInt8(ascii: "{"), let first = argument(to: end) else { return false }
        let inner = string(first, math: true)
        switch name {
        case "ket": output.append("|\(inner)⟩")
        case "bra": output.append("⟨\(inner)|")
        case "abs": output.append("|\(inner)|")
        case "norm": output.append("‖\(inner)‖")
        case "expval": output.append("⟨\(inner)⟩")
        default:
            var second = inner
            var isPair = name == "ketbra"
            if at < end, input[at] == UInt8(ascii: "{"), let range = argument(to: end) {
                second = string(range, math: true)
                isPair = true
            }
            output.append(
                name == "ketbra" ? "|\(inner)⟩⟨\(second)|" : isPair ? "⟨\(inner)|\(second)⟩" : "⟨\(inner)⟩")
        }
        return true
    }

    /// A formula of chemistry in mhchem's manner: digits behind letters are lowered, charges raised.
    private func chemistry(_ range: Range<Int>) -> String {
        var text = ""
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = input[index]
            let previous = text.unicodeScalars.last
            let isBehindAtom = previous.map { $0.properties.isAlphabetic || $0 == ")" || $0 == "]" } ?? false
            if byte.isASCIIDigit, isBehindAtom {
                var last = index
                while last < range.upperBound, input[last].isASCIIDigit { last += 1 }
                text += LinearMath.script(String(decoding: input[index..<last], as: UTF8.self), raised: false)
                index = last
            } else if byte == UInt8(ascii: "-"), index + 1 < range.upperBound, input[index + 1] == UInt8(ascii: ">") {
                text += "→"
                index += 2
            } else if byte == UInt8(ascii: "^") || byte == UInt8(ascii: "_") {
                var last = index + 1
                var inner = last..<last
                if last < range.upperBound, input[last] == UInt8(ascii: "{"), let close = closing[last] {
                    inner = last + 1..<min(close, range.upperBound)
                    last = close + 1
                } else {
                    while last < range.upperBound, input[last].isASCIIDigit || ByteSet("+-").contains(input[last]) {
                        last += 1
                    }
                    inner = index + 1..<last
                }
                text += LinearMath.script(string(inner, math: true), raised: byte == UInt8(ascii: "^"))
                index = max(last, index + 1)
            } else {
                var last = index + 1
                while last < range.upperBound, !input[last].isASCIIDigit, !ByteSet("^_-").contains(input[last]) {
                    last += 1
                }
                text += string(index..<last, math: true)
                index = last
            }
        }
        return text
    }
}
