/// The phrases of a filter set as a tree of words, so that one walk from each place of a text meets all of them.
struct PhraseTrie: Sendable {
    typealias Node = UInt32
    static let root: Node = 0

    private var children: [UInt64: Node] = [:]
    /// The node above and the word that leads from it here.
    private var origins: [(parent: Node, word: UInt32)] = [(0, 0)]
    /// The scopes for which a phrase ends here, a bit each.
    private var scopes: [UInt8] = [0]

    var isEmpty: Bool { children.isEmpty }

    func child(_ word: UInt32, of node: Node) -> Node? { children[Self.edge(node, word)] }

    mutating func insert(_ words: some Sequence<UInt32>, scope: TextScope) -> Node {
        var node = Self.root
        for word in words { node = makeChild(word, of: node) }
        scopes[Int(node)] |= 1 << scope.rawValue
        return node
    }

    func ends(_ scope: TextScope, at node: Node) -> Bool { scopes[Int(node)] & 1 << scope.rawValue != 0 }

    /// The words that lead to a node.
    func words(to node: Node) -> [UInt32] {
        var words: [UInt32] = []
        var node = node
        while node != Self.root {
            words.append(origins[Int(node)].word)
            node = origins[Int(node)].parent
        }
        return words.reversed()
    }

    private mutating func makeChild(_ word: UInt32, of node: Node) -> Node {
        let next = Node(origins.count)
        let found = children[Self.edge(node, word), default: next]
        guard found == next else { return found }
        children[Self.edge(node, word)] = next
        origins.append((node, word))
        scopes.append(0)
        return next
    }

    private static func edge(_ node: Node, _ word: UInt32) -> UInt64 { UInt64(node) << 32 | UInt64(word) }
}
