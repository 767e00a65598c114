import Filters

/// What the search asks.
extension PaperStore {
    /// From which side of a number papers are looked for.
    public enum SearchSide: Sendable, Hashable {
        /// Older than it, the newest first.
        case before(Int64)
        /// Newer than it, the oldest first.
        case after(Int64)
    }

    /// The numbers under which papers became news whose texts have what is needed, hidden ones among them.
    ///
    /// - Parameter need: nil for all papers.
    public func places(
        of need: SearchNeed?, _ side: SearchSide = .before(.max), limit: Int
    ) async throws -> [Int64] {
        try await driver.read { sql in try Self.places(sql, need, side, limit) }
    }

    /// The same of several needs, from one state of the database.
    public func places(ofEach needs: [SearchNeed], limit: Int) async throws -> [[Int64]] {
        try await driver.read { sql in try needs.map { try Self.places(sql, $0, .before(.max), limit) } }
    }

    /// The places of papers that have what is needed, for each of several needs and on either side of a place: those nearest
    /// to it, at most `limit` on each side, from one state of the database.
    public func places(ofEach needs: [SearchNeed], around place: Int64, limit: Int) async throws -> [[Int64]] {
        try await driver.read { sql in
            try needs.map {
                try Self.places(sql, $0, .before(place), limit) + Self.places(sql, $0, .after(place), limit)
            }
        }
    }

    private static func places(
        _ sql: any SQLConnection, _ need: SearchNeed?, _ side: SearchSide, _ limit: Int
    ) throws -> [Int64] {
        let (bound, sign, order) =
            switch side {
            case .before(let number): (number, "<", "DESC")
            case .after(let number): (number, ">", "ASC")
            }
        guard let need else {
            return try sql.rows(
                "SELECT place FROM search_texts WHERE place \(sign) $1 ORDER BY place \(order) LIMIT $2",
                [bound, limit]
            ).map { try $0.number("place") }
        }
        return try sql.rows(sql.dialect.searchPlaces(sign, order), [bound, limit, sql.dialect.searchTerms(need)])
            .map { try $0.number("place") }
    }

    /// The words of papers, and their numbers, by the numbers under which they became news.
    public func searchTexts(places: [Int64]) async throws -> [Int64: (seq: Int64, text: SearchText)] {
        guard !places.isEmpty else { return [:] }
        return try await driver.read { sql in
            var texts: [Int64: (seq: Int64, text: SearchText)] = [:]
            for row in try sql.rows(
                "SELECT * FROM search_texts WHERE place \(sql.among("$1"))", [NumberList(places)])
            {
                let text = SearchText(
                    title: try row.need("title"), body: try row.need("body"), names: try row.need("names"),
                    extra: try row.need("extra"))
                texts[try row.number("place")] = (try row.number("paper_seq"), text)
            }
            return texts
        }
    }

    /// Papers by the numbers under which they became news, in no order; hidden papers are left out.
    public func visible(places: [Int64]) async throws -> [StoredPaper] {
        guard !places.isEmpty else { return [] }
        return try await driver.read { sql in
            try PaperRows.load(
                sql, "SELECT * FROM papers WHERE surfaced_seq \(sql.among("$1")) AND \(Self.visible)",
                [NumberList(places)])
        }
    }
}
