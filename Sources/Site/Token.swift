import Foundation
import Mail

/// What a link lets its bearer do.
public enum TokenPurpose: String, Sendable, CaseIterable {
    case confirm, unsubscribe, preferences
    /// Saying what one thinks of papers.
    case marks
    /// What somebody may do who has just left: take it back, and say why.
    case left
    /// Making another address that of the subscription; such a token names it.
    case address
}

/// The signed part of a link: purpose, subscriber, epoch and, for some, when it expires and what it is about. Nothing about
/// it is stored.
public struct Token: Sendable, Equatable {
    public let purpose: TokenPurpose
    public let subscriberID: Int64
    /// The subscriber's epoch when the link was made; a raised epoch voids it.
    public let epoch: Int64
    /// Nil for links that never expire, as an unsubscribe link must not.
    public let expiresAt: Date?
    /// What else the link is about, such as an address; may be seen by its bearer, and cannot be changed.
    public let detail: String?

    public init(
        purpose: TokenPurpose, subscriberID: Int64, epoch: Int64, expiresAt: Date? = nil, detail: String? = nil
    ) {
        self.detail = detail
        self.purpose = purpose
        self.subscriberID = subscriberID
        self.epoch = epoch
        // Whole seconds travel in the token.
        self.expiresAt = expiresAt.map { Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded(.down)) }
    }

    /// Why a token is not accepted. Its bearer is told only that the link is not valid, or that it is too old.
    public enum Refusal: Error, Sendable { case forged, expired }

    /// Payload and the first 128 bits of its HMAC, base64url (RFC 4648 §5) without padding.
    public func text(key: SiteKey) -> String {
        let expiry = expiresAt.map { Int64($0.timeIntervalSince1970) } ?? 0
        var bytes = Array("\(subscriberID).\(epoch).\(expiry)".utf8)
        if let detail { bytes.append(contentsOf: ".\(detail)".utf8) }
        let code = key.code("token \(purpose.rawValue)", bytes)
        bytes.append(0)
        bytes.append(contentsOf: code.prefix(16))
        return Base64URL.encode(bytes)
    }

    /// Reads a token of one purpose. The code is compared in constant time before anything else is looked at.
    public init(_ text: String, purpose: TokenPurpose, key: SiteKey, now: Date) throws(Refusal) {
        guard text.utf8.count <= 500, let bytes = Base64URL.decode(text), bytes.count > 17,
            bytes[bytes.count - 17] == 0
        else { throw .forged }
        let payload = Array(bytes[..<(bytes.count - 17)])
        guard SiteKey.equal(Array(bytes.suffix(16)), Array(key.code("token \(purpose.rawValue)", payload).prefix(16)))
        else { throw .forged }
        let parts = String(decoding: payload, as: UTF8.self).split(separator: ".", maxSplits: 3)
        let numbers = parts.prefix(3).compactMap { Int64($0) }
        guard numbers.count == 3 else { throw .forged }
        self.init(
            purpose: purpose, subscriberID: numbers[0], epoch: numbers[1],
            expiresAt: numbers[2] == 0 ? nil : Date(timeIntervalSince1970: Double(numbers[2])),
            detail: parts.count == 4 ? String(parts[3]) : nil)
        if let expiresAt, expiresAt < now { throw .expired }
    }
}

/// Base64 for URLs, RFC 4648 §5, without padding.
enum Base64URL {
    static func encode(_ bytes: [UInt8]) -> String {
        let standard = Base64.encode(bytes).utf8
        return String(unsafeUninitializedCapacity: standard.count) { output in
            var count = 0
            for byte in standard where byte != UInt8(ascii: "=") {
                output[count] = urlSafe(byte)
                count += 1
            }
            return count
        }
    }

    private static func urlSafe(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: byte
        }
    }

    /// Only the canonical form is read, so that one token has one spelling.
    static func decode(_ text: String) -> [UInt8]? {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding), encode(Array(data)) == text else { return nil }
        return Array(data)
    }
}
