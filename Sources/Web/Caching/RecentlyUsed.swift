/// Values by key, in the order in which they were used last. All it does takes the same time however many it holds.
struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Node: Sendable {
        let key: Key
        var value: Value
        /// Used after it and before it.
        var newer: Int?
        var older: Int?
    }

    /// A place that nothing takes is nil.
    private var nodes: [Node?] = []
    private var free: [Int] = []
    private var places: [Key: Int] = [:]
    private var newest: Int?
    private var oldest: Int?

    var count: Int { places.count }

    /// A value, without using it.
    func peek(_ key: Key) -> Value? { places[key].flatMap { nodes[$0]?.value } }

    /// A value, which becomes the newest.
    mutating func use(_ key: Key) -> Value? {
        guard let place = places[key], let node = nodes[place] else { return nil }
        unlink(place, node)
        link(place)
        return node.value
    }

    /// Puts a value in, which becomes the newest.
    ///
    /// - Returns: the one of this key before.
    @discardableResult
    mutating func insert(_ value: Value, for key: Key) -> Value? {
        if let place = places[key] {
            let old = use(key)
            nodes[place]?.value = value
            return old
        }
        let node = Node(key: key, value: value)
        let place: Int
        if let known = free.popLast() {
            place = known
            nodes[place] = node
        } else {
            place = nodes.count
            nodes.append(node)
        }
        places[key] = place
        link(place)
        return nil
    }

    /// Takes out the one that was not used for longest; nil where there is none.
    mutating func removeOldest() -> Value? {
        guard let place = oldest, let node = nodes[place] else { return nil }
        unlink(place, node)
        nodes[place] = nil
        free.append(place)
        places[node.key] = nil
        return node.value
    }

    private mutating func link(_ place: Int) {
        nodes[place]?.older = newest
        nodes[place]?.newer = nil
        if let newest { nodes[newest]?.newer = place }
        newest = place
        if oldest == nil { oldest = place }
    }

    private mutating func unlink(_ place: Int, _ node: Node) {
        if let newer = node.newer { nodes[newer]?.older = node.older } else { newest = node.older }
        if let older = node.older { nodes[older]?.newer = node.newer } else { oldest = node.newer }
    }
}
