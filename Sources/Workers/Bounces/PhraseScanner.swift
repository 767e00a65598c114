/// Finds many phrases in one pass over a text (Aho and Corasick, 1975): the time grows with the text, whatever it holds.
///
/// A phrase stands between the ends of words; one that ends in `*` may go on. Points and the like within an address or a
/// host's name end no word, so that `spam` is not found in `mx.spam.example.net`.
struct PhraseScanner: Sendable {
    /// 0 for bytes that no phrase has.
    private var classes = [UInt8](repeating: 0, count: 256)
    private let width: Int
    /// The state after a state and a byte's class.
    private var next: [UInt16]
    /// The phrases that end in a state, by their places.
    private var endings: [[UInt16]]
    /// The next shorter ending that also holds in a state; 0 for none.
    private var shorter: [UInt16]
    private let lengths: [Int]
    private let isOpen: [Bool]

    /// - Parameter phrases: folded as ``FoldedText`` folds, at most some thousand.
    init(_ phrases: [String]) {
        let bytes = phrases.map { phrase in Array(phrase.utf8) }
        isOpen = bytes.map { $0.last == UInt8(ascii: "*") }
        let words = zip(bytes, isOpen).map { $1 ? Array($0.dropLast()) : $0 }
        lengths = words.map(\.count)
        var count: UInt8 = 0
        for byte in words.joined() where classes[Int(byte)] == 0 {
            count += 1
            classes[Int(byte)] = count
        }
        width = Int(count) + 1
        next = Array(repeating: 0, count: width)
        endings = [[]]
        for (place, word) in words.enumerated() {
            var state = 0
            for byte in word {
                let slot = state * width + Int(classes[Int(byte)])
                if next[slot] == 0 {
                    next[slot] = UInt16(endings.count)
                    endings.append([])
                    next.append(contentsOf: repeatElement(0, count: width))
                }
                state = Int(next[slot])
            }
            endings[state].append(UInt16(place))
        }
        shorter = Array(repeating: 0, count: endings.count)
        link()
    }

    /// Lets each state fall back to the longest other beginning of a phrase that ends there.
    private mutating func link() {
        var fallback = [UInt16](repeating: 0, count: endings.count)
        var queue = next[0..<width].filter { $0 != 0 }
        var position = 0
        while position < queue.count {
            let state = Int(queue[position])
            position += 1
            let back = Int(fallback[state])
            shorter[state] = endings[back].isEmpty ? shorter[back] : UInt16(back)
            for kind in 0..<width {
                let slot = state * width + kind
                let known = next[back * width + kind]
                if next[slot] == 0 {
                    next[slot] = known
                } else {
                    fallback[Int(next[slot])] = known
                    queue.append(next[slot])
                }
            }
        }
    }

    /// The bytes of a phrase.
    func length(of phrase: Int) -> Int { lengths[phrase] }

    /// Where each phrase begins first, by the phrases' places.
    func found(in text: [UInt8]) -> [Int: Int] {
        var found: [Int: Int] = [:]
        var state = 0
        for (position, byte) in text.enumerated() {
            state = Int(next[state * width + Int(classes[Int(byte)])])
            var ending = endings[state].isEmpty ? Int(shorter[state]) : state
            while ending != 0 {
                for phrase in endings[ending].lazy.map(Int.init) where found[phrase] == nil {
                    let start = position + 1 - lengths[phrase]
                    if Self.begins(text, start), isOpen[phrase] || Self.ends(text, position + 1) {
                        found[phrase] = start
                    }
                }
                ending = Int(shorter[ending])
            }
        }
        return found
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

    /// Letters of scripts beside Latin stand for words of their own: Han and kana have no blanks between them.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    private static func joins(_ byte: UInt8) -> Bool {
        [UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/")].contains(byte)
    }
}
