import Mail

/// Digests' contents as rows, each written once for all readers who get the same of one morning.
enum ContentsRows {
    /// Sees to it that some mornings' contents are there.
    ///
    /// - Parameter digests: each with its morning, as `2026-11-23`.
    /// - Returns: what each is found by.
    static func keep(
        _ digests: [(contents: DigestContents, slot: String)], _ cache: DigestContentsCache, _ sql: any SQLConnection
    ) throws -> [String] {
        var missing: [String: () -> String] = [:]
        let keys = try digests.map { digest in
            let morning = DigestContentsCache.Morning(slot: digest.slot, contents: digest.contents)
            if let key = cache.keys[morning] {
                if missing[key] == nil { missing[key] = { DigestContentsText.write(digest.contents) } }
                return key
            }
            let text = DigestContentsText.write(digest.contents)
            let key = try key(of: text, slot: digest.slot)
            cache.keys.keep(key, for: morning)
            missing[key] = { text }
            return key
        }
        for row in try sql.rows(
            "SELECT contents_key FROM digest_contents WHERE contents_key \(sql.amongHashes("$1"))",
            [HashList(missing.keys)])
        {
            missing[try row.need("contents_key")] = nil
        }
        try sql.execute(
            "INSERT INTO digest_contents (contents_key, contents) VALUES ($1, $2) ON CONFLICT (contents_key) DO NOTHING",
            each: missing.sorted { $0.key < $1.key }.map { [$0.key, $0.value()] })
        return keys
    }

    /// The day's digits, so that a morning's lie together, and 128 bits of SHA-256.
    private static func key(of text: String, slot: String) throws -> String {
        slot.prefix(10).filter(\.isNumber) + (try SHA256.hexadecimal(Array("\(slot) \(text)".utf8)).prefix(32))
    }

    /// The contents of each of some rows of the ledger; nil for a mail that is no digest. Those that several have are read
    /// once.
    ///
    /// - Throws: ``StoreError`` for contents that are gone or damaged.
    static func contents(of rows: [SQLRow], _ cache: DigestContentsCache, _ sql: any SQLConnection) throws
        -> [DigestContents?]
    {
        let keys = try rows.map { try $0.text("contents_key") }
        let byKey = try contents(Set(keys.compactMap { $0 }), cache, sql)
        return try keys.map { key in
            guard let key else { return nil }
            guard let contents = byKey[key] else {
                throw StoreError(
                    .damaged, "the contents \(key) of a digest are missing", mend: "restore the last backup")
            }
            return contents
        }
    }

    private static func contents(_ keys: Set<String>, _ cache: DigestContentsCache, _ sql: any SQLConnection) throws
        -> [String: DigestContents]
    {
        var found: [String: DigestContents] = [:]
        for key in keys { found[key] = cache.contents[key] }
        let unknown = keys.filter { found[$0] == nil }
        guard !unknown.isEmpty else { return found }
        for row in try sql.rows(
            "SELECT contents_key, contents FROM digest_contents WHERE contents_key \(sql.amongHashes("$1"))",
            [HashList(unknown)])
        {
            let (key, contents) = (try row.need("contents_key"), try DigestContentsText.read(row.need("contents")))
            found[key] = contents
            cache.contents.keep(contents, for: key)
        }
        return found
    }

    /// Deletes those of some contents that no row of the ledger names any longer.
    static func forgetUnused(_ keys: Set<String>, _ sql: any SQLConnection) throws {
        guard !keys.isEmpty else { return }
        try sql.execute(
            """
            DELETE FROM digest_contents WHERE contents_key \(sql.amongHashes("$1"))
            AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.contents_key = digest_contents.contents_key)
            """, [HashList(keys)])
    }

    /// Deletes what a subscriber's rows, which are about to go, name and nobody else's.
    static func forget(of subscriber: Int64, _ sql: any SQLConnection) throws {
        try sql.execute(
            """
            DELETE FROM digest_contents WHERE contents_key IN (
                SELECT contents_key FROM deliveries WHERE subscriber_id = $1 AND contents_key IS NOT NULL)
            AND NOT EXISTS (
                SELECT 1 FROM deliveries WHERE deliveries.contents_key = digest_contents.contents_key
                AND subscriber_id <> $1)
            """, [subscriber])
    }
}
