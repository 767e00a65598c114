/// Reads TeX from left to right and writes text; `LaTeXReader+…` files hold commands and formulas.
struct LaTeXReader {
    let input: [UInt8]
    /// Where each `{` of a pair is closed; braces that have no partner are not in it.
    let closing: [Int: Int]
    /// The environments, by where their `\begin` is.
    let environments: [Int: Environment]
    /// Where `\begin{document}` is.
    let documents: [Int]
    /// The list whose items are read.
    var list: ListState?
    var at = 0
    var output: [UInt8] = []
    var isMath = false
    /// Guards the recursion into groups: text nested deeper stays as it is.
    var depth = 0
    static let maximumDepth = 24
    /// Up to where no `\)` and no `\]` is.
    var searched = (parenthesis: 0, bracket: 0)
    /// What this reader and those of the groups share.
    let work: Work

    /// How much is left to do, and what was done in vain.
    final class Work {
        /// Bytes that may still be converted, each as often as it is gone over. Groups within groups come to ``maximumDepth``
        /// times the text; what goes beyond that twice over is no text, and stays as it is.
        var left: Int
        /// The content of groups that were converted and then taken as something else.
        var kept: [Part: [UInt8]] = [:]

        init(_ length: Int) { left = length * 2 * LaTeXReader.maximumDepth + 4096 }

        func take(_ length: Int) -> Bool {
            left -= length + 1
            return left >= 0
        }
    }

    /// What the conversion of a part of the input depends on.
    struct Part: Hashable {
        let range: Range<Int>
        let isMath: Bool
        let depth: Int
        let openQuotes: Int
    }

    init(_ input: [UInt8]) {
        self.input = input
        work = Work(input.count)
        closing = Self.pairs(in: input)
        (environments, documents) = Self.environments(in: input, closing)
        output.reserveCapacity(input.count)
    }

    private static func pairs(in input: [UInt8]) -> [Int: Int] {
        guard input.contains(UInt8(ascii: "{")) else { return [:] }
        var closing: [Int: Int] = [:]
        var open: [Int] = []
        var escaped = false
        for (index, byte) in input.enumerated() {
            if escaped {
                escaped = false
            } else if byte == UInt8(ascii: "\\") {
                escaped = true
            } else if byte == UInt8(ascii: "{") {
                open.append(index)
            } else if byte == UInt8(ascii: "}"), let start = open.popLast() {
                closing[start] = index
            }
        }
        return closing
    }

    /// The text of a part of the input, read by the same rules.
    func converted(_ range: Range<Int>, math: Bool) -> [UInt8] {
        if !work.kept.isEmpty, let known = work.kept[part(range, math: math)] { return known }
        guard depth < Self.maximumDepth, work.take(range.count) else { return Array(input[range]) }
        var inner = self
        inner.depth += 1
        inner.output = []
        inner.at = range.lowerBound
        inner.isMath = math
        math ? inner.readMath(to: range.upperBound) : inner.readText(to: range.upperBound)
        return inner.output
    }

    private func part(_ range: Range<Int>, math: Bool) -> Part {
        Part(range: range, isMath: math, depth: depth, openQuotes: openQuotes)
    }

    /// Keeps what was converted for nothing, as it will be asked for again: two conversions at each level of groups would be
    /// millions at the innermost.
    func keep(_ content: [UInt8], of range: Range<Int>, math: Bool) { work.kept[part(range, math: math)] = content }

    mutating func readText(to end: Int) {
        while at < end {
            let byte = input[at]
            switch byte {
            case UInt8(ascii: "\\"): command(to: end)
            case UInt8(ascii: "^"), UInt8(ascii: "_"): textScript(to: end)
            case UInt8(ascii: "$"): dollar(to: end)
            case UInt8(ascii: "{"): group(to: end)
            case UInt8(ascii: "~") where isTie: take(1, as: " ")
            case UInt8(ascii: "`"): openingQuote(to: end)
            case UInt8(ascii: "'") where openQuotes > 0 && input.has("''", at: at) && at + 2 <= end:
                openQuotes -= 1
                take(2, as: "”")
            case UInt8(ascii: "-") where input.has("--", at: at): dashes(to: end)
            default: plain(to: end)
            }
        }
    }

    private static let marks = ByteSet("\\${~`'-^_")

