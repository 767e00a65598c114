import Filters

/// The index of the search, which each database has its own way of.
extension Dialect {
    /// What is made before the rows of `search_texts`.
    ///
    /// FTS5 keeps no texts and no places of words: phrases are looked for in the few papers that are left. Its triggers hand it
    /// the very texts that it was given when a row goes.
    static let sqliteSearch = {
        let columns = "title, body, names, extra"
        let gone =
            "INSERT INTO search_index (search_index, rowid, \(columns)) VALUES ('delete', old.place, old.title, old.body, old.names, old.extra);"
        let come =
            "INSERT INTO search_index (rowid, \(columns)) VALUES (new.place, new.title, new.body, new.names, new.extra);"
        return [
            """
            CREATE VIRTUAL TABLE search_index USING fts5 (\(columns), content = 'search_texts', content_rowid = 'place',
                detail = 'column', tokenize = "ascii tokenchars '+#_'")
            """,
            "CREATE TRIGGER search_texts_insert AFTER INSERT ON search_texts BEGIN \(come) END",
            "CREATE TRIGGER search_texts_delete AFTER DELETE ON search_texts BEGIN \(gone) END",
            "CREATE TRIGGER search_texts_update AFTER UPDATE ON search_texts BEGIN \(gone) \(come) END",
        ]
    }()

    /// What is made after them. Without places of words, a text is cut at its blanks and nothing else.
    static let postgreSQLSearch = [
        "CREATE INDEX search_texts_words ON search_texts USING gin ((\(postgreSQLVector)))"
    ]

    private static let postgreSQLVector =
        "CAST(title || ' ' || body || ' ' || names || ' ' || extra AS tsvector)"

    /// The places before or after `$1` of at most `$2` papers that have what `$3` says, the nearest first.
    static func sqlitePlaces(_ sign: String, _ order: String) -> String {
        """
        SELECT rowid AS place FROM search_index WHERE search_index MATCH $3 AND rowid \(sign) $1
        ORDER BY rowid \(order) LIMIT $2
        """
    }

    static func postgreSQLPlaces(_ sign: String, _ order: String) -> String {
        """
        SELECT place FROM search_texts WHERE \(postgreSQLVector) @@ CAST($3 AS tsquery) AND place \(sign) $1
        ORDER BY place \(order) LIMIT $2
        """
    }

    static func sqliteTerms(_ need: SearchNeed) -> String {
        switch need {
        case .word(let word): quoted(word)
        case .titleWord(let word): "title : \(quoted(word))"
        case .beginning(let word): "\(quoted(word)) *"
        case .all(let needs): "(\(needs.map(sqliteTerms).joined(separator: " AND ")))"
        case .any(let needs): "(\(needs.map(sqliteTerms).joined(separator: " OR ")))"
        }
    }

    /// A title's words are looked for anywhere.
    static func postgreSQLTerms(_ need: SearchNeed) -> String {
        switch need {
        case .word(let word), .titleWord(let word): lexeme(word)
        case .beginning(let word): "\(lexeme(word)):*"
        case .all(let needs): "(\(needs.map(postgreSQLTerms).joined(separator: " & ")))"
        case .any(let needs): "(\(needs.map(postgreSQLTerms).joined(separator: " | ")))"
        }
    }

    private static func quoted(_ word: String) -> String {
        "\"\(SearchToken.capped(word).replacing("\"", with: ""))\""
    }

    private static func lexeme(_ word: String) -> String {
        let kept = SearchToken.capped(word).filter { $0 != "'" && $0 != "\\" }
        // An empty one is an error; no text has this.
        return "'\(kept.isEmpty ? "__" : kept)'"
    }
}
