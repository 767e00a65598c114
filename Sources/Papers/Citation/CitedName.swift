import Core

/// An author's name as reference managers sort it.
public struct CitedName: Hashable, Sendable {
    /// Empty where the name is not divided: that of a group, or one of a single word.
    public let given: String
    /// `van der`, `de la`: in lower case before the family name.
    public let particle: String
    /// The family name, or the whole where the name is not divided.
    public let family: String
    /// `Jr.`, `III`
    public let suffix: String

    /// Whether this is a name that is not to be divided.
    public var isWhole: Bool { given.isEmpty }

    /// Divides a name that has its given names first.
    ///
    /// The family name is the last word with the particles before it. What may be a group, or has its parts in an order that
    /// nobody knows (a comma in it), stays whole: a name divided wrongly is worse than one that is not divided.
    ///
    /// - Parameter name: in one line, its blanks single.
    public init(_ name: String) {
        var words = name.split(separator: " ").map(String.init)
        var suffix = ""
        if words.count > 2, let last = words.last, Self.suffixes.contains(last.lowercased().filter { $0 != "." }) {
            suffix = last
            words.removeLast()
        }
        // The comma of “Martin Luther King, Jr.”
        let comma = !suffix.isEmpty && (words.last?.hasSuffix(",") ?? false)
        guard words.count > 1, !comma, !Self.isGroup(words, name) else {
            (given, particle, family, self.suffix) = ("", "", name, "")
            return
        }
        var start = words.count - 1
        if !Self.isParticle(words[start]) {
            while start > 1, Self.isParticle(words[start - 1]) { start -= 1 }
        }
        given = words[..<start].joined(separator: " ")
        particle = words[start..<(words.count - 1)].joined(separator: " ")
        family = words[words.count - 1]
        self.suffix = suffix
    }

    /// The family name with its particles: `van der Berg`.
    public var fullFamily: String { particle.isEmpty ? family : "\(particle) \(family)" }

    /// `van der Berg, Jan`, `King, Martin Luther, Jr.`; a whole name as it is.
    public var familyFirst: String {
        isWhole ? family : [fullFamily, given, suffix].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// As it was: `Jan van der Berg`.
    public var givenFirst: String {
        [given, fullFamily, suffix].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static let suffixes: Set<String> = ["jr", "sr", "ii", "iii", "iv"]

    private static func isParticle(_ word: String) -> Bool { word.first?.isLowercase ?? false }

    private static func isGroup(_ words: [String], _ name: String) -> Bool {
        if name.contains(where: { $0 == "," || $0 == "(" || $0 == "/" || $0 == "&" || $0 == "@" || $0.isNumber }) {
            return true
        }
        if words.count > 6 || words.first == "The" { return true }
        return words.contains { smallWords.contains($0) || groups.contains($0.lowercased().filter { $0 != "." }) }
    }

    /// As they are written: Ai and On are names.
    private static let smallWords: Set<String> = ["and", "for", "of", "the", "on", "AI"]

    /// Words that no person's name has.
    private static let groups: Set<String> = [
        "team", "teams", "collaboration", "collaborations", "consortium", "group", "groups", "contributors",
        "contributor", "lab", "labs", "laboratory", "institute", "institut", "university", "université", "universität",
        "college", "department", "school", "academy", "center", "centre", "project", "initiative", "community",
        "committee", "network", "foundation", "association", "society", "alliance", "authors", "inc", "ltd", "llc",
        "gmbh", "research", "corporation", "company", "technologies", "investigators",
    ]
}
