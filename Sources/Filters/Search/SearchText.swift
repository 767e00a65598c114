import Papers

/// A paper as the index of the search holds it: words with one blank between two, as they are compared.
///
/// Whatever makes these texts is part of what a database holds: who changes it has all of them made anew, by a migration.
public struct SearchText: Hashable, Sendable {
    /// The words of the title, folded, as they are spelt.
    public let title: String
    /// The same of abstract and keywords.
    public let body: String
    /// The parts of authors' names, and what `author:` looks for.
    public let names: String
    /// What else a filter may ask for, each once: the stems of words, compounds in one word, the organization, categories.
    public let extra: String

    public init(
        title: String, abstract: String, keywords: [String], organization: String?, authors: [String],
        categories: [String]
    ) {
        var extra = ExtraWords()
        self.title = extra.words(of: title)
        body = ([abstract] + keywords).map { extra.words(of: $0) }.filter { !$0.isEmpty }.joined(separator: " ")
        for word in TextWord.read(organization ?? "") { extra.add(word) }
        for category in categories {
            let key = CategoryPattern.key(of: category)
            extra.add(SearchToken.category(key))
            if let archive = CategoryPattern.archive(of: key) { extra.add(SearchToken.category(archive)) }
        }
        self.extra = extra.all.joined(separator: " ")
        names = Self.words(of: authors)
    }

    /// What `author:` and words look for. Of the papers that thousands wrote, as many authors as an index of PostgreSQL takes.
    private static func words(of authors: [String]) -> String {
        var seen: Set<String> = []
        var words: [String] = []
        var bytes = 0
        for author in authors {
            guard bytes < mostNameBytes else { break }
            let name = PersonName(author)
            for word in name.words + NamePattern.keys(of: name).sorted().map(SearchToken.author) {
                let word = SearchToken.capped(word)
                guard !word.isEmpty, seen.insert(word).inserted else { continue }
                words.append(word)
                bytes += word.utf8.count + 1
            }
        }
        return words.joined(separator: " ")
    }

    /// A `tsvector` of PostgreSQL holds 1 MB of words.
    private static let mostNameBytes = 300_000

    /// As it was stored.
    public init(title: String, body: String, names: String, extra: String) {
        self.title = title
        self.body = body
        self.names = names
        self.extra = extra
    }

    public init(_ paper: Paper) {
        self.init(
            title: paper.title, abstract: paper.abstract, keywords: paper.keywords, organization: paper.organization,
            authors: paper.authors.map(\.name), categories: paper.categories)
    }
}

/// The words that stand beside the texts themselves.
private struct ExtraWords {
    private(set) var all: [String] = []
    private var seen: Set<String> = []
    /// Words of the texts whose stems are there.
    private var read: Set<String> = []

    mutating func words(of text: String) -> String {
        let words = Words.split(text)
        for (index, word) in words.enumerated() {
            if read.insert(word.text).inserted {
                let stem = WordStem.of(word.text)
                if stem != word.text { add(stem) }
            }
            guard word.hangsOnNext, index + 1 < words.count else { continue }
            add(withStem: word.text + words[index + 1].text)
        }
        return words.map { SearchToken.capped($0.text) }.joined(separator: " ")
    }

    /// A word that stands in none of the texts.
    mutating func add(_ word: TextWord) {
        add(withStem: word.exact)
        if let fused = word.fused?.exact { add(withStem: fused) }
    }

    private mutating func add(withStem word: String) {
        add(word)
        add(WordStem.of(word))
    }

    mutating func add(_ word: String) {
        let word = SearchToken.capped(word)
        if seen.insert(word).inserted { all.append(word) }
    }
}

/// Words as the index has them.
public enum SearchToken {
    /// A word as long as an index takes: a `tsvector` of PostgreSQL refuses more than 2,046 bytes, and with them the paper. Longer
    /// ones are none of a language, and are found by how they begin.
    public static func capped(_ word: String) -> String {
        guard word.utf8.count > mostBytes else { return word }
        var capped = String.UnicodeScalarView()
        var bytes = 0
        for scalar in word.unicodeScalars {
            bytes += UTF8.width(scalar)
            if bytes > mostBytes { break }
            capped.append(scalar)
        }
        return String(capped)
    }

    private static let mostBytes = 500

    // Words that are none of a text.

    static func author(_ key: String) -> String { plain(key) }
    static func category(_ key: String) -> String { "_" + plain(key) }

    /// What parts words in the index becomes an underscore; two keys may become the same, and more is found than was meant.
    private static func plain(_ key: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in key.unicodeScalars { result.append(scalar.wordClass == .other ? "_" : scalar) }
        return String(result)
    }
}
