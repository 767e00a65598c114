/// Why a text is no filter: what is wrong, where, and how to mend it.
public struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The filter as it was typed.
    public let text: String
    /// Where it goes wrong, in characters from the start; the length of the text if it ends too early.
    public let offset: Int
    /// How many characters are at fault, at least 1.
    public let length: Int
    /// What is wrong there, for those who say it in another language.
    public let fault: FilterFault
    /// What ``fault`` is about, in the order of its text: what was typed, then what was meant.
    public let values: [String]
    /// What is wrong there, without a full stop: `“lable” is no field`.
    public let problem: String
    /// What to write instead: `did you mean “title:”?`
    public let mend: String

    init(
        text: String, offset: Int, length: Int = 1, fault: FilterFault, values: [String] = [], problem: String,
        mend: String
    ) {
        self.fault = fault
        self.values = values
        self.text = text
        self.offset = offset
        self.length = max(1, length)
        self.problem = problem
        self.mend = mend
    }

    /// One sentence: what, where (counted from 1, as people do), how to mend it.
    public var description: String { "\(problem), at character \(offset + 1): \(mend)" }
    public var message: String { description }

    /// The description over the line it means, with carets under the place:
    ///
    ///     “lable” is no field, at character 1: did you mean “title:”?
    ///       lable:diffusion
    ///       ^^^^^
    public var report: String {
        let window = excerpt
        let carets = String(repeating: " ", count: window.caret) + String(repeating: "^", count: window.length)
        return "\(description)\n  \(window.line)\n  \(carets)"
    }

    /// The place with up to 60 characters before it and as many after, on one line.
    private var excerpt: (line: String, caret: Int, length: Int) {
        let reach = 60
        let characters = text.prefix(offset + reach).map { $0.isNewline || $0 == "\t" ? " " : $0 }
        let start = max(0, offset - reach)
        let shown = characters.dropFirst(start)
        let line = (start > 0 ? "…" : "") + String(shown) + (text.count > characters.count ? "…" : "")
        let caret = shown.prefix(offset - start).reduce(start > 0 ? 1 : 0) { $0 + $1.columns }
        let marked = shown.dropFirst(offset - start).prefix(length).reduce(0) { $0 + $1.columns }
        return (line, caret, max(1, marked))
    }
}

extension Character {
    /// Columns on a terminal: Han, kana, Hangul and full-width forms take two.
    fileprivate var columns: Int {
        guard let scalar = unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
