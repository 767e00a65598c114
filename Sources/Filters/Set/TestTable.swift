import Core
import Papers

/// The number of a test in its table.
typealias TestID = UInt32

/// Every different test that some filter of a set mentions, each with a number and findable from the papers' side.
///
/// The papers' words are looked up in here, not these tests in the papers: the work grows with the papers' words and
/// hardly with the number of filters.
struct TestTable: Sendable {
    private(set) var count = 0
    private(set) var words = FilterWords()
    /// By the number of the word.
    private(set) var wordTests: [ScopedTests] = []
    private(set) var prefixTests: [String: ScopedTests] = [:]
    private(set) var prefixFilter = WordBloomFilter()
    private(set) var trie = PhraseTrie()
    private var authorTests: [NamePattern: TestID] = [:]
    /// Patterns by the keys under which a matching name is found.
    private(set) var authors: [String: [(pattern: NamePattern, test: TestID)]] = [:]
    private(set) var authorPrefixes: [(pattern: NamePattern, test: TestID)] = []
    private(set) var categories: [CategoryPattern: TestID] = [:]
    private(set) var ids: [PaperID: TestID] = [:]
    /// Facts beside ``ids``: few, because there are few different ones.
    private(set) var facts: [FactCondition: TestID] = [:]

    /// The number of a test, which is new if no filter mentioned it yet.
    mutating func number(of condition: Condition) -> TestID {
        switch condition {
        case .text(let text): number(of: text)
        case .author(let pattern): number(of: pattern)
        case .category(let pattern): Self.number(&count, in: &categories, for: pattern)
        case .fact(.id(let id)): Self.number(&count, in: &ids, for: id)
        case .fact(let fact): Self.number(&count, in: &facts, for: fact)
        }
    }

    private mutating func number(of text: TextCondition) -> TestID {
        if text.style == .prefix {
            prefixFilter.insert(FNV1a.hash(text.words.utf8))
            return prefixTests[text.words, default: ScopedTests()].number(text.scope, next: &count)
        }
        if text.isSingleWord {
            return wordTests[Int(word(text.words, text.style))].number(text.scope, next: &count)
        }
        let phrase = Words.separated(text.words).map { word($0, text.style) }
        return trie.number(of: phrase, text.scope, next: &count)
    }

    private mutating func word(_ spelling: String, _ style: TextCondition.Style) -> UInt32 {
        let number = words.number(of: spelling, style)
        if Int(number) == wordTests.count { wordTests.append(ScopedTests()) }
        return number
    }

    private mutating func number(of pattern: NamePattern) -> TestID {
        if let known = authorTests[pattern] { return known }
        let test = Self.number(&count, in: &authorTests, for: pattern)
        if pattern.isPrefix {
            authorPrefixes.append((pattern, test))
        } else {
            for key in pattern.indexKeys { authors[key, default: []].append((pattern, test)) }
        }
        return test
    }

    private static func number<Key>(_ count: inout Int, in tests: inout [Key: TestID], for key: Key) -> TestID {
        if let known = tests[key] { return known }
        let test = TestID(count)
        tests[key] = test
        count += 1
        return test
    }
}

/// The tests that ask the same of different scopes.
struct ScopedTests: Sendable {
    private var tests = SIMD8<UInt32>(repeating: .max)

    @inline(__always)
    subscript(scope: TextScope) -> TestID? {
        let test = tests[Int(scope.rawValue)]
        return test == .max ? nil : test
    }

    mutating func number(_ scope: TextScope, next count: inout Int) -> TestID {
        if let known = self[scope] { return known }
        let test = TestID(count)
        tests[Int(scope.rawValue)] = test
        count += 1
        return test
    }
}
