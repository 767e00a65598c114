/// Markdown as OpenReview's abstracts use it (https://docs.openreview.net/how-to-guides/tex/markdown), without its marks:
/// headings, lists, quotes, emphasis, links and code. Formulas in TeX stay as they are.
struct Markdown {
    private let source: [UInt8]
    private var at = 0
    private var output: [UInt8] = []
    /// Runs of `*`, `_` or `~` in the output that may begin an emphasis.
    private var openers: [Run] = []
    /// Places in the output of marks that were part of a pair.
    private var removed: Set<Int> = []

    private struct Run {
        let sign: UInt8
        /// Of what is left of it, nearest to the words first.
        var places: [Int]
    }

    static func text(_ markdown: [UInt8]) -> [UInt8] {
        guard markdown.contains(where: { ByteSetOf.marks.contains($0) }) else { return markdown }
        var reader = Markdown(source: markdown)
        reader.run()
        return reader.output.indices.filter { !reader.removed.contains($0) }.map { reader.output[$0] }
    }

    private init(source: [UInt8]) { self.source = source }

    private enum ByteSetOf {
        static let marks: Set<UInt8> = Set("*_`#[>~-+!\\".utf8)
        /// Marks that may stand before any of them.
        static let escaped: Set<UInt8> = Set("*`>|#".utf8)
        static let punctuation: Set<UInt8> = Set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".utf8)
    }

