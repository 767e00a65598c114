import Core

extension LaTeXReader {
    /// A formula, or a dollar that is none.
    mutating func dollar(to end: Int) {
        let isDouble = input.has("$$", at: at)
        let width = isDouble ? 2 : 1
        let start = at + width
        guard start < end, let close = formulaEnd(from: start, width: width, to: end),
            isFormula(start..<close, width: width)
        else { return take(1, as: "$") }
        output.append(contentsOf: converted(start..<close, math: true).trimmed(of: \.isBlank))
        at = close + width
    }

    /// `\(…\)` and `\[…\]`: true if it was closed.
    mutating func displayed(to end: Int) -> Bool {
        let isParenthesis = input[at + 1] == UInt8(ascii: "(")
        let start = at + 2
        // Where an earlier search found nothing there is nothing to look for again.
        let first = max(start, isParenthesis ? searched.parenthesis : searched.bracket)
        let limit = max(first, min(end - 1, start + Self.longestFormula))
        for close in first..<limit where isParenthesis ? input.has("\\)", at: close) : input.has("\\]", at: close) {
            output.append(contentsOf: converted(start..<close, math: true).trimmed(of: \.isBlank))
            at = close + 2
            return true
        }
        if isParenthesis { searched.parenthesis = limit } else { searched.bracket = limit }
        return false
    }

    static let longestFormula = 2000

    private func formulaEnd(from start: Int, width: Int, to end: Int) -> Int? {
        var index = start
        while index < min(end, start + Self.longestFormula) {
            if input[index] == UInt8(ascii: "\\") {
                index += 2
            } else if input[index] == UInt8(ascii: "$") {
                return width == 1 || input.has("$$", at: index) ? index : nil
            } else {
                index += 1
            }
        }
        return nil
    }

    /// Prices come in pairs too (`$5 and $10`): the dollar that closes a formula follows its last sign and stands before no
    /// digit, and words between two dollars need some TeX among them.
    private func isFormula(_ range: Range<Int>, width: Int) -> Bool {
        guard !range.isEmpty else { return false }
        let holdsTeX = range.contains { ByteSet("\\^_{}=").contains(input[$0]) }
        let after = range.upperBound + width < input.count ? input[range.upperBound + width] : UInt8.space
        // $<$5\%
        if input[range].allSatisfy({ ByteSet("<>=+-~/| ").contains($0) }) { return true }
        if after.isASCIIDigit && !holdsTeX { return false }
        if input[range.lowerBound].isBlank || input[range.upperBound - 1].isBlank { return holdsTeX }
        let words = input[range].split(whereSeparator: \.isBlank)
        let isSentence = words.count > 1 && words.contains { $0.count > 1 && $0.allSatisfy(\.isASCIILetter) }
        return holdsTeX || !isSentence
    }

    mutating func readMath(to end: Int) {
        while at < end {
            let byte = input[at]
            switch byte {
            case UInt8(ascii: "\\"): command(to: end)
            case UInt8(ascii: "^"), UInt8(ascii: "_"): scripts(to: end)
            case UInt8(ascii: "{"):
                guard let range = argument(to: end) else {
                    take(1, as: "{")
                    continue
                }
                output.append(contentsOf: converted(range, math: true))
            case UInt8(ascii: "~"), UInt8(ascii: "&"): take(1, as: " ")
            case UInt8(ascii: "'"): take(1, as: "′")
            case UInt8(ascii: "$"): at += 1
            default:
                output.append(byte)
                at += 1
            }
        }
    }

    private mutating func scripts(to end: Int) {
        let raised = input[at] == UInt8(ascii: "^")
        let start = at
        at += 1
        guard let range = argument(to: end) else {
            at = start + 1
            output.append(input[start])
            return
        }
        script(converted(range, math: true), raised: raised)
    }

    /// Outside dollars too, a raised or lowered group keeps its meaning: `e^{i\pi}+1`, `10^\circ`.
    mutating func textScript(to end: Int) {
        let next = at + 1 < end ? input[at + 1] : UInt8.space
        let isGroup = next == UInt8(ascii: "{") && (closing[at + 1] ?? end) < end
        let isCommand = next == UInt8(ascii: "\\") && at + 2 < end && input[at + 2].isASCIILetter
        let before = output.last ?? UInt8.space
        let hasBase = before.isASCIILetter || before.isASCIIDigit || before >= 0x80 || ByteSet(")]}|'").contains(before)
        guard isGroup || isCommand, hasBase else { return take(1, as: input[at] == UInt8(ascii: "^") ? "^" : "_") }
        scripts(to: end)
    }

    /// Written with Unicode's scripts, or with `^` and `_` where it has none; several signs are held by parentheses.
    mutating func script(_ content: [UInt8], raised: Bool) {
        output.append(LinearMath.script(String(decoding: content, as: UTF8.self), raised: raised))
    }
}
