import Foundation

/// The `feeds` table.
public struct FeedStore: Sendable {
    let driver: any DatabaseDriver

    public func all() async throws -> [StoredFeed] {
        try await driver.read { sql in try sql.rows("SELECT * FROM feeds ORDER BY id").map(Self.feed) }
    }

    public func feed(id: Int64) async throws -> StoredFeed? {
        try await driver.read { sql in try sql.row("SELECT * FROM feeds WHERE id = $1", [id]).map(Self.feed) }
    }

    public func due(at now: Date) async throws -> [StoredFeed] {
        try await driver.read { sql in
            try sql.rows(
                "SELECT * FROM feeds WHERE enabled = 1 AND next_fetch_at <= $1 ORDER BY next_fetch_at, id",
                [now.milliseconds]
            ).map(Self.feed)
        }
    }

    /// Adds a feed that is fetched at the next round, or returns nil where its address is known.
    public func add(_ feed: FeedDeclaration, origin: StoredFeed.Origin) async throws -> StoredFeed? {
        try await driver.write(.site) { sql in
            try sql.row(
                """
                INSERT INTO feeds (url, title, origin, allow_private, allow_http, archive, next_fetch_at)
                VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (url) DO NOTHING RETURNING *
                """, [feed.url, feed.title, origin.rawValue, feed.allowsPrivate, feed.allowsHTTP, feed.archive]
            ).map(Self.feed)
        }
    }

    /// Removes the feed; the papers it brought stay.
    public func remove(id: Int64) async throws -> Bool {
        try await driver.write(.site) { sql in try sql.execute("DELETE FROM feeds WHERE id = $1", [id]) > 0 }
    }

    /// Makes the table hold what the feeds file names: new lines are added, lines that went are removed, and what is
    /// known of the others (validators, failures) stays.
    public func synchronise(with declared: [FeedDeclaration]) async throws {
        try await driver.write(.site) { sql in
            let known = try sql.rows("SELECT url FROM feeds WHERE origin = 'file'", []).map { try $0.need("url") }
            let wanted = Set(declared.map(\.url))
            for url in known where !wanted.contains(url) {
                try sql.execute("DELETE FROM feeds WHERE url = $1 AND origin = 'file'", [url])
            }
            for feed in declared {
                try sql.execute(
                    """
                    INSERT INTO feeds (url, title, origin, allow_private, allow_http, archive, next_fetch_at)
                    VALUES ($1, $2, 'file', $3, $4, $5, 0)
                    ON CONFLICT (url) DO UPDATE SET origin = 'file', allow_private = excluded.allow_private,
                        allow_http = excluded.allow_http, archive = excluded.archive,
                        title = coalesce(excluded.title, feeds.title)
                    """, [feed.url, feed.title, feed.allowsPrivate, feed.allowsHTTP, feed.archive])
            }
        }
    }

    public func recordSuccess(id: Int64, _ fetch: FeedFetchRecord, at now: Date, next: Date) async throws {
        _ = try await driver.write(.site) { sql in
            try sql.execute(
                """
                UPDATE feeds SET kind = $2, title = coalesce(title, $3), etag = $4, last_modified = $5, entries = $6,
                    fetched_at = $7, next_fetch_at = $8, failures = 0, last_error = NULL, not_before = NULL,
                    moved_to = CASE WHEN $11 = 1 THEN $9 ELSE coalesce($9, moved_to) END, last_new_at = coalesce($10, last_new_at)
                WHERE id = $1
                """,
                [
                    id, fetch.kind, fetch.title, fetch.etag, fetch.lastModified, fetch.entries, now.milliseconds,
                    next.milliseconds, fetch.movedTo, fetch.broughtNew ? now.milliseconds : nil as Int64?,
                    fetch.hasMovedBack,
                ])
        }
    }

    public func recordUnchanged(id: Int64, at now: Date, next: Date) async throws {
        _ = try await driver.write(.site) { sql in
            try sql.execute(
                """
                UPDATE feeds SET fetched_at = $2, next_fetch_at = $3, failures = 0, last_error = NULL, not_before = NULL
                WHERE id = $1
                """,
                [id, now.milliseconds, next.milliseconds])
        }
    }

