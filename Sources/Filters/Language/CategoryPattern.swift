/// What `cat:` looks for: one category (`cs.LG`, `plant biology`) or a whole archive (`cs.*`).
struct CategoryPattern: Hashable, Sendable {
    /// Folded: `cs.lg`, `cs`, `plant biology`.
    let value: String
    /// All categories of the archive ``value``.
    let isArchive: Bool

    init(value: String, isArchive: Bool) {
        self.value = value
        self.isArchive = isArchive
    }

    func matches(_ category: String) -> Bool {
        let key = Self.key(of: category)
        return key == value || (isArchive && Self.archive(of: key) == value)
    }

    /// The form in which categories are compared.
    static func key(of category: String) -> String {
        Folding.fold(category).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// `cs` of `cs.lg`
    static func archive(of key: String) -> String? {
        key.firstIndex(of: ".").map { String(key[..<$0]) }
    }
}
