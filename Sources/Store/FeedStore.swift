import Foundation

/// A feed as the installation knows it, with what its last fetch left for the next one.
public struct StoredFeed: Sendable, Identifiable, Equatable {
    /// Who named the feed.
    public enum Origin: String, Sendable {
        /// The feeds file; the feed goes when its line goes.
        case file
        /// `feeds add`.
        case admin
    }

    public let id: Int64
    public let url: String
    public let title: String?
    public let kind: String?
    public let origin: Origin
    public let isEnabled: Bool
    /// Whether the feed may lie on a loopback, link-local or private address.
    public let allowsPrivate: Bool
    public let etag: String?
    public let lastModified: String?
    public let fetchedAt: Date?
    public let nextFetchAt: Date
    /// How many fetches failed in a row.
    public let failures: Int
    public let lastError: String?
    /// How many entries the last good fetch had.
    public let entries: Int
}

/// A feed that somebody names: in the feeds file or on the command line.
public struct FeedDeclaration: Sendable, Equatable {
    public var url: String
    public var title: String?
    public var allowsPrivate: Bool

    public init(url: String, title: String? = nil, allowsPrivate: Bool = false) {
        self.url = url
        self.title = title
        self.allowsPrivate = allowsPrivate
    }
}

/// What a good fetch leaves behind.
public struct FeedFetchRecord: Sendable {
    public var kind: String
    public var title: String?
    public var etag: String?
    public var lastModified: String?
    public var entries: Int

    public init(kind: String, title: String?, etag: String?, lastModified: String?, entries: Int) {
        self.kind = kind
        self.title = title
        self.etag = etag
        self.lastModified = lastModified
        self.entries = entries
    }
}

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
        try await driver.write { sql in
            try sql.row(
                """
                INSERT INTO feeds (url, title, origin, allow_private, next_fetch_at) VALUES ($1, $2, $3, $4, 0)
                ON CONFLICT (url) DO NOTHING RETURNING *
                """, [feed.url, feed.title, origin.rawValue, feed.allowsPrivate]
            ).map(Self.feed)
        }
    }

    /// Removes the feed; the papers it brought stay.
    public func remove(id: Int64) async throws -> Bool {
        try await driver.write { sql in try sql.execute("DELETE FROM feeds WHERE id = $1", [id]) > 0 }
    }

    /// Makes the table hold what the feeds file names: new lines are added, lines that went are removed, and what is
    /// known of the others (validators, failures) stays.
    public func synchronise(with declared: [FeedDeclaration]) async throws {
        try await driver.write { sql in
            let known = try sql.rows("SELECT url FROM feeds WHERE origin = 'file'", []).map { try $0.need("url") }
            let wanted = Set(declared.map(\.url))
            for url in known where !wanted.contains(url) {
                try sql.execute("DELETE FROM feeds WHERE url = $1 AND origin = 'file'", [url])
            }
            for feed in declared {
                try sql.execute(
                    """
                    INSERT INTO feeds (url, title, origin, allow_private, next_fetch_at) VALUES ($1, $2, 'file', $3, 0)
                    ON CONFLICT (url) DO UPDATE SET origin = 'file', allow_private = excluded.allow_private,
                        title = coalesce(excluded.title, feeds.title)
                    """, [feed.url, feed.title, feed.allowsPrivate])
            }
        }
    }

    public func recordSuccess(id: Int64, _ fetch: FeedFetchRecord, at now: Date, next: Date) async throws {
        _ = try await driver.write { sql in
            try sql.execute(
                """
                UPDATE feeds SET kind = $2, title = coalesce($3, title), etag = $4, last_modified = $5, entries = $6,
                    fetched_at = $7, next_fetch_at = $8, failures = 0, last_error = NULL
                WHERE id = $1
                """,
                [
                    id, fetch.kind, fetch.title, fetch.etag, fetch.lastModified, fetch.entries, now.milliseconds,
                    next.milliseconds,
                ])
        }
    }

    public func recordUnchanged(id: Int64, at now: Date, next: Date) async throws {
        _ = try await driver.write { sql in
            try sql.execute(
                "UPDATE feeds SET fetched_at = $2, next_fetch_at = $3, failures = 0, last_error = NULL WHERE id = $1",
                [id, now.milliseconds, next.milliseconds])
        }
    }

    public func recordFailure(id: Int64, error: String, next: Date) async throws {
        _ = try await driver.write { sql in
            try sql.execute(
                "UPDATE feeds SET failures = failures + 1, last_error = $2, next_fetch_at = $3 WHERE id = $1",
                [id, error, next.milliseconds])
        }
    }

    private static func feed(_ row: SQLRow) throws -> StoredFeed {
        StoredFeed(
            id: try row.number("id"), url: try row.need("url"), title: try row.text("title"),
            kind: try row.text("kind"),
            origin: StoredFeed.Origin(rawValue: try row.need("origin")) ?? .admin,
            isEnabled: try row.flag("enabled"), allowsPrivate: try row.flag("allow_private"),
            etag: try row.text("etag"), lastModified: try row.text("last_modified"),
            fetchedAt: try row.date("fetched_at"), nextFetchAt: try row.instant("next_fetch_at"),
            failures: Int(try row.number("failures")), lastError: try row.text("last_error"),
            entries: Int(try row.number("entries")))
    }
}
