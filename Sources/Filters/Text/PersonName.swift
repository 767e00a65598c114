/// A person's name in words, given names first whatever form it came in: `Yann LeCun`, `LeCun, Yann`, `LeCun Y.`
struct PersonName: Hashable, Sendable {
    /// Folded; the family name is the last word, or with a name typed the other way round the first.
    let words: [String]

    init(_ text: String) {
        let parts = text.split(separator: ",", maxSplits: 2).map(Self.words(in:)).filter { !Self.isSuffix($0) }
        var words = parts.count >= 2 ? parts[1] + parts[0] : parts.first ?? []
        // "LeCun Y": a word and then nothing but initials can only be the family name first.
        if let first = words.first, first.count > 1, words.count > 1, words.dropFirst().allSatisfy({ $0.count == 1 }) {
            words.append(words.removeFirst())
        }
        self.words = words
    }

    private static func words(in part: Substring) -> [String] {
        part.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).flatMap { piece in
            // Apostrophes belong to the name: O'Brien is one word.
            var text = String.UnicodeScalarView()
            text.append(contentsOf: piece.filter { !$0.isApostrophe })
            let words = Words.split(String(text)).map(\.text)
            // A Chinese or Korean name is not taken apart into its signs.
            let isAllSigns = words.allSatisfy { $0.unicodeScalars.first?.isWrittenWithoutBlanks ?? false }
            return isAllSigns && !words.isEmpty ? [words.joined()] : words
        }
    }

    private static func isSuffix(_ words: [String]) -> Bool {
        words.count <= 1 && ["", "jr", "sr", "ii", "iii", "iv", "phd", "md"].contains(words.first ?? "")
    }
}

/// What `author:` looks for: a name or a part of one.
///
/// One word finds any part of a name. Several are a family name with given names, where an initial stands for every
/// given name that begins with it and a middle name may be missing on either side.
struct NamePattern: Hashable, Sendable {
    let words: [String]
    /// `author:lecu*`
    let isPrefix: Bool

    init(_ text: String, isPrefix: Bool = false) {
        words = PersonName(text).words
        self.isPrefix = isPrefix
    }

    func matches(_ name: PersonName) -> Bool {
        if words == name.words && !isPrefix { return true }
        guard let family = words.last else { return false }
        if isPrefix { return name.words.contains { $0.utf8.starts(with: family.utf8) } }
        if words.count == 1 { return Self.wordsAndPairs(of: name.words).contains(family) }
        if words.count == 2, name.words.count == 2 { return matches(given: name.words[0], family: name.words[1]) }
        return Self.readings(of: words, familyFirst: false).contains { pattern in
            Self.readings(of: name.words, familyFirst: true).contains { name in
                pattern.family == name.family && Self.agree(pattern.given[...], name.given[...])
            }
        }
    }

    /// The commonest case, two words against two, without making lists of them.
    private func matches(given: String, family: String) -> Bool {
        guard words[1].count > 1 else { return false }
        return words[1] == family && Self.agree(words[0], given) || words[1] == given && Self.agree(words[0], family)
    }

    /// Keys of which a matching name has at least one among its ``keys(of:)``; not for a prefix.
    var indexKeys: Set<String> {
        words.count == 1 ? Set(words) : Set(Self.readings(of: words, familyFirst: false).map(Self.key))
    }

    /// Every part of a name, and every family name with the first letter of the first given name, on which names that
    /// agree agree.
    static func keys(of name: PersonName) -> Set<String> {
        Set(wordsAndPairs(of: name.words)).union(readings(of: name.words, familyFirst: true).map(key))
    }

    private static func key(of reading: Reading) -> String {
        "\(reading.family) \(reading.given.first?.unicodeScalars.first.map(String.init) ?? "")"
    }

    /// Every word, and every two neighbours as one: `Le Cun` is also `lecun`.
    private static func wordsAndPairs(of words: [String]) -> [String] {
        words + zip(words, words.dropFirst()).map { $0 + $1 }
    }

    private typealias Reading = (family: String, given: [String])

    private static func readings(of words: [String], familyFirst: Bool) -> [Reading] {
        guard words.count > 1, let first = words.first, let last = words.last else { return [] }
        var readings: [Reading] = [(last, Array(words.dropLast()))]
        if words.count > 2 { readings.append((words[words.count - 2] + last, Array(words.dropLast(2)))) }
        if familyFirst { readings.append((first, Array(words.dropFirst()))) }
        return readings.filter { $0.family.count > 1 }
    }

    /// Given names agree if the shorter list is found in the longer one, in order, beginning at its first.
    private static func agree(_ left: ArraySlice<String>, _ right: ArraySlice<String>) -> Bool {
        if left.joined() == right.joined() { return true }
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard let first = short.first, let longFirst = long.first, agree(first, longFirst) else { return false }
        var rest = long.dropFirst()
        for name in short.dropFirst() {
            guard let place = rest.firstIndex(where: { agree(name, $0) }) else { return false }
            rest = rest[(place + 1)...]
        }
        return true
    }

    private static func agree(_ left: String, _ right: String) -> Bool {
        left == right || (left.count == 1 && right.hasPrefix(left)) || (right.count == 1 && left.hasPrefix(right))
    }
}
