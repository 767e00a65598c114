import Foundation

/// Every address of this installation that stands in a mail or on a page.
public struct Links: Sendable {
    /// Without a trailing slash.
    public let baseURL: String
    private let key: SiteKey

    public init(baseURL: String, key: SiteKey) {
        self.baseURL = baseURL
        self.key = key
    }

    /// How long the link of a confirm mail is valid, in seconds.
    public static let confirmLifetime: TimeInterval = 48 * 3600

    /// How long leaving can be taken back, in seconds.
    public static let undoLifetime: TimeInterval = 7 * 86_400

    /// Days for which a link to preferences opens them after it was made or last used.
    public static let preferencesDays: Int64 = 365

    /// The day of a moment, in days since 1970 (UTC).
    public static func day(of now: Date) -> Int64 {
        Int64((max(0, min(now.timeIntervalSince1970, 1e12)) / 86_400).rounded(.down))
    }

    public var home: String { baseURL + "/" }

    public func confirm(subscriber id: Int64, epoch: Int64, now: Date) -> String {
        let token = Token(
            purpose: .confirm, subscriberID: id, epoch: epoch, expiresAt: now.addingTimeInterval(Self.confirmLifetime))
        return "\(baseURL)/confirm?token=\(token.text(key: key))"
    }

    /// Leads to the page that adds to what a reader gets what one mail asks to.
    ///
    /// - Parameter slot: of the mail.
    public func addition(subscriber id: Int64, epoch: Int64, slot: String, now: Date) -> String {
        let token = Token(
            purpose: .confirm, subscriberID: id, epoch: epoch, expiresAt: now.addingTimeInterval(Self.confirmLifetime),
            detail: slot)
        return "\(baseURL)/confirm?token=\(token.text(key: key))"
    }

    public func unsubscribe(subscriber id: Int64, epoch: Int64) -> String {
        "\(baseURL)/unsubscribe?token=\(Token(purpose: .unsubscribe, subscriberID: id, epoch: epoch).text(key: key))"
    }

    /// The token by which somebody who has just left takes it back or says why.
    public func leftToken(subscriber id: Int64, epoch: Int64, now: Date) -> String {
        Token(
            purpose: .left, subscriberID: id, epoch: epoch, expiresAt: now.addingTimeInterval(Self.undoLifetime)
        ).text(key: key)
    }

    /// Leads to the page that takes leaving back.
    public func undo(subscriber id: Int64, epoch: Int64, now: Date) -> String {
        "\(baseURL)/unsubscribe/undo?token=\(leftToken(subscriber: id, epoch: epoch, now: now))"
    }

    /// Leads to the page that makes `address` that of a subscription.
    public func newAddress(_ address: String, subscriber id: Int64, epoch: Int64, now: Date) -> String {
        let token = Token(
            purpose: .address, subscriberID: id, epoch: epoch, expiresAt: now.addingTimeInterval(Self.confirmLifetime),
            detail: address)
        return "\(baseURL)/address?token=\(token.text(key: key))"
    }

    /// Where a reader says what they think of a paper; `&paper=NUMBER&like=more` or `less` is to follow.
    public func marks(subscriber id: Int64, epoch: Int64) -> String {
        "\(baseURL)/mark?token=\(Token(purpose: .marks, subscriberID: id, epoch: epoch).text(key: key))"
    }

    /// Ends where it is unused for ``preferencesDays``.
    public func preferences(subscriber id: Int64, epoch: Int64, now: Date) -> String {
        "\(baseURL)/preferences?token=\(preferencesToken(id, epoch, now))"
    }

    /// Leads to the step before all of a person's data is deleted.
    public func delete(subscriber id: Int64, epoch: Int64, now: Date) -> String {
        "\(baseURL)/preferences/delete?token=\(preferencesToken(id, epoch, now))"
    }

    private func preferencesToken(_ id: Int64, _ epoch: Int64, _ now: Date) -> String {
        Token(purpose: .preferences, subscriberID: id, epoch: epoch, madeOn: Self.day(of: now)).text(key: key)
    }
}
