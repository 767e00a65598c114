import Filters
import Papers
import Store

/// Stored papers that a filter matches.
public struct PaperSearch: Sendable {
    private let papers: PaperStore

    public init(_ installation: Installation) { papers = installation.database.papers }

    /// The newest matches first, at most `limit`; older papers are read only as far as that needs.
    public func papers(matching filter: Filter, limit: Int) async throws -> [StoredPaper] {
        var set = FilterSet()
        let id = set.add(filter)
        var found: [StoredPaper] = []
        var before: Int64?
        while found.count < limit {
            let page = try await papers.page(.visible, before: before, limit: 1000)
            guard let last = page.last else { break }
            found += set.matches(in: PaperBatch(page.map(\.paper)))[id].map { page[$0] }
            before = last.surfacedSeq
        }
        return Array(found.prefix(limit))
    }
}