    /// Copies up to the next byte that may mean something.
    private mutating func plain(to end: Int) {
        var next = at + 1
        while next < end, !Self.marks.contains(input[next]) { next += 1 }
        output.append(contentsOf: input[at..<next])
        at = next
    }

    /// How many ``` `` ``` wait for their `''`.
    private var openQuotes = 0

    mutating func take(_ length: Int, as text: String) {
        output.append(text)
        at += length
    }

    /// `{GAN}` and `{\"o}` lose their braces; `{a, b}` and `{"key": 1}` are braces that the author meant.
    private mutating func group(to end: Int) {
        guard let close = closing[at], close < end else { return take(1, as: "{") }
        let inner = at + 1..<close
        let isPlainSet = inner.contains { [0x20, 0x22, 0x2C, 0x3A].contains(input[$0]) } && !startsWithCommand(inner)
        let content = converted(inner, math: false)
        // 10{,}000
        let isSeparator = inner.count == 1 && ByteSet(",.:").contains(input[inner.lowerBound]) && isBetweenDigits(close)
        output.append(
            contentsOf: (isPlainSet && !isSeparator) || inner.isEmpty
                ? [UInt8(ascii: "{")] + content + [UInt8(ascii: "}")] : content)
        at = close + 1
    }

    private func isBetweenDigits(_ close: Int) -> Bool {
        (output.last?.isASCIIDigit ?? false) && close + 1 < input.count && input[close + 1].isASCIIDigit
    }

    private func startsWithCommand(_ range: Range<Int>) -> Bool {
        guard let first = range.first(where: { !input[$0].isBlank }) else { return false }
        return input[first] == UInt8(ascii: "\\")
    }

    /// A tie (`Fig.~3`, `et~al.`) stands between the end of a word and the start of one; `~30`, `10~20` and `/~user` are
    /// tildes.
    private var isTie: Bool {
        guard at > 0, at + 1 < input.count else { return false }
        let before = input[at - 1]
        let after = input[at + 1]
        let endsWord =
            before.isASCIILetter || before.isASCIIDigit || before >= 0x80 || ByteSet(".,;:)}]$%'").contains(before)
        let startsWord =
            after.isASCIILetter || after.isASCIIDigit || after >= 0x80 || ByteSet("\\$({[`").contains(after)
        return endsWord && startsWord && !(before.isASCIIDigit && after.isASCIIDigit) && !isInAddress
    }

    private var isInAddress: Bool {
        var start = at
        while start > 0, at - start < 200, !input[start - 1].isBlank { start -= 1 }
        return (start..<at).contains { input.has("://", at: $0) }
    }

    private mutating func openingQuote(to end: Int) {
        if input.has("``", at: at), at + 2 < end {
            openQuotes += 1
            return take(2, as: "“")
        }
        guard let close = singleQuoteEnd(to: end) else { return take(1, as: "`") }
        let content = converted(at + 1..<close, math: false)
        output.append("‘")
        output.append(contentsOf: content)
        output.append("’")
        at = close + 1
    }

    /// Where `` `word' `` ends; a second backtick first means code in Markdown's manner.
    private func singleQuoteEnd(to end: Int) -> Int? {
        guard at + 1 < end, !input[at + 1].isBlank else { return nil }
        for index in at + 1..<min(end, at + 80) {
            if input[index] == UInt8(ascii: "`") { return nil }
            guard input[index] == UInt8(ascii: "'") else { continue }
            let next = index + 1 < input.count ? input[index + 1] : .space
            if !next.isASCIILetter && next != UInt8(ascii: "'") { return index }
        }
        return nil
    }

    /// `---` — and `--` –; four and more are a rule, and `--flag` is an option of a program.
    private mutating func dashes(to end: Int) {
        var length = 2
        while at + length < end, input[at + length] == UInt8(ascii: "-") { length += 1 }
        let opensWord = at == 0 || input[at - 1].isBlank || input[at - 1] == UInt8(ascii: "`")
        let isOption = length == 2 && opensWord && at + 2 < end && input[at + 2].isASCIILetter
        guard length <= 3, !isOption, !isInAddress else {
            return take(length, as: String(repeating: "-", count: length))
        }
        take(length, as: length == 2 ? "–" : "—")
    }
}
