/// The phrases of a filter set as a tree of words, so that one walk from each place of a text meets all of them.
struct PhraseTrie: Sendable {
    typealias Node = UInt32

    /// The first node of a phrase by its first word, which every place of every text asks for.
    private var starts: [Node] = []
    private var children = IntegerMap()
    /// The test of the phrase that ends at each node and is looked for anywhere.
    private var anywhere: [TestID] = []
    /// Those that are looked for in one scope, by node and scope.
    private var scoped = IntegerMap()

    private static let none = UInt32.max

    var isEmpty: Bool { anywhere.isEmpty }
    /// How many nodes there are; they are numbered from 0.
    var count: Int { anywhere.count }

    @inline(__always)
    func start(_ word: UInt32) -> Node? {
        guard Int(word) < starts.count, starts[Int(word)] != Self.none else { return nil }
        return starts[Int(word)]
    }

    @inline(__always)
    func child(_ word: UInt32, of node: Node) -> Node? { children[Self.edge(node, word)] }

    /// The test of the phrase of this scope that ends at a node.
    @inline(__always)
    func test(_ scope: TextScope, at node: Node) -> TestID? {
        guard scope == .anywhere else { return scoped[Self.edge(node, UInt32(scope.rawValue))] }
        return anywhere[Int(node)] == Self.none ? nil : anywhere[Int(node)]
    }

    /// The test of a phrase; `next` if it is new, which then counts on.
    mutating func number(of phrase: [UInt32], _ scope: TextScope, next count: inout Int) -> TestID {
        var node: Node?
        for word in phrase { node = node.map { makeChild(word, of: $0) } ?? makeStart(word) }
        guard let node else { return Self.none }
        if let known = test(scope, at: node) { return known }
        let test = TestID(count)
        count += 1
        if scope == .anywhere {
            anywhere[Int(node)] = test
        } else {
            _ = scoped.value(of: Self.edge(node, UInt32(scope.rawValue)), orStore: test)
        }
        return test
    }

    private mutating func makeStart(_ word: UInt32) -> Node {
        if let known = start(word) { return known }
        while starts.count <= Int(word) { starts.append(Self.none) }
        starts[Int(word)] = makeNode()
        return starts[Int(word)]
    }

    private mutating func makeChild(_ word: UInt32, of node: Node) -> Node {
        let child = children.value(of: Self.edge(node, word), orStore: Node(anywhere.count))
        return child.isNew ? makeNode() : child.value
    }

    private mutating func makeNode() -> Node {
        anywhere.append(Self.none)
        return Node(anywhere.count - 1)
    }

    private static func edge(_ node: Node, _ word: UInt32) -> UInt64 { UInt64(node) << 32 | UInt64(word) }
}
