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
        for phrase in phrases {
            for start in places.indices {
                guard let length = Self.length(of: phrase, in: pieces, places[start...]) else { continue }
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
    private static func length(of phrase: Phrase, in pieces: [Piece], _ places: ArraySlice<Int>) -> Int? {
        // A compound may be two words of the text where it is one of the filter.
        for count in 1...max(1, min(places.count, phrase.words.count * 2)) {
            let words = places.prefix(count).compactMap { pieces[$0].word }
            if words.map(\.exact).joined() == phrase.words.joined() { return count }
            if phrase.isFound(in: words) { return phrase.isFound(in: Array(words.dropFirst())) ? nil : count }
        }
        return nil
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
    fileprivate var wanted: [Condition] {
        switch self {
        case .test(let test): [test.condition]
        case .not: []
        case .and(let members), .or(let members): members.flatMap(\.wanted)
        }
    }
}
