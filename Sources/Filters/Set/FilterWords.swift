import Core

/// The words that the filters of a set mention, numbered, in the forms that papers' words are compared with.
struct FilterWords: Sendable {
    /// By spelling, to spare their inflection.
    private var spelled: [String: UInt32] = [:]
    private var inflected: [String: UInt32] = [:]
    private var exact: [String: UInt32] = [:]
    private(set) var count = 0
    /// Holds the inflected words, and the exact ones.
    private(set) var bloomFilter = WordBloomFilter()

    /// The number of a filter's word; the next number if it is new.
    mutating func number(of spelling: String, _ style: TextCondition.Style) -> UInt32 {
        if style == .exact { return number(of: spelling, in: \.exact) }
        if let known = spelled[spelling] { return known }
        let number = number(of: Inflection.key(of: spelling), in: \.inflected)
        spelled[spelling] = number
        return number
    }

    private mutating func number(of form: String, in words: WritableKeyPath<Self, [String: UInt32]>) -> UInt32 {
        if let known = self[keyPath: words][form] { return known }
        let number = UInt32(count)
        self[keyPath: words][form] = number
        bloomFilter.insert(FNV1a.hash(form.utf8))
        count += 1
        return number
    }

    func number(inflected form: String) -> UInt32? { inflected[form] }
    func number(exact form: String) -> UInt32? { exact[form] }
    var hasExact: Bool { !exact.isEmpty }
}
