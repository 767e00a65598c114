import Site
import Store

/// Every filter that anybody reads by, compiled once and kept in step with the store: of a million filters only those that
/// changed since the last round are read and compiled.
actor SavedFilters {
    private let store: SavedFilterStore
    private var filters: ReaderFilters
    private var texts: [Int64: String] = [:]
    private var upTo: Int64 = 0

    /// Filters below this number are not compiled anew for the sake of those that left.
    private static let fewRemovals = 10_000

    init(_ database: Database, topics: Topics) {
        store = database.savedFilters
        filters = ReaderFilters(topics)
    }

    /// The filters as they are in the store now.
    func current() async throws -> ReaderFilters {
        while true {
            let start = upTo
            let changes = try await store.changes(after: start)
            // Somebody who asked at the same time may have taken them already.
            if upTo == start { take(changes) }
            if changes.isLast { return filters }
        }
    }

    private func take(_ changes: SavedFilterStore.Changes) {
        for number in changes.removed {
            if let text = texts.removeValue(forKey: number) { filters.remove(text) }
        }
        for filter in changes.added {
            texts[filter.number] = filter.text
            filters.add(filter.text)
        }
        upTo = changes.upTo
        // Tests that only removed filters made stay in the set; once they may be the half of it, it is made anew.
        if filters.removals > max(Self.fewRemovals, filters.count) {
            filters = ReaderFilters(filters.topics, texts: texts.values)
        }
    }
}
