/// Reads MathML's elements where they stand in running text.
extension Markup {
    /// Formulas nest less deeply; what goes deeper is read as if it were on one level.
    private static let deepest = 40

    /// Writes the element whose start tag is behind.
    mutating func math(_ tag: HTMLTag, from start: Int) {
        openMath = []
        let term = mathTerm(tag, from: start)
        output.append(contentsOf: term.text)
    }

    private mutating func mathTerm(_ tag: HTMLTag, from start: Int) -> MathML.Term {
        let name = tag.name
        if tag.isEmpty { return MathML.Term(name: name, text: name == "mspace" ? [.space] : []) }
        if MathML.tokens.contains(name) { return MathML.Term(name: name, text: token(name)) }
        let children = self.children(of: name)
        if let most = MathML.arity[name], children.count > most {
            // An end tag is missing; what follows is no part of this, and no word of it is lost.
            let rest = MathML.joined(Array(children[most...]))
            var term = arranged(name, Array(children[..<most]), tag, from: start)
            term.text.append(contentsOf: [.space] + rest.text)
            return term
        }
        return arranged(name, children, tag, from: start)
    }

    private func arranged(_ name: String, _ children: [MathML.Term], _ tag: HTMLTag, from start: Int) -> MathML.Term {
        func part(_ index: Int) -> MathML.Term {
            index < children.count ? children[index] : MathML.Term(name: "none", text: [])
        }
        switch name {
        case "msup": return MathML.scripts(part(0), above: part(1))
        case "msub": return MathML.scripts(part(0), below: part(1))
        case "msubsup", "munderover": return MathML.scripts(part(0), below: part(1), above: part(2))
        case "mover": return MathML.accented(part(0), part(1), over: true)
        case "munder": return MathML.accented(part(0), part(1), over: false)
        case "mmultiscripts": return MathML.multiscripts(children)
        case "mfrac":
            let value =
                LinearMath.factor(part(0).text) + [UInt8(ascii: "/")]
                + LinearMath.factor(part(1).text, isDivisor: true)
            return MathML.Term(name: name, text: value, isOpenEnded: true)
        case "msqrt", "mroot":
            let root =
                name == "mroot"
                ? LinearMath.root(part(0).text, index: part(1).string) : LinearMath.root(MathML.joined(children).text)
            return MathML.Term(name: name, text: Array(root.utf8), isOpenEnded: !root.hasSuffix(")"))
        case "mfenced": return fenced(children, tag, from: start)
        // Only the first of several ways to say it; what is invisible is only there for its width.
        case "semantics", "maction": return part(0)
        case "mphantom": return MathML.Term(name: name, text: [])
        case "mtd": return MathML.Term(name: name, text: MathML.joined(children).text)
        case "mtr", "mlabeledtr":
            let cells = children.dropFirst(name == "mlabeledtr" ? 1 : 0).map(\.string)
            return MathML.Term(name: name, text: Array(LinearMath.rows([cells]).utf8), rows: [cells])
        case "mtable":
            return MathML.Term(
                name: name,
                text: Array(LinearMath.rows(children.flatMap { $0.rows.isEmpty ? [[$0.string]] : $0.rows }).utf8))
        default: return MathML.joined(children)
        }
    }

    private func fenced(_ children: [MathML.Term], _ tag: HTMLTag, from start: Int) -> MathML.Term {
        let open = tag.attribute("open", in: text, from: start) ?? "("
        let close = tag.attribute("close", in: text, from: start) ?? ")"
        let signs = (tag.attribute("separators", in: text, from: start) ?? ",").filter { !$0.isWhitespace }.map(
            String.init)
        var content: [UInt8] = []
        for (index, child) in children.enumerated() {
            if index > 0, let sign = signs.isEmpty ? nil : signs[min(index - 1, signs.count - 1)] {
                content.append(sign)
            }
            content.append(contentsOf: child.text)
        }
        return MathML.Term(name: "mfenced", text: escaped(open) + content + escaped(close))
    }

    /// The elements up to the end tag, one term each.
    private mutating func children(of name: String) -> [MathML.Term] {
        guard openMath.count < Self.deepest else { return [] }
        openMath.append(name)
        defer { openMath.removeLast() }
        var terms: [MathML.Term] = []
        while at < text.count {
            guard text[at] == UInt8(ascii: "<"), let tag = HTMLTag(in: &tags, at: at) else {
                if let word = mathWord() { terms.append(word) }
                continue
            }
            let start = at
            if tag.isClosing {
                if tag.name != name, openMath.contains(tag.name) { break }
                at = tag.end
                if tag.name == name { break }
            } else if MathML.isLayout(tag.name) {
                at = tag.end
                terms.append(mathTerm(tag, from: start))
            } else if tag.hidesContent {
                at = tag.end
                if !tag.isEmpty { skipContent(of: tag.name) }
            } else if tag.name == "p" || tag.name == "div" || tag.name == "tex-math" {
                // An end tag is missing, and this is text again.
                break
            } else {
                at = tag.end
            }
        }
        return terms
    }

    /// Characters between the elements of a formula, where only blanks belong.
    private mutating func mathWord() -> MathML.Term? {
        let content = characters()
        return content.isEmpty ? nil : MathML.Term(name: "mtext", text: content)
    }

    /// What a token holds, without blanks around; MathML's own for its end tag.
    private mutating func token(_ name: String) -> [UInt8] {
        var content: [UInt8] = []
        while at < text.count {
            guard text[at] == UInt8(ascii: "<"), let tag = HTMLTag(in: &tags, at: at) else {
                content.append(contentsOf: characters(trimmed: false))
                continue
            }
            if tag.isClosing, tag.name == name {
                at = tag.end
                break
            }
            if MathML.isLayout(tag.name) { break }
            at = tag.end
        }
        let blank = name == "mtext" && content.first.map(\.isBlank) ?? false ? [UInt8.space] : []
        let end = name == "mtext" && content.count > 1 && content.last.map(\.isBlank) ?? false ? [UInt8.space] : []
        return blank + content.withoutOuterBlanks + end
    }

    /// Up to the next tag, references resolved.
    private mutating func characters(trimmed: Bool = true) -> [UInt8] {
        let mark = output.count
        repeat {
            if text[at] == UInt8(ascii: "&") {
                reference()
            } else {
                output.append(text[at])
                at += 1
            }
        } while at < text.count && text[at] != UInt8(ascii: "<")
        let content = Array(output[mark...])
        output.removeSubrange(mark...)
        return escaped(String(decoding: trimmed ? Array(content.withoutOuterBlanks) : content, as: UTF8.self))
    }

    /// Signs that a reader of TeX would take for commands.
    private func escaped(_ sign: String) -> [UInt8] {
        guard beforeTeX else { return Array(sign.utf8) }
        return sign.utf8.flatMap { (byte: UInt8) -> [UInt8] in
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "#"):
                [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\\"): Array("∖".utf8)
            default: [byte]
            }
        }
    }
}
