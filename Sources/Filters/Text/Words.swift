/// One word of a folded text.
struct Word: Hashable, Sendable {
    var text: String
    /// Only a hyphen, dot, apostrophe or underscore stands between this word and the next: `self-supervised`.
    var hangsOnNext = false
}

/// Cuts text into words.
///
/// Letters, digits and marks make words; everything else ends them. Scripts written without blanks (Chinese, Japanese,
/// Thai, …) and Korean, whose particles hang on the word, give one word a sign, so that a run of signs in a filter is
/// found anywhere inside a longer run.
enum Words {
    /// Longer words are cut here; nothing that long is a word, and it bounds the work on hostile text.
    static let longest = 64

    /// - Parameter text: as it came; it is folded here.
    static func split(_ text: String) -> [Word] {
        let scalars = Array(Folding.fold(text).unicodeScalars)
        var words: [Word] = []
        var index = 0
        while index < scalars.count {
            switch scalars[index].wordClass {
            case .sign:
                words.append(Word(text: String(scalars[index])))
                index += 1
            case .letter:
                words.append(word(in: scalars, from: &index))
            case .other:
                index += 1
            }
        }
        return words
    }

    /// The words of a text, joined by blanks: the form in which a parsed filter keeps them.
    static func normalised(_ text: String) -> String { split(text).map(\.text).joined(separator: " ") }

    /// The words of a text that was made by joining them with blanks.
    ///
    /// Not `split(separator: " ")`: a blank and a mark that begins the next word are one `Character`.
    static func separated(_ joined: String) -> [String] {
        joined.utf8.split(separator: UInt8(ascii: " ")).compactMap { String($0) }
    }

    private static func word(in scalars: [Unicode.Scalar], from index: inout Int) -> Word {
        let start = index
        while index < scalars.count, scalars[index].wordClass == .letter { index += 1 }
        var word = Word(text: String(scalars[start..<min(index, start + longest)]))
        if index - start == 1, let suffix = languageSuffix(in: scalars, at: index) {
            word.text += suffix
            index += suffix.utf8.count
        }
        guard index + 1 < scalars.count, scalars[index].isConnector, scalars[index + 1].wordClass == .letter
        else { return word }
        if isPossessive(scalars, at: index) {
            index += 2
        } else {
            word.hangsOnNext = true
            index += 1
        }
        return word
    }

    /// `C++`, `C#`, `F#`: without their signs they would be single letters.
    private static func languageSuffix(in scalars: [Unicode.Scalar], at index: Int) -> String? {
        guard index < scalars.count, scalars[index - 1].isASCII else { return nil }
        if scalars[index] == "#" { return "#" }
        return scalars[index...].prefix(2).elementsEqual(["+", "+"]) ? "++" : nil
    }

    /// `'s` at the end of a word.
    private static func isPossessive(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        scalars[index].isApostrophe && scalars[index + 1] == "s"
            && (index + 2 == scalars.count || scalars[index + 2].wordClass == .other)
    }
}

extension String {
    /// Many times as fast as appending to a view, and every word of every text comes through here.
    fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
        guard scalars.allSatisfy(\.isASCII) else {
            var view = UnicodeScalarView()
            view.append(contentsOf: scalars)
            self.init(view)
            return
        }
        self.init(unsafeUninitializedCapacity: scalars.count) { buffer in
            for (place, scalar) in scalars.enumerated() { buffer[place] = UInt8(truncatingIfNeeded: scalar.value) }
            return scalars.count
        }
    }
}

extension Unicode.Scalar {
    enum WordClass { case letter, sign, other }

    var wordClass: WordClass {
        switch value {
        case 0x61...0x7A, 0x30...0x39, 0x41...0x5A: return .letter
        case 0...0x7F: return .other
        default:
            guard isWordForming else { return .other }
            return isWrittenWithoutBlanks ? .sign : .letter
        }
    }

    private var isWordForming: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// Thai, Lao, Burmese, Khmer, Han, kana, bopomofo and Hangul.
    var isWrittenWithoutBlanks: Bool {
        switch value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF, 0x3005...0x3007, 0x3040...0x318F,
            0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0x20000...0x323AF:
            true
        default: false
        }
    }

    var isApostrophe: Bool { self == "'" || self == "\u{2019}" || self == "\u{02BC}" }

    /// What may stand inside a compound: hyphens and dashes, the minus sign, dot, underscore, apostrophe.
    var isConnector: Bool {
        switch value {
        case 0x2D, 0x2E, 0x5F, 0x2010...0x2015, 0x2212: true
        default: isApostrophe
        }
    }
}
