/// Presentation MathML (https://www.w3.org/TR/MathML3/chapter3.html) as a line of text that keeps the formula's value.
enum MathML {
    static func isLayout(_ name: String) -> Bool { layout.contains(name) }

    /// Names that nothing else has; `math` and `none` are words.
    static func isElement(_ name: String) -> Bool {
        name.utf8.first == UInt8(ascii: "m") && name != "math" && layout.contains(name)
    }

    /// Elements that arrange others; the others are tokens.
    private static let layout: Set<String> = [
        "math", "mrow", "mstyle", "mpadded", "menclose", "merror", "mphantom", "maction", "semantics", "mfenced",
        "msup", "msub", "msubsup", "mover", "munder", "munderover", "mmultiscripts", "mfrac", "msqrt", "mroot",
        "mtable", "mtr", "mlabeledtr", "mtd", "mspace", "mprescripts", "none", "mi", "mn", "mo", "mtext", "ms",
    ]
    static let tokens: Set<String> = ["mi", "mn", "mo", "mtext", "ms"]

    /// How many parts an element has, of those that have a certain number.
    static let arity = [
        "msup": 2, "msub": 2, "mfrac": 2, "mroot": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3,
    ]

    /// A part of a formula.
    struct Term {
        var name: String
        var text: [UInt8]
        /// The rows of a table.
        var rows: [[String]] = []
        /// Ends with `^x` or `/x`, to which nothing may be joined without a blank.
        var isOpenEnded = false

        var string: String { String(decoding: text, as: UTF8.self) }
    }

    /// Terms side by side, with a blank where two words or two numbers would become one.
    static func joined(_ terms: [Term]) -> Term {
        var row = Term(name: "mrow", text: [])
        var unseen: [UInt8] = []
        var isBehindWord = false
        for term in terms where !term.text.isEmpty {
            if let sign = invisible[term.text] {
                unseen = Array(sign.utf8)
                continue
            }
            let before = row.text.last ?? 0
            let after = term.text.first ?? 0
            let meetsWord = after.isASCIILetter || after.isASCIIDigit || after >= 0x80
            let isWord = after.isASCIILetter && term.text.dropFirst().first?.isASCIILetter ?? false
            let areWords = before.isASCIILetter && after.isASCIILetter && (isWord || isBehindWord)
            if before.isASCIIDigit && after.isASCIIDigit {
                row.text.append(contentsOf: unseen.isEmpty ? [.space] : unseen)
            } else if areWords || (row.isOpenEnded && meetsWord && term.name != "mo") {
                row.text.append(.space)
            }
            unseen = []
            row.text.append(contentsOf: term.text)
            row.isOpenEnded = term.isOpenEnded
            isBehindWord = tokens.contains(term.name) && isWord
        }
        return row
    }

    /// Signs that nobody sees, and what they say between two numbers: times, comma, plus (of `3½`).
    private static let invisible: [[UInt8]: String] = [
        Array("\u{2061}".utf8): " ", Array("\u{2062}".utf8): "·", Array("\u{2063}".utf8): ",",
        Array("\u{2064}".utf8): " ",
    ]

    /// `base` with what stands below and above it.
    static func scripts(_ base: Term, below: Term? = nil, above: Term? = nil) -> Term {
        var text = isFactor(base) ? base.text : Array("(\(base.string))".utf8)
        var isOpenEnded = false
        for (term, raised) in [(below, false), (above, true)] {
            guard let term else { continue }
            let script = LinearMath.script(term.string, raised: raised)
            isOpenEnded =
                (script.utf8.first.map { ByteSet("^_").contains($0) } ?? false) && script.utf8.last != UInt8(ascii: ")")
            text.append(script)
        }
        return Term(name: "mrow", text: text, isOpenEnded: isOpenEnded)
    }

    /// Whether a script may stand behind it without parentheses: a token, a fenced row, anything without an operator.
    private static func isFactor(_ base: Term) -> Bool {
        if tokens.contains(base.name) || base.text.isEmpty || base.text.last.map(isFence) ?? false { return true }
        return !base.text.contains { ByteSet("+-/= ").contains($0) } && !base.string.contains { "−±×·".contains($0) }
    }

    private static func isFence(_ byte: UInt8) -> Bool { ByteSet(")]}|").contains(byte) }

    /// An accent over or under one letter, a mark that Unicode can combine; a script otherwise.
    static func accented(_ base: Term, _ sign: Term, over: Bool) -> Term {
        if ["⏞", "⏟", "︷", "︸", "⎴", "⎵"].contains(sign.string) || (!over && ["_", "̲", "¯"].contains(sign.string)) {
            return base
        }
        guard over, let mark = LinearMath.accent(sign.string) else {
            return scripts(base, below: over ? nil : sign, above: over ? sign : nil)
        }
        return Term(name: "mi", text: LaTeXAccents.marked(base.text, mark))
    }

    /// `mmultiscripts`: pairs of subscript and superscript behind the base, and after `mprescripts` those before it.
    static func multiscripts(_ children: [Term]) -> Term {
        guard let base = children.first else { return Term(name: "mrow", text: []) }
        var text: [UInt8] = []
        let behind = children.dropFirst().prefix { $0.name != "mprescripts" }
        for pair in pairs(children.dropFirst(behind.count + 2)) {
            text.append(LinearMath.script(pair.above, raised: true) + LinearMath.script(pair.below, raised: false))
        }
        text.append(contentsOf: base.text)
        for pair in pairs(behind) {
            text.append(LinearMath.script(pair.below, raised: false) + LinearMath.script(pair.above, raised: true))
        }
        return Term(name: "mrow", text: text)
    }

    private static func pairs(_ terms: some Collection<Term>) -> [(below: String, above: String)] {
        let list = Array(terms)
        return stride(from: 0, to: list.count, by: 2).map { index in
            (list[index].string, index + 1 < list.count ? list[index + 1].string : "")
        }
    }
}
