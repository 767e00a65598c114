import Papers

/// A stretch of a text, and whether a filter found it.
public struct MarkedText: Hashable, Sendable {
    public var text: String
    public var isHit: Bool

    public init(text: String, isHit: Bool) {
        self.text = text
        self.isHit = isHit
    }
}

extension Filter {
    /// A paper's title in stretches, with what the filter looks for marked.
    public func marked(titleOf paper: Paper) -> [MarkedText] {
        Marker(self, in: [.anywhere, .title]).mark(paper.title)
    }

    /// A paper's abstract in stretches, with what the filter looks for marked.
    public func marked(abstractOf paper: Paper) -> [MarkedText] {
        Marker(self, in: [.anywhere, .abstract]).mark(paper.abstract)
    }
}

/// Marks the words of a filter in a text. What stands under a negation is not marked.
private struct Marker {
    private let phrases: [Phrase]

    init(_ filter: Filter, in scopes: Set<TextScope>) {
        phrases = filter.expression.wanted.compactMap { condition in
            guard case .text(let text) = condition, scopes.contains(text.scope) else { return nil }
            return Phrase(text)
        }
    }

    func mark(_ text: String) -> [MarkedText] {
        let pieces = Self.pieces(of: text)
        var isHit = pieces.map { _ in false }
        let places = pieces.indices.filter { pieces[$0].word != nil }
        let words = pieces.compactMap(\.word)
        for phrase in phrases {
            let joined = Array(phrase.words.joined().utf8)
            for start in places.indices {
                guard let length = Self.length(of: phrase, joined, words[start...]) else { continue }
                for place in places[start]...places[start + length - 1] { isHit[place] = true }
            }
        }
        return zip(pieces, isHit).reduce(into: []) { result, next in
            if result.last?.isHit == next.1 {
                result[result.count - 1].text += next.0.text
            } else {
                result.append(MarkedText(text: next.0.text, isHit: next.1))
            }
        }
    }

    /// A piece of the text: a word in itself, or what stands between words.
    private struct Piece {
        var text: String
        let kind: Unicode.Scalar.WordClass
        var word: TextWord?
    }

    /// How many words from here on are the phrase; nil where it does not begin here.
    ///
    /// - Parameter joined: the phrase's words run together.
    private static func length(of phrase: Phrase, _ joined: [UInt8], _ words: ArraySlice<TextWord>) -> Int? {
        // A compound may be two words of the text where it is one of the filter.
        let most = phrase.words.count * 2
        let met = phrase.length(atStartOf: words, most: most)
        var rest = joined[...]
        for (count, word) in words.prefix(met ?? most).enumerated() {
            guard rest.starts(with: word.exact.utf8) else { break }
            rest = rest.dropFirst(word.exact.utf8.count)
            if rest.isEmpty { return count + 1 }
        }
        return met
    }

    private static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        for character in text {
            let kind = Folding.fold(String(character)).unicodeScalars.first?.wordClass ?? .other
            if let last = pieces.last, last.kind == kind, kind != .sign {
                pieces[pieces.count - 1].text.append(character)
            } else {
                pieces.append(Piece(text: String(character), kind: kind))
            }
        }
        return pieces.map { piece in
            Piece(
                text: piece.text, kind: piece.kind,
                word: piece.kind == .other ? nil : TextWord.read(piece.text).first)
        }
    }
}

extension Expression {
    /// What the expression looks for, without what it does not want.
    var wanted: [Condition] {
        switch self {
        case .test(let test): [test.condition]
        case .not: []
        case .and(let members), .or(let members): members.flatMap(\.wanted)
        }
    }
}
