import Core
import Papers

/// What filters may find in a paper, as a Bloom filter of fixed size (B. H. Bloom, 1970), so that a search over very many
/// papers reads only those that may match.
///
/// A paper of usual length fills about a fifth of the bits, so that one word lets about one in a hundred other papers pass.
public struct PaperBloomFilter: Sendable {
    /// Sixty-four bits each.
    public static let words = 48

    /// ``words`` of them.
    public let bits: [UInt64]

    public init(_ paper: Paper) {
        var keys = BloomKeys()
        keys.add(paper)
        var bits = Array(repeating: UInt64(0), count: Self.words)
        for key in keys.all {
            for place in Self.places(of: key) { bits[place >> 6] |= 1 << UInt64(place & 63) }
        }
        self.bits = bits
    }

    /// The bits of a key: three, from the halves of its hash (Kirsch and Mitzenmacher, 2006).
    static func places(of key: UInt64) -> [Int] {
        let (first, second) = (key & 0xFFFF_FFFF, key >> 32 | 1)
        return (0..<3).map { Int((first &+ $0 &* second) % UInt64(words * 64)) }
    }
}

/// Whatever of a paper a filter may ask for, each as one number.
private struct BloomKeys {
    private(set) var all: Set<UInt64> = []

    mutating func add(_ paper: Paper) {
        for text in [paper.title, paper.abstract, paper.organization ?? ""] + paper.keywords { add(text) }
        for author in paper.authors {
            for key in NamePattern.keys(of: PersonName(author.name)) { all.insert(BloomKey.author(key)) }
        }
        for category in paper.categories {
            let key = CategoryPattern.key(of: category)
            all.insert(BloomKey.category(key))
            if let archive = CategoryPattern.archive(of: key) { all.insert(BloomKey.category(archive)) }
        }
    }

    private mutating func add(_ text: String) {
        for word in TextWord.read(text) {
            add(word.exact, word.keys)
            if let fused = word.fused { add(fused.exact, fused.keys) }
        }
    }

    private mutating func add(_ exact: String, _ keys: [String]) {
        guard all.insert(BloomKey.word(exact)).inserted else { return }
        for key in keys { all.insert(BloomKey.word(key)) }
        if let beginning = BloomKey.beginning(exact) { all.insert(beginning) }
    }
}

/// The numbers of ``PaperBloomFilter``'s keys; words, beginnings, authors and categories are apart.
enum BloomKey {
    static func word(_ word: String) -> UInt64 { hash(0x77, word.utf8) }
    static func author(_ key: String) -> UInt64 { hash(0x61, key.utf8) }
    static func category(_ key: String) -> UInt64 { hash(0x63, key.utf8) }

    /// Of the first four bytes; nil for what is shorter.
    static func beginning(_ word: String) -> UInt64? {
        let bytes = word.utf8.prefix(4)
        return bytes.count == 4 ? hash(0x70, bytes) : nil
    }

    /// Mixed once more so that both halves may be used.
    private static func hash(_ kind: UInt8, _ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = FNV1a.hash(bytes, from: FNV1a.step(FNV1a.start, kind))
        hash = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return hash ^ (hash >> 32)
    }
}
