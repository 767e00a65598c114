import Core
import Filters
import Foundation
import Mail

/// Subscribers as rows: one in `subscribers`, one a topic, filter or author in `subscriptions`.
enum SubscriberRows {
    /// - Parameter wanted: whose interests are read; nil for everybody's. The others come out with none.
    static func load(
        _ sql: any SQLConnection, _ condition: String, _ arguments: [any SQLArgument],
        interestsOf wanted: [Int64]? = nil
    ) throws -> [Subscriber] {
        let rows = try sql.rows("SELECT * FROM subscribers \(condition)", arguments)
        let interests = try interests(sql, of: wanted ?? rows.map { try $0.number("id") })
        return try rows.map { try subscriber($0, interests: interests) }
    }

    /// Writes a new subscriber with interests and language; active ones become due at their next time.
    ///
    /// - Returns: the number; nil where the address (normalised) is known.
    static func insert(_ sql: any SQLConnection, _ new: NewSubscriber, at now: Date) throws -> Int64? {
        let isActive = new.state == .active
        let row = try sql.row(
            """
            INSERT INTO subscribers (email, address_key, state, time_zone, send_minute, cadence, weekday, max_papers,
                next_digest_at, last_seq, created_at, confirmed_at, token_epoch)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (address_key) DO NOTHING RETURNING id
            """,
            [
                new.address.description, new.address.key, new.state.rawValue, new.schedule.timeZone.identifier,
                new.schedule.minute, new.schedule.cadence.rawValue, new.schedule.weekday, new.maxPapers,
                (isActive ? new.schedule.next(after: now) : nil).milliseconds, new.lastSeq, now.milliseconds,
                isActive ? now.milliseconds : nil as Int64?, Nonce.random(),
            ])
        guard let id = try row?.number("id") else { return nil }
        try replaceInterests(sql, of: id, with: new.interests)
        try setLanguage(sql, of: id, to: new.language)
        return id
    }

    static func interests(_ sql: any SQLConnection, of ids: [Int64]) throws -> [Int64: Interests] {
        guard !ids.isEmpty else { return [:] }
        var interests: [Int64: Interests] = [:]
        for row in try sql.rows(
            "SELECT * FROM subscriptions WHERE subscriber_id \(sql.among("$1")) ORDER BY subscriber_id, id",
            [NumberList(ids)])
        {
            let id = try row.number("subscriber_id")
            let value = try row.need("value")
            switch try row.need("kind") {
            case "topic": interests[id, default: Interests()].topics.append(value)
            case "author":
                // None that an older program took is refused; one that were would be nobody's.
                if let author = try? AuthorName(value) { interests[id, default: Interests()].authors.append(author) }
            default: interests[id, default: Interests()].filters.append(value)
            }
        }
        return interests
    }

    static func replaceInterests(_ sql: any SQLConnection, of id: Int64, with interests: Interests) throws {
        let before = Set(try filterTexts(sql, of: id))
        try sql.execute("DELETE FROM subscriptions WHERE subscriber_id = $1", [id])
        try insertInterests(sql, [(id, interests)])
        let after = Set(interests.filterTexts)
        try SavedFilterRows.drop(before.subtracting(after).sorted(), sql)
        try SavedFilterRows.takeUp(after.subtracting(before).sorted(), sql)
    }

    /// The interests of people who have none yet.
    static func addInterests(_ sql: any SQLConnection, _ people: [(id: Int64, interests: Interests)]) throws {
        try insertInterests(sql, people)
        var readers: [String: Int] = [:]
        for (_, interests) in people {
            for filter in Set(interests.filterTexts) { readers[filter, default: 0] += 1 }
        }
        if !readers.isEmpty { try SavedFilterRows.takeUp(readers, sql) }
    }

    private static func insertInterests(_ sql: any SQLConnection, _ people: [(id: Int64, interests: Interests)]) throws
    {
        try sql.execute(
            """
            INSERT INTO subscriptions (subscriber_id, kind, value) VALUES ($1, $2, $3)
            ON CONFLICT (subscriber_id, kind, value) DO NOTHING
            """,
            each: people.flatMap { id, interests in
                interests.topics.map { [id, "topic", $0] } + interests.filters.map { [id, "filter", $0] }
                    + interests.authors.map { [id, "author", $0.text] }
            })
    }

    static func setLanguage(_ sql: any SQLConnection, of id: Int64, to language: Language?) throws {
        try sql.execute("UPDATE subscribers SET language = $2 WHERE id = $1", [id, language?.rawValue])
    }

    /// Deletes a person; what hangs on the row goes with it.
    static func remove(_ sql: any SQLConnection, id: Int64) throws -> Bool {
        try SavedFilterRows.drop(try filterTexts(sql, of: id), sql)
        try ContentsRows.forget(of: id, sql)
        return try sql.execute("DELETE FROM subscribers WHERE id = $1", [id]) > 0
    }

    /// Each once, in order.
    private static func filterTexts(_ sql: any SQLConnection, of id: Int64) throws -> [String] {
        Set(try interests(sql, of: [id])[id]?.filterTexts ?? []).sorted()
    }

    static func log(_ sql: any SQLConnection, _ consent: Consent) throws { try log(sql, [consent]) }

    static func log(_ sql: any SQLConnection, _ lines: [Consent]) throws {
        try sql.execute(
            "INSERT INTO consent_log (address_hash, event, source, at, previous_hash) VALUES ($1, $2, $3, $4, $5)",
            each: lines.map { [$0.addressHash, $0.event, $0.source, $0.at.milliseconds, $0.previousHash] })
    }

    private static func subscriber(_ row: SQLRow, interests: [Int64: Interests]) throws -> Subscriber {
        let id = try row.number("id")
        let email = try row.need("email")
        let address: Address
        do {
            address = try Address(email)
        } catch {
            throw StoreError(
                .damaged, "subscriber \(id) has an address that cannot be read (\(error))", mend: "remove it")
        }
        return Subscriber(
            id: id, address: address, state: SubscriberState(rawValue: try row.need("state")) ?? .paused,
            schedule: try DeliverySchedule(row),
            maxPapers: Int(try row.number("max_papers")), interests: interests[id] ?? Interests(),
            seesBeyond: try row.number("beyond") != 0,
            language: try row.text("language").flatMap { Language(rawValue: $0) },
            nextDigestAt: try row.date("next_digest_at"), lastSeq: try row.number("last_seq"),
            tokenEpoch: try row.number("token_epoch"), createdAt: try row.instant("created_at"),
            confirmedAt: try row.date("confirmed_at"), resumeAt: try row.date("resume_at"),
            leftFrom: try row.text("left_from").flatMap(SubscriberState.init), leftAt: try row.date("left_at"))
    }
}

extension DeliverySchedule {
    /// That of a subscriber's row.
    init(_ row: SQLRow) throws {
        self.init(
            timeZone: CivilZone(stored: try row.need("time_zone")), minute: Int(try row.number("send_minute")),
            cadence: Cadence(rawValue: try row.need("cadence")) ?? .daily, weekday: Int(try row.number("weekday")))
    }
}
