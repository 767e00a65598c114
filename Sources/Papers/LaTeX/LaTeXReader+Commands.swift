extension LaTeXReader {
    /// Reads what a backslash starts.
    mutating func command(to end: Int) {
        let start = at
        guard start + 1 < end else { return take(1, as: "\\") }
        let next = input[start + 1]
        if next.isASCIILetter { return word(to: end) }
        if LaTeXAccents.isSign(next), accent(sign: next, after: start + 2, to: end) { return }
        if !isMath, next == UInt8(ascii: "(") || next == UInt8(ascii: "["), displayed(to: end) { return }
        switch next {
        case UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "_"),
            UInt8(ascii: "{"), UInt8(ascii: "}"):
            output.append(next)
            at += 2
        case UInt8(ascii: "|"): take(2, as: "‖")
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\\"),
            UInt8(ascii: "~"):
            take(2, as: next == UInt8(ascii: "~") && !isMath ? "~" : " ")
            if next == UInt8(ascii: "\\") { skipLength(to: end) }
        case UInt8(ascii: "!"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "@"):
            at += 2
        default: take(1, as: "\\")
        }
    }

    /// `\name`, with its argument where it takes one.
    private mutating func word(to end: Int) {
        let start = at
        var nameEnd = start + 1
        while nameEnd < end, input[nameEnd].isASCIILetter { nameEnd += 1 }
        let name = String(decoding: input[start + 1..<nameEnd], as: UTF8.self)
        at = nameEnd
        if name.utf8.count == 1, let letter = name.utf8.first, accent(sign: letter, after: nameEnd, to: end) { return }
        // In text arXiv means the sign by it, as in 360{\deg}; in a formula it is the degree of something.
        if name == "deg", !isMath { return symbol("°", to: end) }
        if let symbol = LaTeXSymbols.text(name) { return self.symbol(symbol, to: end) }
        if at < end, input[at] == UInt8(ascii: "*"), LaTeXSymbols.starred.contains(name) { at += 1 }
        if LaTeXSymbols.unwrapped.contains(name) { return unwrap(to: end) }
        if LaTeXSymbols.switches.contains(name) {
            swallowBlank(to: end)
            // The delimiter that nobody sees.
            if name == "left" || name == "right", at < end, input[at] == UInt8(ascii: ".") { at += 1 }
            return
        }
        if LaTeXSymbols.dropped.contains(name) { return drop(to: end) }
        if name == "begin" || name == "end" || name == "item" || name == "documentclass" {
            return environment(name, from: start, to: end)
        }
        if structure(name, to: end) || quantity(name, to: end) { return }
        unknown(name, from: start, to: end)
    }

    /// TeX swallows the blank after a command's name. A sign that had a blank before it keeps one after it (`a \times b`),
    /// and outside formulas only letters such as `\o` swallow.
    mutating func symbol(_ symbol: String, to end: Int) {
        let hadBlank = output.last == .space
        let isName = symbol.utf8.count > 1 && symbol.utf8.allSatisfy(\.isASCIILetter)
        // n\log n
        if isMath, isName, let last = output.last, last.isASCIILetter || last.isASCIIDigit { output.append(.space) }
        output.append(symbol)
        if input.has("{}", at: at), at + 2 <= end {
            at += 2
            return
        }
        let isLetter = symbol.unicodeScalars.first?.properties.isAlphabetic ?? false
        let isNonASCIIText = !isMath && isLetter && (symbol.unicodeScalars.first?.value ?? 0) >= 0x370
        if isNonASCIIText || (!isLetter && hadBlank && isMath) || (!isMath && !isLetter) { return }
        let atBlank = at
        swallowBlank(to: end)
        if isMath, isName, at > atBlank, at < end, input[at] != UInt8(ascii: "(") { output.append(.space) }
    }

    mutating func swallowBlank(to end: Int) {
        while at < end, input[at].isBlank { at += 1 }
    }

    /// The content of the next argument: a group, a command with its own argument, or one character.
    mutating func argument(to end: Int) -> Range<Int>? {
        var first = at
        while first < end, input[first].isBlank { first += 1 }
        guard first < end else { return nil }
        if input[first] == UInt8(ascii: "{") {
            guard let close = closing[first], close < end else { return nil }
            at = close + 1
            return first + 1..<close
        }
        var last = first + 1
        if input[first] == UInt8(ascii: "\\") {
            while last < end, input[last].isASCIILetter { last += 1 }
            if last == first + 1, last < end { last += 1 }
            if last < end, input[last] == UInt8(ascii: "{"), let close = closing[last], close < end { last = close + 1 }
        } else {
            while last < end, input[last] & 0xC0 == 0x80 { last += 1 }
        }
        at = last
        return first..<last
    }

    private mutating func unwrap(to end: Int) {
        guard at < end, input[at] == UInt8(ascii: "{") || isMath, let range = argument(to: end) else {
            return swallowBlank(to: end)
        }
        output.append(contentsOf: converted(range, math: isMath))
    }

    /// `\\[2pt]` sets lines apart by a length.
    mutating func skipLength(to end: Int) {
        let saved = at
        guard let range = option(to: end), range.count <= 8, let first = input[range].first,
            let last = input[range].last,
            first.isASCIIDigit || ByteSet("-.").contains(first), last.isASCIILetter
        else {
            at = saved
            return
        }
    }

    /// `[…]` behind a command.
    mutating func option(to end: Int) -> Range<Int>? {
        guard at < end, input[at] == UInt8(ascii: "["),
            let close = input[at..<min(end, at + 200)].firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        defer { at = close + 1 }
        return at + 1..<close
    }

    /// `\cite[p. 3]{key}` and the like say nothing to a reader.
    mutating func drop(to end: Int) {
        while option(to: end) != nil {}
        if at < end, input[at] == UInt8(ascii: "{") { _ = argument(to: end) }
        if output.last == .space, at < end, ByteSet(" .,;:)").contains(input[at]) { output.removeLast() }
    }

    /// An author's own command: in a formula its name; around an argument that argument; else as it was typed.
    private mutating func unknown(_ name: String, from start: Int, to end: Int) {
        if at < end, input[at] == UInt8(ascii: "{"), let range = argument(to: end) {
            if range.isEmpty { return output.append("\\" + name) }
            output.append(contentsOf: converted(range, math: isMath))
        } else {
            output.append(isMath ? name : "\\" + name)
        }
    }

    /// `\'e`, `\v{c}`, `\"{\i}`: true if there was a letter to carry the accent.
    private mutating func accent(sign: UInt8, after start: Int, to end: Int) -> Bool {
        guard let mark = LaTeXAccents.mark(sign), !isMath || !sign.isASCIILetter else { return false }
        let saved = at
        at = start
        if sign.isASCIILetter, at < end, !input[at].isBlank, input[at] != UInt8(ascii: "{"),
            input[at] != UInt8(ascii: "\\")
        {
            at = saved
            return false
        }
        // www.example.org/\~name
        if sign == UInt8(ascii: "~"), output.last == UInt8(ascii: "/") {
            output.append(UInt8(ascii: "~"))
            return true
        }
        if let range = argument(to: end) {
            // \~{} is how TeX writes the sign itself.
            if range.isEmpty, !isMath, !sign.isASCIILetter {
                output.append(sign)
                return true
            }
            let content = converted(range, math: false)
            if let marked = LaTeXAccents.letter(content, mark) {
                output.append(marked)
                return true
            }
            keep(content, of: range, math: false)
        }
        at = saved
        return false
    }
}
