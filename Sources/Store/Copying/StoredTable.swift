/// A table of the schema as it is copied: by batches in the order of its key.
struct StoredTable: Sendable {
    let name: String
    /// The columns of the primary key.
    let key: [String]
    /// Whether the key numbers itself.
    let isNumbered: Bool

    private init(_ name: String, _ key: String..., numbered: Bool = false) {
        self.name = name
        self.key = key
        isNumbered = numbered
    }

    /// All but `schema_versions`, which each database has of its own; a table comes after those it refers to.
    static let all = [
        StoredTable("feeds", "id", numbered: true), StoredTable("installation", "name"),
        StoredTable("counters", "name"),
        StoredTable("papers", "seq"), StoredTable("paper_authors", "paper_seq", "position"),
        StoredTable("paper_categories", "paper_seq", "kind", "position"),
        StoredTable("paper_links", "link", "paper_seq"), StoredTable("sightings", "entry_key", "feed"),
        StoredTable("search_texts", "place"),
        StoredTable("subscribers", "id", numbered: true), StoredTable("subscriptions", "id", numbered: true),
        StoredTable("saved_filters", "number"), StoredTable("removed_filters", "number"),
        StoredTable("suppressions", "address_hash"), StoredTable("consent_log", "id", numbered: true),
        StoredTable("digest_contents", "contents_key"), StoredTable("deliveries", "id", numbered: true),
        StoredTable("marks", "subscriber_id", "paper_seq"), StoredTable("library_entries", "id", numbered: true),
        StoredTable("bounces", "delivery_id"), StoredTable("preference_links", "subscriber_id", "made_on"),
        StoredTable("leaving_reasons", "subscriber_id"),
        StoredTable("daily_counts", "day", "name"), StoredTable("set_aside", "mail"),
        StoredTable("admin_sessions", "session_hash"), StoredTable("relays", "address", "identity"),
        StoredTable("breakers", "scope", "name", "kind"), StoredTable("message_limits", "party"),
    ]

    /// The first rows, or, where values of a row's key are bound, those after it.
    func query(after isLater: Bool, limit: Int) -> String {
        let keys = key.joined(separator: ", ")
        let places = key.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        return "SELECT * FROM \(name)\(isLater ? " WHERE (\(keys)) > (\(places))" : "") ORDER BY \(keys) LIMIT \(limit)"
    }

    /// Writes so many rows at once.
    func insertion(of columns: [String], rows: Int) -> String {
        let places = (0..<rows).map { row in
            "(" + columns.indices.map { "$\(row * columns.count + $0 + 1)" }.joined(separator: ", ") + ")"
        }
        return "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES \(places.joined(separator: ", "))"
    }
}