    private mutating func run() {
        var isLineStart = true
        while at < source.count {
            if isLineStart {
                blockMark()
                isLineStart = false
                continue
            }
            let byte = source[at]
            switch byte {
            case UInt8(ascii: "\n"):
                isLineStart = true
                copy(1)
            case UInt8(ascii: "\\"): backslash()
            case UInt8(ascii: "$"): formula()
            case UInt8(ascii: "`"): code()
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): emphasis(byte)
            case UInt8(ascii: "["): link(from: at)
            case UInt8(ascii: "!") where at + 1 < source.count && source[at + 1] == UInt8(ascii: "["):
                link(from: at + 1)
            default: copy(1)
            }
        }
    }

    private mutating func copy(_ length: Int) {
        let end = min(source.count, at + length)
        output.append(contentsOf: source[at..<end])
        at = end
    }

    private func next(_ offset: Int) -> UInt8 { at + offset < source.count ? source[at + offset] : 0x0A }

    /// What a line begins with: `## `, `> `, `- `, `---`, ```` ``` ````.
    private mutating func blockMark() {
        let start = at
        while next(0) == 0x20 || next(0) == 0x09 { at += 1 }
        var count = 0
        let sign = next(0)
        while at + count < source.count, source[at + count] == sign { count += 1 }
        let after = next(count)
        let isBlankAfter = after == 0x20 || after == 0x0A || after == 0x0D
        switch sign {
        case UInt8(ascii: "#") where count <= 6 && isBlankAfter: at += count
        case UInt8(ascii: ">") where isBlankAfter: at += count
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"):
            if count >= 3, after == 0x0A || at + count >= source.count {
                at += count
            } else if count == 1, sign != UInt8(ascii: "_"), after == 0x20 {
                output.append(contentsOf: "•".utf8)
                at += 1
            } else {
                at = start
                if start < source.count, source[start] == 0x20 || source[start] == 0x09 { copy(1) }
            }
        case UInt8(ascii: "`") where count >= 3:
            while at < source.count, source[at] != 0x0A { at += 1 }
        default: at = start
        }
        // A blank at the start of a line is only copied, so that the line goes on.
        if at == start, at < source.count, source[at] == 0x20 || source[at] == 0x09 { copy(1) }
    }

    private mutating func backslash() {
        if ByteSetOf.escaped.contains(next(1)) {
            at += 1
            return copy(1)
        }
        // \( … \) and \[ … \]
        let close: UInt8? =
            next(1) == UInt8(ascii: "(") ? UInt8(ascii: ")") : next(1) == UInt8(ascii: "[") ? UInt8(ascii: "]") : nil
        guard let close else { return copy(2) }
        for index in (at + 2)..<max(at + 2, min(source.count - 1, at + 2000))
        where source[index] == UInt8(ascii: "\\") && source[index + 1] == close {
            return copy(index + 2 - at)
        }
        copy(2)
    }

    /// Up to the dollar that closes it, where one does on the way.
    private mutating func formula() {
        let width = next(1) == UInt8(ascii: "$") ? 2 : 1
        var index = at + width
        let limit = min(source.count, at + 2000)
        while index < limit, source[index] != UInt8(ascii: "$") { index += source[index] == UInt8(ascii: "\\") ? 2 : 1 }
        copy(index < limit ? index + width - at : width)
    }

    /// `` `code` `` without its marks; TeX's quotes (``` ``quoted'' ```) stay.
    private mutating func code() {
        var width = 0
        while next(width) == UInt8(ascii: "`") { width += 1 }
        let start = at + width
        var index = start
        let limit = min(source.count, start + 400)
        while index < limit, source[index] != UInt8(ascii: "`") {
            if source[index] == UInt8(ascii: "'"), index + 1 < limit, source[index + 1] == UInt8(ascii: "'") { break }
            index += 1
        }
        guard index < limit, source[index] == UInt8(ascii: "`"), index > start else { return copy(width) }
        output.append(contentsOf: source[start..<index])
        at = index
        while width > 0, next(0) == UInt8(ascii: "`") {
            at += 1
            width -= 1
        }
    }

    /// CommonMark's rule of what may begin and end an emphasis, but for one sign between two letters or digits, which may
    /// be a product.
    private mutating func emphasis(_ sign: UInt8) {
        var count = 0
        while next(count) == sign { count += 1 }
        let before = at > 0 ? source[at - 1] : UInt8(0x20)
        let after = next(count)
        let isTilde = sign == UInt8(ascii: "~")
        guard count <= 3, !isTilde || count == 2 else { return copy(count) }
        let opens = !isBlank(after) && (!isPunctuation(after) || isBlank(before) || isPunctuation(before))
        let closes = !isBlank(before) && (!isPunctuation(before) || isBlank(after) || isPunctuation(after))
        let isInWord = opens && closes && !isPunctuation(before) && !isPunctuation(after)
        let start = output.count
        copy(count)
        guard !isInWord || (count > 1 && sign != UInt8(ascii: "_")) else { return }
        var places = Array(start..<start + count)
        if closes {
            while !places.isEmpty, let index = openers.lastIndex(where: { $0.sign == sign }) {
                openers.removeSubrange((index + 1)...)
                while !places.isEmpty, let place = openers[index].places.popLast() {
                    removed.insert(place)
                    removed.insert(places.removeFirst())
                }
                if openers[index].places.isEmpty { openers.remove(at: index) }
            }
        }
        if opens, !places.isEmpty {
            openers.append(Run(sign: sign, places: places))
            // What has been open for so long is never closed.
            if openers.count > 32 { openers.removeFirst() }
        }
    }

    /// `[words](https://…)` → words
    private mutating func link(from bracket: Int) {
        let limit = min(source.count, bracket + 400)
        guard let close = source[bracket..<limit].firstIndex(of: UInt8(ascii: "]")), close + 1 < source.count,
            source[close + 1] == UInt8(ascii: "("),
            let end = source[close..<min(source.count, close + 600)].firstIndex(of: UInt8(ascii: ")")),
            Self.isAddress(source[(close + 2)..<end])
        else { return copy(1) }
        let words = Markdown.text(Array(source[(bracket + 1)..<close]))
        output.append(contentsOf: words.isEmpty ? Array(source[(close + 2)..<end]) : words)
        at = end + 1
    }

    private static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
        ["http://", "https://", "mailto:", "www.", "#", "/"].contains { text.starts(with: $0.utf8) }
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

    private func isPunctuation(_ byte: UInt8) -> Bool { ByteSetOf.punctuation.contains(byte) }
}
