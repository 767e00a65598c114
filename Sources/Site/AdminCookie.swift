import COpenSSL
import Core
import Foundation
import Mail

/// What a browser that gave the operator's password keeps in a cookie: a number and when it ends, signed.
///
/// It is signed together with the hash of the password, so that another password voids every one of them.
public struct AdminCookie: Sendable, Hashable {
    /// What a cookie says of its browser; one's code never serves another's.
    public enum Kind: String, Sendable {
        /// That somebody is logged in, as long as the database knows the session too.
        case session = "admin session"
        /// That somebody logged in there before: it opens nothing, but its attempts to log in are counted by themselves
        /// (OWASP, “Device Cookies”), so that nobody's guessing locks this browser out.
        case device = "admin device"

        /// Seconds.
        public var lifetime: TimeInterval {
            switch self {
            case .session: 12 * 3600
            case .device: 90 * 86_400
            }
        }
    }

    public let kind: Kind
    /// Tells one login from another: 128 random bits.
    public let number: String
    public let expiresAt: Date

    /// A cookie of now.
    ///
    /// - Throws: ``SiteError`` when the system has no randomness to give.
    public init(_ kind: Kind, at now: Date) throws {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard RAND_bytes(&bytes, 16) == 1 else {
            throw SiteError("/admin", "the system gave no random bytes", mend: "log in again")
        }
        self.kind = kind
        number = Base64URL.encode(bytes)
        // Whole seconds travel in the cookie.
        expiresAt = Date(timeIntervalSince1970: (now.timeIntervalSince1970 + kind.lifetime).rounded(.down))
    }

    /// The cookie's value: `EXPIRY.NUMBER.CODE`.
    public func text(key: SiteKey, password: PasswordHash) -> String {
        let payload = "\(Int64(expiresAt.timeIntervalSince1970)).\(number)"
        return "\(payload).\(Base64URL.encode(Self.code(kind, payload, key, password)))"
    }

    /// Reads a cookie's value; nil for one that is not ours, was changed, is over or is of another kind or password.
    public init?(_ kind: Kind, _ text: String, key: SiteKey, password: PasswordHash, now: Date) {
        guard text.utf8.count <= 200 else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let code = Base64URL.decode(String(parts[2])),
            SiteKey.equal(code, Self.code(kind, "\(parts[0]).\(parts[1])", key, password)),
            let seconds = Int64(parts[0])
        else { return nil }
        self.kind = kind
        expiresAt = Date(timeIntervalSince1970: Double(seconds))
        number = String(parts[1])
        // One that ends later than one of now would is of a clock that was ahead.
        guard expiresAt > now, expiresAt.timeIntervalSince(now) <= kind.lifetime else { return nil }
    }

    /// What the database knows the cookie by: no cookie can be made of it.
    public func hash(key: SiteKey) -> String {
        Hexadecimal.encode(key.code("\(kind.rawValue) row", Array(number.utf8)).prefix(20))
    }

    private static func code(_ kind: Kind, _ payload: String, _ key: SiteKey, _ password: PasswordHash) -> [UInt8] {
        key.code(kind.rawValue, Array("\(payload)\n\(password)".utf8))
    }
}
