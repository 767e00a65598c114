/// Finds many phrases in one pass over a text: at each beginning of a word it compares those that begin with the same bytes,
/// so that the time grows with the text, whatever it holds. It is made in far less time than an automaton, which a command
/// that reads one mail needs for nothing else.
///
/// A phrase stands between the ends of words; one that ends in `*` may go on. Points and the like within an address or a
/// host's name end no word, so that `spam` is not found in `mx.spam.example.net`.
struct PhraseScanner: Sendable {
    private let words: [[UInt8]]
    private let isOpen: [Bool]
    /// The phrases' places by their first bytes.
    private let places: [UInt32: [Int]]

    /// The bytes by which phrases are told from each other first; shorter phrases are not found.
    private static let first = 3

    /// - Parameter phrases: folded as ``FoldedText`` folds.
    init(_ phrases: [String]) {
        isOpen = phrases.map { $0.utf8.last == UInt8(ascii: "*") }
        words = zip(phrases, isOpen).map { Array($1 ? $0.utf8.dropLast() : $0.utf8[...]) }
        var places: [UInt32: [Int]] = [:]
        for (place, word) in words.enumerated() where word.count >= Self.first {
            places[Self.key(word, 0), default: []].append(place)
        }
        self.places = places
    }

    /// The bytes of a phrase.
    func length(of phrase: Int) -> Int { words[phrase].count }

    /// Where each phrase begins first, by the phrases' places.
    func found(in text: [UInt8]) -> [Int: Int] {
        var found: [Int: Int] = [:]
        guard text.count >= Self.first else { return found }
        for position in 0...(text.count - Self.first) where Self.begins(text, position) {
            guard let candidates = places[Self.key(text, position)] else { continue }
            for phrase in candidates where found[phrase] == nil && holds(phrase, text, position) {
                found[phrase] = position
            }
        }
        return found
    }

    private static func key(_ bytes: [UInt8], _ start: Int) -> UInt32 {
        UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
    }

    private func holds(_ phrase: Int, _ text: [UInt8], _ start: Int) -> Bool {
        let word = words[phrase]
        guard text.count - start >= word.count else { return false }
        for offset in Self.first..<word.count where text[start + offset] != word[offset] { return false }
        return isOpen[phrase] || Self.ends(text, start + word.count)
    }

    private static func begins(_ text: [UInt8], _ start: Int) -> Bool {
        guard start > 0, isWord(text[start]) else { return true }
        if isWord(text[start - 1]) { return false }
        return !(joins(text[start - 1]) && start > 1 && isWord(text[start - 2]))
    }

    private static func ends(_ text: [UInt8], _ end: Int) -> Bool {
        guard end < text.count, isWord(text[end - 1]) else { return true }
        if isWord(text[end]) { return false }
        return !(joins(text[end]) && end + 1 < text.count && isWord(text[end + 1]))
    }

    /// Of other scripts than Latin each letter may begin or end a word: Han and kana have no blanks between them.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    private static func joins(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"): true
        default: false
        }
    }
}
