import Papers

/// The number of a test in its table.
typealias TestID = UInt32

/// Every different test that some filter of a set mentions, each with a number and findable from the papers' side.
///
/// The papers' words are looked up in here, not these tests in the papers: the work grows with the papers' words and
/// hardly with the number of filters.
struct TestTable: Sendable {
    private(set) var count = 0
    /// Filter words by their spelling, to spare their inflection.
    private var spelled: [String: UInt32] = [:]
    /// Filter words by the form that papers' words are compared with; exact ones begin with `=`.
    private var words: [String: UInt32] = [:]
    private(set) var wordTests: [ScopedTests] = []
    private(set) var prefixTests: [String: ScopedTests] = [:]
    /// The lengths of prefixes in bytes, a bit each, so that only those are cut from the papers' words.
    private(set) var prefixLengths: [Bool] = Array(repeating: false, count: 1 + 4 * 2 * Words.longest)
    private(set) var trie = PhraseTrie()
    private(set) var phraseTests: [UInt64: TestID] = [:]
    private var authorTests: [NamePattern: TestID] = [:]
    /// Patterns by the words under which a matching name is found.
    private(set) var authors: [String: [(pattern: NamePattern, test: TestID)]] = [:]
    private(set) var authorPrefixes: [(pattern: NamePattern, test: TestID)] = []
    private(set) var categories: [CategoryPattern: TestID] = [:]
    private(set) var ids: [PaperID: TestID] = [:]
    /// Facts beside ``ids``: few, because there are few different ones.
    private(set) var facts: [FactCondition: TestID] = [:]

    // MARK: - From the filters' side

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
            prefixLengths[text.words.utf8.count] = true
            return prefixTests[text.words, default: ScopedTests()].number(text.scope, next: &count)
        }
        if text.isSingleWord {
            return wordTests[Int(word(text.words, text.style))].number(text.scope, next: &count)
        }
        let words = Words.separated(text.words).map { word($0, text.style) }
        let node = trie.insert(words, scope: text.scope)
        return Self.number(&count, in: &phraseTests, for: Self.phraseKey(node, text.scope))
    }

    private mutating func word(_ spelling: String, _ style: TextCondition.Style) -> UInt32 {
        if style == .exact { return makeWord("=" + spelling) }
        if let known = spelled[spelling] { return known }
        let word = makeWord(Inflection.key(of: spelling))
        spelled[spelling] = word
        return word
    }

    private mutating func makeWord(_ form: String) -> UInt32 {
        if let known = words[form] { return known }
        let word = UInt32(wordTests.count)
        words[form] = word
        wordTests.append(ScopedTests())
        return word
    }

    private mutating func number(of pattern: NamePattern) -> TestID {
        if let known = authorTests[pattern] { return known }
        let test = Self.number(&count, in: &authorTests, for: pattern)
        if pattern.isPrefix {
            authorPrefixes.append((pattern, test))
        } else {
            for key in Set(pattern.indexKeys) { authors[key, default: []].append((pattern, test)) }
        }
        return test
    }

    private static func number<Key>(_ count: inout Int, in tests: inout [Key: TestID], for key: Key) -> TestID {
        let next = TestID(count)
        let test = tests[key, default: next]
        if test == next {
            tests[key] = next
            count += 1
        }
        return test
    }

    // MARK: - From the papers' side

    func word(inflected form: some StringProtocol) -> UInt32? { words[String(form)] }
    func word(exact form: some StringProtocol) -> UInt32? { words["=" + form] }

    func phraseTest(at node: PhraseTrie.Node, _ scope: TextScope) -> TestID? {
        trie.ends(scope, at: node) ? phraseTests[Self.phraseKey(node, scope)] : nil
    }

    private static func phraseKey(_ node: PhraseTrie.Node, _ scope: TextScope) -> UInt64 {
        UInt64(node) << 8 | UInt64(scope.rawValue)
    }
}

/// The tests that ask the same of different scopes.
struct ScopedTests: Sendable {
    private var tests = SIMD8<UInt32>(repeating: .max)

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
