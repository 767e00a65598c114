import Filters
import Foundation
import Papers

/// Papers as rows: one in `papers`, one an author, one a category or keyword.
enum PaperRows {
    /// Runs a query for whole rows of `papers` and adds each one's authors and categories. A row that cannot be read is
    /// passed over, see ``DamagedRows``.
    static func load(_ sql: any SQLConnection, _ query: String, _ arguments: [any SQLArgument]) throws -> [StoredPaper]
    {
        let rows = try sql.rows(query, arguments)
        let seqs = Set(try rows.map { try $0.number("seq") })
        guard !seqs.isEmpty else { return [] }
        var authors: [Int64: [Author]] = [:]
        for row in try sql.rows(
            "SELECT * FROM paper_authors WHERE paper_seq \(sql.among("$1")) ORDER BY paper_seq, position",
            [NumberList(seqs)])
        {
            let author = Author(try row.need("name"), affiliation: try row.text("affiliation"))
            authors[try row.number("paper_seq"), default: []].append(author)
        }
        var categories: [Int64: [String]] = [:]
        var keywords: [Int64: [String]] = [:]
        for row in try sql.rows(
            "SELECT * FROM paper_categories WHERE paper_seq \(sql.among("$1")) ORDER BY paper_seq, kind, position",
            [NumberList(seqs)])
        {
            let seq = try row.number("paper_seq")
            if try row.need("kind") == "category" {
                categories[seq, default: []].append(try row.need("name"))
            } else {
                keywords[seq, default: []].append(try row.need("name"))
            }
        }
        return try rows.compactMap { row in
            let seq = try row.number("seq")
            guard var paper = try paper(row) else { return nil }
            paper.authors = authors[seq] ?? []
            paper.categories = categories[seq] ?? []
            paper.keywords = keywords[seq] ?? []
            return StoredPaper(
                seq: seq, surfacedSeq: try row.number("surfaced_seq"), isCurated: try row.flag("curated"),
                isHidden: try row.flag("hidden"), firstSeenAt: try row.instant("first_seen_at"),
                surfacedAt: try row.instant("surfaced_at"), revisedAt: try row.date("revised_at"), paper: paper)
        }
    }

    private static func paper(_ row: SQLRow) throws -> Paper? {
        let key = try row.need("paper_key")
        guard let id = PaperID(key: key) else {
            DamagedRows.known.note("“\(key.prefix(200))” in the table papers is not a paper key")
            return nil
        }
        var paper = Paper(Entry(id: id, title: try row.need("title")))
        paper.abstract = try row.need("abstract")
        paper.url = try row.need("url")
        paper.pdfURL = try row.text("pdf_url")
        paper.discussionURL = try row.text("discussion_url")
        paper.codeURL = try row.text("code_url")
        paper.projectURL = try row.text("project_url")
        paper.doi = try row.text("doi")
        paper.journal = try row.text("journal")
        paper.organization = try row.text("organization")
        paper.synopsis = try row.text("synopsis")
        paper.synopsisWriter = try row.text("synopsis_writer").flatMap { SynopsisWriter(rawValue: $0) }
        paper.publishedAt = try row.date("published_at")
        paper.upvotes = Int(try row.number("upvotes"))
        paper.comments = Int(try row.number("comments"))
        paper.stars = try row.integer("stars").map { Int($0) }
        paper.status = try row.text("status").flatMap(PaperStatus.init)
        paper.pin = try row.date("pinned_at").map { EditorPin(note: try row.text("pin_note"), pinnedAt: $0) }
        return paper
    }

    /// - Parameter revisedAt: when what readers see of it changed, if it did; nil where a change is none to them.
    static func update(_ sql: any SQLConnection, _ seq: Int64, _ paper: Paper, revisedAt: Date? = nil) throws {
        try sql.execute(
            """
            UPDATE papers SET
                revised_at = CASE
                    WHEN title <> $2 OR abstract <> $3 OR coalesce(status, '') <> coalesce($19, '')
                    THEN coalesce($20, revised_at) ELSE revised_at END,
                paper_key = $17, title = $2, abstract = $3, url = $4, pdf_url = $5, discussion_url = $6, code_url = $7,
                project_url = $8, doi = $9, journal = $10, organization = $11, synopsis = $12, published_at = $13,
                upvotes = $14, comments = $15, stars = $16, changed = $18, status = $19, synopsis_writer = $21
            WHERE seq = $1
            """,
            [
                seq, paper.title, paper.abstract, paper.url, paper.pdfURL, paper.discussionURL, paper.codeURL,
                paper.projectURL, paper.doi, paper.journal, paper.organization, paper.synopsis,
                paper.publishedAt.milliseconds, paper.upvotes, paper.comments, paper.stars, paper.id.key,
                try PaperChange(sql: sql).next(), paper.status?.rawValue, revisedAt.milliseconds,
                paper.synopsisWriter?.rawValue,
            ])
        try sql.execute("DELETE FROM paper_authors WHERE paper_seq = $1", [seq])
        for (position, author) in paper.authors.enumerated() {
            try sql.execute(
                "INSERT INTO paper_authors (paper_seq, position, name, affiliation) VALUES ($1, $2, $3, $4)",
                [seq, position, author.name, author.affiliation])
        }
        try sql.execute("DELETE FROM paper_categories WHERE paper_seq = $1", [seq])
        for (kind, names) in [("category", paper.categories), ("keyword", paper.keywords)] {
            for (position, name) in names.enumerated() {
                try sql.execute(
                    "INSERT INTO paper_categories (paper_seq, position, kind, name) VALUES ($1, $2, $3, $4)",
                    [seq, position, kind, name])
            }
        }
        try SearchRows(sql: sql).store(SearchText(paper), of: seq)
    }
}
