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

    /// What the code of such a token is made for. A literal each, since a mail holds several tokens.
    fileprivate var use: String {
        switch self {
        case .confirm: "token confirm"
        case .unsubscribe: "token unsubscribe"
        case .preferences: "token preferences"
        case .marks: "token marks"
        case .left: "token left"
        case .address: "token address"
        }
    }
}

/// The signed part of a link: purpose, subscriber, epoch and, for some, a time and what it is about. Nothing about it is
/// stored.
public struct Token: Sendable, Equatable {
    public let purpose: TokenPurpose
    public let subscriberID: Int64
    /// The subscriber's epoch when the link was made: a random number that no other subscriber ever has. Another one voids
    /// the link.
    public let epoch: Int64
    /// Nil for links that never expire, as an unsubscribe link must not, and for those whose end depends on their use.
    public let expiresAt: Date?
    /// The day on which a link to preferences was made, in days since 1970 (UTC); 0 for the others.
    public let madeOn: Int64
    /// What else the link is about, such as an address; may be seen by its bearer, and cannot be changed.
    public let detail: String?

    public init(
        purpose: TokenPurpose, subscriberID: Int64, epoch: Int64, expiresAt: Date? = nil, madeOn: Int64 = 0,
        detail: String? = nil
    ) {
        self.detail = detail
        self.purpose = purpose
        self.subscriberID = subscriberID
        self.epoch = epoch
        self.madeOn = madeOn
        // Whole seconds travel in the token.
        self.expiresAt = expiresAt.map { Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded(.down)) }
    }

    /// Why a token is not accepted. Its bearer is told only that the link is not valid, or that it is too old.
    public enum Refusal: Error, Sendable { case forged, expired }

    /// Payload and the first 128 bits of its HMAC, base64url (RFC 4648 §5) without padding.
    ///
    /// The payload is the subscriber's number, the epoch in eight bytes, for purposes with a time that time, and the detail;
    /// numbers have their length before them, in one byte.
    public func text(key: SiteKey) -> String {
        Base64URL.encode(key.sealed(purpose.use, codeLength: Self.codeLength, appendPayload))
    }

    private func appendPayload(to bytes: inout [UInt8]) {
        NumberBytes.append(subscriberID, to: &bytes)
        withUnsafeBytes(of: epoch.bigEndian) { bytes.append(contentsOf: $0) }
        switch purpose {
        case .unsubscribe, .marks: break
        case .preferences: NumberBytes.append(madeOn, to: &bytes)
        case .confirm, .left, .address:
            NumberBytes.append(expiresAt.map { Int64($0.timeIntervalSince1970) } ?? 0, to: &bytes)
        }
        if let detail { bytes.append(contentsOf: detail.utf8) }
    }

    /// Reads a token of one purpose. The code is compared in constant time before anything else is looked at.
    public init(_ text: String, purpose: TokenPurpose, key: SiteKey, now: Date) throws(Refusal) {
        self = try Token(text, purpose: purpose, key: key)
        if let expiresAt, expiresAt < now { throw .expired }
    }

    /// Reads a token however old it is: whose link it was, which opens nothing by itself.
    public init(anyAge text: String, purpose: TokenPurpose, key: SiteKey) throws(Refusal) {
        self = try Token(text, purpose: purpose, key: key)
    }

    private init(_ text: String, purpose: TokenPurpose, key: SiteKey) throws(Refusal) {
        guard text.utf8.count <= 500, let bytes = Base64URL.decode(text), bytes.count > Self.codeLength else {
            throw .forged
        }
        var rest = bytes.dropLast(Self.codeLength)
        guard key.isSealed(bytes, purpose.use, codeLength: Self.codeLength) else { throw .forged }
        guard let subscriberID = NumberBytes.take(&rest), rest.count >= 8 else { throw .forged }
        let epoch = Int64(truncatingIfNeeded: rest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        rest = rest.dropFirst(8)
        var (expiry, madeOn) = (Int64(0), Int64(0))
        switch purpose {
        case .unsubscribe, .marks: break
        case .preferences:
            guard let day = NumberBytes.take(&rest) else { throw .forged }
            madeOn = day
        case .confirm, .left, .address:
            guard let seconds = NumberBytes.take(&rest) else { throw .forged }
            expiry = seconds
        }
        self.init(
            purpose: purpose, subscriberID: subscriberID, epoch: epoch,
            expiresAt: expiry == 0 ? nil : Date(timeIntervalSince1970: Double(expiry)), madeOn: madeOn,
            detail: rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self))
    }

    private static let codeLength = 16
}

/// Base64 for URLs, RFC 4648 §5, without padding.
enum Base64URL {
    static func encode(_ bytes: [UInt8]) -> String { encode(bytes[...]) }

    static func encode(_ bytes: ArraySlice<UInt8>) -> String {
        Base64.encode(bytes) { text in
            for index in text.indices { text[index] = urlSafe(text[index]) }
            return (bytes.count * 4 + 2) / 3
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
