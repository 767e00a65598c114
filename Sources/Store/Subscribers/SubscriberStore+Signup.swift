import Core
import Foundation
import Mail

/// What becomes of an address that was typed into the box.
public struct SignupPolicy: Sendable {
    /// How many mails the box may cause to one address, whoever types it.
    public var allowances: [MailAllowance]
    /// When such a mail is no longer worth sending.
    public var expiresAt: Date

    public init(allowances: [MailAllowance], expiresAt: Date) {
        self.allowances = allowances
        self.expiresAt = expiresAt
    }
}

extension SubscriberStore {
    /// Takes an address that was typed into the box, in one transaction with the mail that answers it: nobody waits for a
    /// mail that was never written.
    ///
    /// An address that is not known, or has not confirmed or has left, gets the mail to confirm; one that reads already gets a
    /// mail with its links, or one that asks whether to add what is new of `new.interests`. One that is suppressed, bounced or
    /// complained gets none. Nothing of a subscription that is confirmed is changed.
    ///
    /// - Parameter new: pending, with what was asked for.
    /// - Throws: ``StoreError``; then nothing was stored.
    public func signUp(_ new: NewSubscriber, policy: SignupPolicy, consent: Consent) async throws {
        try await driver.write(.people) { sql in
            guard try sql.row("SELECT 1 AS one FROM suppressions WHERE address_hash = $1", [consent.addressHash]) == nil
            else { return }
            guard let known = try SubscriberRows.load(sql, "WHERE address_key = $1", [new.address.key]).first else {
                guard let id = try SubscriberRows.insert(sql, new, at: consent.at) else { return }
                try SubscriberRows.log(sql, consent)
                try Self.answer(sql, id, with: .confirm, policy, at: consent.at)
                return
            }
            switch known.state {
            case .pending, .unsubscribed:
                try SubscriberRows.replaceInterests(sql, of: known.id, with: new.interests)
                try SubscriberRows.setLanguage(sql, of: known.id, to: new.language)
                try SubscriberRows.log(sql, consent)
                try Self.answer(sql, known.id, with: .confirm, policy, at: consent.at)
            case .active, .paused:
                let asked = new.interests.subtracting(known.interests)
                guard !asked.isEmpty else {
                    try Self.answer(sql, known.id, with: .reminder, policy, at: consent.at)
                    return
                }
                guard let slot = try Self.answer(sql, known.id, with: .addition, policy, at: consent.at) else { return }
                try sql.execute(
                    "UPDATE deliveries SET asked = $3 WHERE subscriber_id = $1 AND slot = $2",
                    [known.id, slot, try asked.text])
            case .bounced, .complained: break
            }
        }
    }

    /// - Returns: the mail's slot; nil where the allowances are used up.
    @discardableResult
    private static func answer(
        _ sql: any SQLConnection, _ id: Int64, with kind: DeliveryKind, _ policy: SignupPolicy, at now: Date
    ) throws -> String? {
        try DeliveryLedger.enqueueAnswer(
            sql, kind, to: id, series: "answer", within: policy.allowances, at: now, expiresAt: policy.expiresAt)
    }

    /// What a mail asks to add to what its reader gets; nil where there is no such mail, or its time is over.
    ///
    /// - Parameter slot: of the mail.
    public func addition(of id: Int64, slot: String) async throws -> Interests? {
        try await driver.read { sql in try Self.addition(sql, id, slot) }
    }

    private static func addition(_ sql: any SQLConnection, _ id: Int64, _ slot: String) throws -> Interests? {
        try sql.row(
            "SELECT asked FROM deliveries WHERE subscriber_id = $1 AND slot = $2 AND asked IS NOT NULL", [id, slot])?
            .text("asked").flatMap { Interests(text: $0) }
    }

    /// Adds to what a reader gets what a mail asks to; doing it twice changes nothing.
    ///
    /// - Parameters:
    ///   - epoch: that of the link; after another change it is void.
    ///   - mostFilters: the most filters that a reader may have.
    /// - Returns: false where there is nothing to add it to, or there would be too many filters.
    public func add(
        additionOf id: Int64, slot: String, epoch: Int64, mostFilters: Int, consent: Consent
    ) async throws -> Bool {
        try await driver.write(.people) { sql in
            guard let reader = try SubscriberRows.load(sql, "WHERE id = $1", [id]).first, reader.tokenEpoch == epoch,
                reader.state.isReader, let asked = try Self.addition(sql, id, slot)
            else { return false }
            let new = asked.subtracting(reader.interests)
            guard !new.isEmpty else { return true }
            var interests = reader.interests
            interests.topics += new.topics
            interests.filters += new.filters
            guard interests.filters.count <= mostFilters else { return false }
            try SubscriberRows.replaceInterests(sql, of: id, with: interests)
            try SubscriberRows.log(sql, consent)
            return true
        }
    }

    /// Forgets what mails written before a moment asked to add: their links have ended.
    public func forgetAdditions(writtenBefore moment: Date) async throws {
        _ = try await driver.write(.people) { sql in
            try sql.execute(
                "UPDATE deliveries SET asked = NULL WHERE asked IS NOT NULL AND created_at < $1",
                [moment.milliseconds])
        }
    }
}

extension Interests {
    private struct Stored: Codable {
        var topics: [String]
        var filters: [String]
    }

    fileprivate var text: String {
        get throws {
            String(decoding: try JSONEncoder().encode(Stored(topics: topics, filters: filters)), as: UTF8.self)
        }
    }

    fileprivate init?(text: String) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(text.utf8)) else { return nil }
        self.init(topics: stored.topics, filters: stored.filters)
    }

    /// Those of these that are not among others.
    func subtracting(_ others: Interests) -> Interests {
        Interests(
            topics: topics.filter { !others.topics.contains($0) },
            filters: filters.filter { !others.filters.contains($0) })
    }
}
