import Foundation
import Mail

/// What came of a change of address.
public enum AddressChange: Sendable {
    case changed(Subscriber)
    /// The new address has a subscription of its own.
    case taken
    /// The new address must not be mailed.
    case suppressed
    /// There is nobody to change: gone, left, or changed meanwhile.
    case void
}

extension SubscriberStore {
    /// Gives a subscription another address, whose owner has agreed, and voids every link that was ever sent to the old one.
    ///
    /// A subscription at the new address that was never confirmed, or has ended, is deleted. Bounces of the old address no
    /// longer count.
    ///
    /// - Parameters:
    ///   - epoch: that of the link by which it was agreed to; after another change it is void.
    ///   - notice: is queued with it, for the old address.
    ///   - links: is queued with it, for the new one.
    ///   - left: the line of the log about the old address.
    ///   - taken: the line about the new one.
    public func changeAddress(
        id: Int64, to address: Address, epoch: Int64, notice: QueuedMail, links: QueuedMail, left: Consent,
        taken: Consent
    ) async throws -> AddressChange {
        try await driver.write(.people) { sql in
            guard let before = try SubscriberRows.load(sql, "WHERE id = $1", [id]).first, before.tokenEpoch == epoch,
                before.state.isReader
            else { return .void }
            guard try sql.row("SELECT 1 AS one FROM suppressions WHERE address_hash = $1", [taken.addressHash]) == nil
            else { return .suppressed }
            if let other = try SubscriberRows.load(sql, "WHERE address_key = $1", [address.key]).first, other.id != id {
                guard other.isAwaited else { return .taken }
                _ = try SubscriberRows.remove(sql, id: other.id)
            }
            try sql.execute(
                "UPDATE subscribers SET email = $2, address_key = $3, token_epoch = $4 WHERE id = $1",
                [id, address.description, address.key, Nonce.random()])
            try sql.execute("DELETE FROM preference_links WHERE subscriber_id = $1", [id])
            try sql.execute(
                "UPDATE bounces SET fault = $2 WHERE subscriber_id = $1", [id, DeliveryFault.forgiven.rawValue])
            for mail in [notice, links] { try DeliveryRows.insert(sql, mail, to: id, at: taken.at) }
            try SubscriberRows.log(sql, left)
            try SubscriberRows.log(sql, taken)
            return try SubscriberRows.load(sql, "WHERE id = $1", [id]).first.map(AddressChange.changed) ?? .void
        }
    }
}