    /// - Parameter notBefore: until when the server asked for patience, where it did.
    public func recordFailure(id: Int64, error: String, next: Date, notBefore: Date? = nil) async throws {
        _ = try await driver.write(.site) { sql in
            try sql.execute(
                """
                UPDATE feeds SET failures = failures + 1, last_error = $2, next_fetch_at = $3, not_before = $4
                WHERE id = $1
                """, [id, error, next.milliseconds, notBefore.milliseconds])
        }
    }

    /// Another feed of the same host was told to wait, which counts for this one too.
    public func putOff(id: Int64, until: Date) async throws {
        _ = try await driver.write(.site) { sql in
            try sql.execute(
                "UPDATE feeds SET next_fetch_at = $2, not_before = $2 WHERE id = $1", [id, until.milliseconds])
        }
    }

    /// Whether the feed is asked at all. One that is switched off keeps the reason as its last error.
    public func setEnabled(id: Int64, _ isEnabled: Bool, reason: String? = nil) async throws {
        _ = try await driver.write(.site) { sql in
            try sql.execute(
                """
                UPDATE feeds SET enabled = $2, last_error = $3, failures = 0, not_before = NULL, next_fetch_at = 0
                WHERE id = $1
                """, [id, isEnabled, reason])
        }
    }

    /// Has a feed asked at the next round, unless its server asked for patience.
    ///
    /// - Returns: false where it is switched off or gone.
    public func askNow(id: Int64) async throws -> Bool {
        try await driver.write { sql in
            try sql.execute("UPDATE feeds SET next_fetch_at = 0 WHERE id = $1 AND enabled = 1", [id]) == 1
        }
    }

    /// Another source brought what the feed should have held.
    public func recordNew(id: Int64, at now: Date) async throws {
        _ = try await driver.write(.site) { sql in
            try sql.execute("UPDATE feeds SET last_new_at = $2 WHERE id = $1", [id, now.milliseconds])
        }
    }

    /// Remembers from when on a feed's days were missed, or, with nil, that they have been read.
    ///
    /// - Parameter archiveAfter: when its archive may be asked for them.
    public func setMissed(id: Int64, since: Date?, archiveAfter: Date? = nil) async throws {
        _ = try await driver.write(.site) { sql in
            try sql.execute(
                "UPDATE feeds SET missed_since = $2, archive_after = $3 WHERE id = $1",
                [id, since.milliseconds, archiveAfter.milliseconds])
        }
    }

    /// Marks a feed as stale, or, with nil, as well again.
    public func setStale(id: Int64, since: Date?) async throws {
        _ = try await driver.write(.site) { sql in
            try sql.execute("UPDATE feeds SET stale_since = $2 WHERE id = $1", [id, since.milliseconds])
        }
    }

    private static func feed(_ row: SQLRow) throws -> StoredFeed {
        StoredFeed(
            id: try row.number("id"), url: try row.need("url"), title: try row.text("title"),
            kind: try row.text("kind"),
            origin: StoredFeed.Origin(rawValue: try row.need("origin")) ?? .admin,
            isEnabled: try row.flag("enabled"), allowsPrivate: try row.flag("allow_private"),
            allowsHTTP: try row.flag("allow_http"), archive: try row.text("archive"),
            movedTo: try row.text("moved_to"), etag: try row.text("etag"),
            lastModified: try row.text("last_modified"), fetchedAt: try row.date("fetched_at"),
            nextFetchAt: try row.instant("next_fetch_at"), notBefore: try row.date("not_before"),
            lastNewAt: try row.date("last_new_at"), staleSince: try row.date("stale_since"),
            missedSince: try row.date("missed_since"), archiveAfter: try row.date("archive_after"),
            failures: Int(try row.number("failures")), lastError: try row.text("last_error"),
            entries: Int(try row.number("entries")))
    }
}
