/// The schema's history. A migration that was released is never edited; a change is a new one at the end.
enum Schema {
    struct Migration: Sendable {
        let version: Int64
        let work: @Sendable (any SQLConnection) throws -> Void

        /// One that is a list of statements.
        init(version: Int64, statements: @escaping @Sendable (Dialect) -> [String]) {
            self.init(version: version) { sql in
                for statement in statements(sql.dialect) { try sql.execute(sql.dialect.definition(statement)) }
            }
        }

        init(version: Int64, work: @escaping @Sendable (any SQLConnection) throws -> Void) {
            self.version = version
            self.work = work
        }
    }

    static let migrations = [
        Migration(version: 1, statements: first),
        Migration(version: 2, statements: savedFilters),
        Migration(version: 3, statements: curation),
        Migration(version: 6, statements: taste),
        Migration(version: 7, statements: bounces),
        Migration(version: 8, statements: smallIndexes),
        Migration(version: 9, statements: languages),
        Migration(version: 10, statements: changes),
        Migration(version: 11, statements: lifeCycle),
        Migration(version: 12, statements: movedAddresses),
        Migration(version: 13, statements: contents),
        Migration(version: 14, statements: dailyCounts),
        Migration(version: 15, statements: dueIndex),
        Migration(version: 16, statements: queueIndex),
        Migration(version: 17, work: secrets),
        Migration(version: 18, statements: adminSessions),
        Migration(version: 19, statements: setAside),
        Migration(version: 20, statements: relays),
        Migration(version: 21, statements: breakers),
        Migration(version: 22, work: paperStatus),
        Migration(version: 23, statements: additions),
        Migration(version: 24, statements: synopses),
    ]

    /// The version this program writes.
    static var current: Int64 { migrations.map(\.version).max() ?? 0 }

    private static func first(_ dialect: Dialect) -> [String] {
        papers + people(dialect) + mail(dialect) + [
            """
            CREATE TABLE feeds (
                id \(dialect.identity),
                url TEXT NOT NULL UNIQUE,
                title TEXT,
                kind TEXT,
                origin TEXT NOT NULL,
                enabled BIGINT NOT NULL DEFAULT 1,
                allow_private BIGINT NOT NULL DEFAULT 0,
                allow_http BIGINT NOT NULL DEFAULT 0,
                archive TEXT,
                moved_to TEXT,
                etag TEXT,
                last_modified TEXT,
                fetched_at BIGINT,
                next_fetch_at BIGINT NOT NULL,
                not_before BIGINT,
                last_new_at BIGINT,
                stale_since BIGINT,
                missed_since BIGINT,
                archive_after BIGINT,
                failures BIGINT NOT NULL DEFAULT 0,
                last_error TEXT,
                entries BIGINT NOT NULL DEFAULT 0
            )
            """,
            // What belongs to the installation itself, such as its key and the number last given to a paper.
            "CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
            "CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
            "INSERT INTO counters (name, value) VALUES ('paper', 0)",
        ]
    }

    /// `seq` is the order of first sighting; `surfaced_seq`, from the same counter, moves on once more when a curator first
    /// lists a paper that an archive had announced days before, so that a reader's digest can still bring it.
    private static let papers = [
        """
        CREATE TABLE papers (
            seq BIGINT PRIMARY KEY,
            surfaced_seq BIGINT NOT NULL,
            curated BIGINT NOT NULL DEFAULT 0,
            paper_key TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            abstract TEXT NOT NULL,
            url TEXT NOT NULL,
            pdf_url TEXT,
            discussion_url TEXT,
            code_url TEXT,
            project_url TEXT,
            doi TEXT,
            journal TEXT,
            organization TEXT,
            synopsis TEXT,
            published_at BIGINT,
            first_seen_at BIGINT NOT NULL,
            surfaced_at BIGINT NOT NULL,
            upvotes BIGINT NOT NULL DEFAULT 0,
            comments BIGINT NOT NULL DEFAULT 0,
            stars BIGINT
        )
        """,
        "CREATE INDEX papers_surfaced ON papers (surfaced_seq)",
        "CREATE INDEX papers_first_seen ON papers (first_seen_at)",
        "CREATE INDEX papers_surfaced_at ON papers (surfaced_at)",
        """
        CREATE TABLE paper_authors (
            paper_seq BIGINT NOT NULL REFERENCES papers (seq) ON DELETE CASCADE,
            position BIGINT NOT NULL,
            name TEXT NOT NULL,
            affiliation TEXT,
            PRIMARY KEY (paper_seq, position)
        )
        """,
        """
        CREATE TABLE paper_categories (
            paper_seq BIGINT NOT NULL REFERENCES papers (seq) ON DELETE CASCADE,
            position BIGINT NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (paper_seq, kind, position)
        )
        """,
        """
        CREATE TABLE sightings (
            paper_seq BIGINT NOT NULL REFERENCES papers (seq) ON DELETE CASCADE,
            feed TEXT NOT NULL,
            trust BIGINT NOT NULL,
            seen_at BIGINT NOT NULL,
            entry TEXT NOT NULL,
            PRIMARY KEY (paper_seq, feed)
        )
        """,
    ]

    private static func people(_ dialect: Dialect) -> [String] {
        [
            """
            CREATE TABLE subscribers (
                id \(dialect.identity),
                email TEXT NOT NULL,
                address_key TEXT NOT NULL UNIQUE,
                state TEXT NOT NULL,
                time_zone TEXT NOT NULL,
                send_minute BIGINT NOT NULL,
                cadence TEXT NOT NULL,
                weekday BIGINT NOT NULL,
                max_papers BIGINT NOT NULL,
                next_digest_at BIGINT,
                last_seq BIGINT NOT NULL,
                token_epoch BIGINT NOT NULL DEFAULT 0,
                created_at BIGINT NOT NULL,
                confirmed_at BIGINT
            )
            """,
            "CREATE INDEX subscribers_due ON subscribers (state, next_digest_at)",
            """
            CREATE TABLE subscriptions (
                id \(dialect.identity),
                subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
                kind TEXT NOT NULL,
                value TEXT NOT NULL,
                UNIQUE (subscriber_id, kind, value)
            )
            """,
            "CREATE TABLE suppressions (address_hash TEXT PRIMARY KEY, reason TEXT NOT NULL, created_at BIGINT NOT NULL)",
            """
            CREATE TABLE consent_log (
                id \(dialect.identity),
                address_hash TEXT NOT NULL,
                event TEXT NOT NULL,
                source TEXT NOT NULL,
                at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX consent_log_address ON consent_log (address_hash, at)",
        ]
    }

    /// `next_attempt_at` is when a row may be taken: for one that is being sent, when its claim lapses.
    private static func mail(_ dialect: Dialect) -> [String] {
        [
            """
            CREATE TABLE deliveries (
                id \(dialect.identity),
                subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
                kind TEXT NOT NULL,
                slot TEXT NOT NULL,
                contents TEXT NOT NULL,
                state TEXT NOT NULL,
                attempts BIGINT NOT NULL DEFAULT 0,
                created_at BIGINT NOT NULL,
                next_attempt_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                claimed_by TEXT,
                finished_at BIGINT,
                last_reply TEXT,
                message_id TEXT,
                UNIQUE (subscriber_id, slot)
            )
            """,
            """
            CREATE INDEX deliveries_queue ON deliveries (next_attempt_at, id)
            WHERE state IN ('pending', 'sending', 'deferred')
            """,
        ]
    }
}
