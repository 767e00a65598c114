import Filters

/// Version 2: the index of the search.
///
/// `search_texts` has the words of each paper that is not another's, as `SearchText` makes them, under the number by which it
/// became news, so that the newest are found first without sorting. What finds them by words is made of these rows by the
/// database itself: on SQLite a table of FTS5 that holds no texts and follows by triggers, on PostgreSQL a GIN index of `tsvector`s.
enum SearchSchema {
    /// How many papers are read at once, so that memory does not grow with them.
    private static let atOnce = 500

    static func apply(_ sql: any SQLConnection) throws {
        try sql.execute(
            sql.dialect.definition(
                """
                CREATE TABLE search_texts (
                    place \(sql.dialect.numberKey),
                    paper_seq BIGINT NOT NULL UNIQUE REFERENCES papers (seq) ON DELETE CASCADE,
                    title TEXT NOT NULL,
                    body TEXT NOT NULL,
                    names TEXT NOT NULL,
                    extra TEXT NOT NULL
                )
                """))
        for statement in sql.dialect.searchBefore { try sql.execute(statement) }
        try fill(sql)
        for statement in sql.dialect.searchAfter { try sql.execute(statement) }
    }

    private static func fill(_ sql: any SQLConnection) throws {
        var last = Int64.min
        while true {
            let rows = try sql.rows(
                """
                SELECT seq, title, abstract, organization FROM papers WHERE seq > $1 AND merged_into IS NULL
                ORDER BY seq LIMIT \(atOnce)
                """, [last])
            guard let end = rows.last else { return }
            last = try end.number("seq")
            let seqs = NumberList(try rows.map { try $0.number("seq") })
            let authors = try names(
                sql, "SELECT paper_seq, name FROM paper_authors WHERE paper_seq \(sql.among("$1"))", seqs)
            func kind(_ kind: String) throws -> [Int64: [String]] {
                try names(
                    sql,
                    "SELECT paper_seq, name FROM paper_categories WHERE kind = '\(kind)' AND paper_seq \(sql.among("$1"))",
                    seqs)
            }
            let (categories, keywords) = (try kind("category"), try kind("keyword"))
            for row in rows {
                let seq = try row.number("seq")
                let text = SearchText(
                    title: try row.need("title"), abstract: try row.need("abstract"), keywords: keywords[seq] ?? [],
                    organization: try row.text("organization"), authors: authors[seq] ?? [],
                    categories: categories[seq] ?? [])
                try SearchRows(sql: sql).store(text, of: seq)
            }
        }
    }

    private static func names(
        _ sql: any SQLConnection, _ query: String, _ seqs: NumberList
    ) throws -> [Int64: [String]] {
        var names: [Int64: [String]] = [:]
        for row in try sql.rows(query + " ORDER BY paper_seq, position", [seqs]) {
            names[try row.number("paper_seq"), default: []].append(try row.need("name"))
        }
        return names
    }
}
