import Filters
import Site
import Store

/// All topics and some readers' filters, compiled into one set. A value: a copy stays as it is while the original follows
/// the store.
struct ReaderFilters: Sendable {
    private(set) var set: FilterSet
    let topics: Topics
    /// The place of each topic in the set, in the order of the topics file.
    let topicIDs: [(slug: String, id: FilterID)]
    private let topicIDsBySlug: [String: FilterID]
    private var ids: [String: FilterID] = [:]
    /// Texts that an older program accepted and this one does not; they match nothing.
    private var unreadable: Set<String> = []
    /// Texts that need to know what feeds said, see `Filter.asksForSightings`.
    private var askingForSightings: Set<String> = []
    private let topicsAskForSightings: Bool

    /// How many filters were taken out again: what they alone asked for is still looked for.
    private(set) var removals = 0

    /// - Parameter texts: of readers' filters.
    init(_ topics: Topics, texts: some Sequence<String> = []) {
        self.topics = topics
        // All topics, not only those read: they are the fields in which papers are compared.
        var set = FilterSet()
        topicIDs = topics.all.map { ($0.slug, set.add($0.filter)) }
        self.set = set
        topicIDsBySlug = Dictionary(topicIDs.map { ($0.slug, $0.id) }, uniquingKeysWith: { first, _ in first })
        topicsAskForSightings = topics.all.contains { $0.filter.asksForSightings }
        for text in texts { add(text) }
    }

    /// How many readable filters are in.
    var count: Int { ids.count }
    var asksForSightings: Bool { topicsAskForSightings || !askingForSightings.isEmpty }

    /// The texts that are in, in no order.
    var texts: some Collection<String> { ids.keys }

    /// Whether a text was added, readable or not.
    func knows(_ text: String) -> Bool { ids[text] != nil || unreadable.contains(text) }

    func id(ofFilter text: String) -> FilterID? { ids[text] }
    func id(ofTopic slug: String) -> FilterID? { topicIDsBySlug[slug] }

    /// A text that is in already stays in once.
    mutating func add(_ text: String) {
        guard !knows(text) else { return }
        guard let filter = try? Filter(text) else {
            unreadable.insert(text)
            return
        }
        ids[text] = set.add(filter)
        if filter.asksForSightings { askingForSightings.insert(text) }
    }

    mutating func remove(_ text: String) {
        unreadable.remove(text)
        guard let id = ids.removeValue(forKey: text) else { return }
        set.remove(id)
        askingForSightings.remove(text)
        removals += 1
    }
}
