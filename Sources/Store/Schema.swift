/// The tables, from top to bottom, and what was changed of them since the first release.
///
/// Times are milliseconds since 1970 (UTC), days are counted from then, and what is true is 1. A migration that was released
/// is never edited; a change is a new one at the end.
enum Schema {
    struct Migration: Sendable {
        let version: Int64
        let work: @Sendable (any SQLConnection) throws -> Void
    }

    static let migrations = [
        Migration(version: 1) { sql in
            for statement in papers + subscribers(sql.dialect) + deliveries(sql.dialect) + feeds(sql.dialect) + site {
                try sql.execute(sql.dialect.definition(statement))
            }
        },
        Migration(version: 2) { sql in try SearchSchema.apply(sql) },
        Migration(version: 3) { sql in try LibrarySchema.apply(sql) },
    ]

    /// The version this program writes.
    static var current: Int64 { migrations.map(\.version).max() ?? 0 }

    /// `seq` is the order of first sighting; `surfaced_seq`, from the same counter, moves on once more when a curator first
    /// lists a paper that an archive had announced days before, so that a reader's digest can still bring it. `changed`, from
    /// a counter of its own, tells who keeps something made of papers what is out of date, also by what another process wrote.
    ///
    /// A paper that was found to be another points to it; a pinned one has `pinned_at`, and its note may be empty. Sightings
    /// stand for themselves: a feed's word about one identifier, of whichever paper that turns out to be. The keys by which
    /// papers may be linked are kept beside.
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
            synopsis_writer TEXT,
            status TEXT,
            published_at BIGINT,
            revised_at BIGINT,
            first_seen_at BIGINT NOT NULL,
            surfaced_at BIGINT NOT NULL,
            upvotes BIGINT NOT NULL DEFAULT 0,
            comments BIGINT NOT NULL DEFAULT 0,
            stars BIGINT,
            merged_into BIGINT,
            hidden BIGINT NOT NULL DEFAULT 0,
            pinned_at BIGINT,
            pin_note TEXT,
            changed BIGINT NOT NULL DEFAULT 0
        )
        """,
        "CREATE INDEX papers_surfaced ON papers (surfaced_seq)",
        "CREATE INDEX papers_first_seen ON papers (first_seen_at)",
        "CREATE INDEX papers_surfaced_at ON papers (surfaced_at)",
        "CREATE INDEX papers_changed ON papers (changed)",
        // One over all, of which nearly none is merged, would be taken for a way to all papers.
        "CREATE INDEX papers_merged ON papers (merged_into) WHERE merged_into IS NOT NULL",
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
        CREATE TABLE paper_links (
            link TEXT NOT NULL,
            paper_seq BIGINT NOT NULL REFERENCES papers (seq) ON DELETE CASCADE,
            PRIMARY KEY (link, paper_seq)
        )
        """,
        "CREATE INDEX paper_links_paper ON paper_links (paper_seq)",
        """
        CREATE TABLE sightings (
            entry_key TEXT NOT NULL,
            feed TEXT NOT NULL,
            paper_seq BIGINT NOT NULL REFERENCES papers (seq) ON DELETE CASCADE,
            trust BIGINT NOT NULL,
            seen_at BIGINT NOT NULL,
            entry TEXT NOT NULL,
            PRIMARY KEY (entry_key, feed)
        )
        """,
        "CREATE INDEX sightings_paper ON sightings (paper_seq)",
    ]

    /// `token_epoch` is random, and what links stand on; `beyond` is whether the reader sees more than they asked for;
    /// `language` is that of mails and pages where it is not the site's.
    ///
    /// `saved_filters` holds each text that anybody reads by once, so that who keeps them compiled learns of changes only. A
    /// filter's number and a removal's come from one counter, in the order in which they were committed; of a removed filter
    /// only its number stays, since its text was somebody's. `preference_links` says when a link to preferences was last used,
    /// by the day on which it was made. In the consent log an address is a keyed hash, and so is the one it was moved from.
    private static func subscribers(_ dialect: Dialect) -> [String] {
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
                beyond BIGINT NOT NULL DEFAULT 0,
                language TEXT,
                next_digest_at BIGINT,
                last_seq BIGINT NOT NULL,
                token_epoch BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                confirmed_at BIGINT,
                resume_at BIGINT,
                left_from TEXT,
                left_at BIGINT
            )
            """,
            // A whole site's readers are often due at one moment. Without `id` PostgreSQL would sort all of them anew for each
            // batch; SQLite has it in every index.
            "CREATE INDEX subscribers_due ON subscribers (state, next_digest_at, id)",
            "CREATE INDEX subscribers_resume ON subscribers (resume_at) WHERE state = 'paused' AND resume_at IS NOT NULL",
            "CREATE INDEX subscribers_domain ON subscribers ((\(dialect.domain("address_key"))))",
            """
            CREATE TABLE subscriptions (
                id \(dialect.identity),
                subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
                kind TEXT NOT NULL,
                value TEXT NOT NULL,
                UNIQUE (subscriber_id, kind, value)
            )
            """,
            "CREATE TABLE saved_filters (number BIGINT PRIMARY KEY, text TEXT NOT NULL UNIQUE, readers BIGINT NOT NULL)",
            "CREATE TABLE removed_filters (number BIGINT PRIMARY KEY, filter BIGINT NOT NULL)",
            """
            CREATE TABLE marks (
                subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
                paper_seq BIGINT NOT NULL REFERENCES papers (seq) ON DELETE CASCADE,
                liked BIGINT NOT NULL,
                marked_at BIGINT NOT NULL,
                PRIMARY KEY (subscriber_id, paper_seq)
            )
            """,
            "CREATE INDEX marks_paper ON marks (paper_seq)",
            """
            CREATE TABLE preference_links (
                subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
                made_on BIGINT NOT NULL,
                used_on BIGINT NOT NULL,
                PRIMARY KEY (subscriber_id, made_on)
            )
            """,
            """
            CREATE TABLE leaving_reasons (
                subscriber_id BIGINT PRIMARY KEY REFERENCES subscribers (id) ON DELETE CASCADE,
                reason TEXT NOT NULL,
                words TEXT NOT NULL,
                given_at BIGINT NOT NULL
            )
            """,
            "CREATE TABLE suppressions (address_hash TEXT PRIMARY KEY, reason TEXT NOT NULL, created_at BIGINT NOT NULL)",
            """
            CREATE TABLE consent_log (
                id \(dialect.identity),
                address_hash TEXT NOT NULL,
                previous_hash TEXT,
                event TEXT NOT NULL,
                source TEXT NOT NULL,
                at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX consent_log_address ON consent_log (address_hash, at)",
            "CREATE INDEX consent_log_at ON consent_log (at, event)",
        ]
    }

    /// The ledger, and what came back. `next_attempt_at` is when a row may be taken: for one that is being sent, when its claim
    /// lapses. `nonce` is random, and what Message-ID and envelope sender stand on; `recipient` is an address that is not the
    /// subscriber's; `asked` is what a mail's link adds to a subscription, as JSON, until the link has ended. What a digest
    /// holds is stored once for all who get the same of one morning, so that rows, which are written three times each, stay
    /// short.
    ///
    /// There is at most one bounce or complaint for each delivery: which domain it concerned and what was said, what it counts
    /// where that is not what its fault counts, and what it ended, so that it can be taken back. `breakers` says who refuses
    /// everybody, `message_limits` who takes which sizes, and `relays` what was learnt of each mail server, by its address and
    /// what it names itself. `set_aside` has the mails to the bounce address whose reading was begun, by hash; those with a
    /// reason are not read again.
    private static func deliveries(_ dialect: Dialect) -> [String] {
        [
            "CREATE TABLE digest_contents (contents_key TEXT PRIMARY KEY, contents TEXT NOT NULL)",
            """
            CREATE TABLE deliveries (
                id \(dialect.identity),
                nonce BIGINT NOT NULL,
                subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
                recipient TEXT,
                recipient_key TEXT,
                kind TEXT NOT NULL,
                slot TEXT NOT NULL,
                contents_key TEXT,
                asked TEXT,
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
            // For a condition with `IN`, SQLite builds a list of the states anew for each row that it writes.
            "CREATE INDEX deliveries_queue ON deliveries (next_attempt_at, id) WHERE \(DeliveryRows.waits)",
            "CREATE INDEX deliveries_claims ON deliveries (claimed_by) WHERE claimed_by IS NOT NULL",
            "CREATE INDEX deliveries_recipient ON deliveries (recipient_key) WHERE recipient_key IS NOT NULL",
            "CREATE INDEX deliveries_asked ON deliveries (created_at) WHERE asked IS NOT NULL",
            // Tells which contents nobody's row names any longer.
            "CREATE INDEX deliveries_contents ON deliveries (contents_key) WHERE contents_key IS NOT NULL",
            """
            CREATE TABLE bounces (
                delivery_id BIGINT PRIMARY KEY REFERENCES deliveries (id) ON DELETE CASCADE,
                subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
                fault TEXT NOT NULL,
                diagnostic TEXT NOT NULL,
                source TEXT NOT NULL,
                received_at BIGINT NOT NULL,
                domain TEXT,
                words TEXT,
                tenths BIGINT,
                stopped_from TEXT,
                address_hash TEXT
            )
            """,
            "CREATE INDEX bounces_subscriber ON bounces (subscriber_id, delivery_id)",
            "CREATE INDEX bounces_domain ON bounces (domain, received_at)",
            "CREATE INDEX bounces_received ON bounces (received_at)",
            "CREATE INDEX bounces_words ON bounces (words, received_at)",
            """
            CREATE TABLE breakers (
                scope TEXT NOT NULL,
                name TEXT NOT NULL,
                kind TEXT NOT NULL,
                said TEXT NOT NULL,
                source TEXT NOT NULL,
                holds BIGINT NOT NULL,
                readers BIGINT NOT NULL,
                opened_at BIGINT NOT NULL,
                refused_at BIGINT NOT NULL,
                probe_at BIGINT NOT NULL,
                probed_at BIGINT,
                failures BIGINT NOT NULL,
                closed_at BIGINT,
                told BIGINT NOT NULL DEFAULT 0,
                PRIMARY KEY (scope, name, kind)
            )
            """,
            "CREATE TABLE message_limits (party TEXT PRIMARY KEY, bytes BIGINT NOT NULL, learnt_at BIGINT NOT NULL)",
            """
            CREATE TABLE relays (
                address TEXT NOT NULL,
                identity TEXT NOT NULL,
                pipelining TEXT,
                reason TEXT,
                pipelining_at BIGINT,
                message_limit BIGINT,
                limit_at BIGINT,
                PRIMARY KEY (address, identity)
            )
            """,
            """
            CREATE TABLE set_aside (
                mail TEXT PRIMARY KEY,
                tries BIGINT NOT NULL,
                reason TEXT,
                begun_at BIGINT NOT NULL
            )
            """,
        ]
    }

    private static func feeds(_ dialect: Dialect) -> [String] {
        [
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
            """
        ]
    }

    /// What belongs to the site itself, such as its key; numbers last given; what happened on each day (UTC), in sums that
    /// nobody has to gather from millions of rows and that stay when old deliveries go; and the operator's open sessions, of
    /// which a row holds a hash, so that who reads the database gets no cookie from it.
    private static let site = [
        "CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
        "INSERT INTO counters (name, value) VALUES ('paper', 0), ('change', 0), ('filter', 0)",
        """
        CREATE TABLE daily_counts (
            day BIGINT NOT NULL,
            name TEXT NOT NULL,
            count BIGINT NOT NULL,
            PRIMARY KEY (day, name)
        )
        """,
        "CREATE TABLE admin_sessions (session_hash TEXT PRIMARY KEY, expires_at BIGINT NOT NULL)",
    ]
}
