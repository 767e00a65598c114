import COpenSSL
import Foundation

/// That somebody gave the operator's password, as their browser keeps it in a cookie. Nothing about it is stored.
///
/// It is signed together with the hash of the password, so that another password ends every session.
public struct AdminSession: Sendable, Equatable {
    /// Tells one login from another.
    public let number: String
    public let expiresAt: Date

    /// Seconds from login to the next.
    public static let lifetime: TimeInterval = 12 * 3600

    /// A session that begins now.
    ///
    /// - Throws: ``SiteError`` when the system has no randomness to give.
    public init(at now: Date) throws {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard RAND_bytes(&bytes, 16) == 1 else {
            throw SiteError("/admin", "the system gave no random bytes", mend: "log in again")
        }
        number = Base64URL.encode(bytes)
        // Whole seconds travel in the cookie.
        expiresAt = Date(timeIntervalSince1970: (now.timeIntervalSince1970 + Self.lifetime).rounded(.down))
    }

    /// The cookie's value: `EXPIRY.NUMBER.CODE`.
    public func text(key: SiteKey, password: PasswordHash) -> String {
        let payload = "\(Int64(expiresAt.timeIntervalSince1970)).\(number)"
        return "\(payload).\(Base64URL.encode(Self.code(payload, key, password)))"
    }

    /// Reads a cookie's value; nil for one that is not ours, was changed, is over or is of another password.
    public init?(_ text: String, key: SiteKey, password: PasswordHash, now: Date) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 200, parts.count == 3, let code = Base64URL.decode(String(parts[2])),
            SiteKey.equal(code, Self.code("\(parts[0]).\(parts[1])", key, password)),
            let seconds = Int64(parts[0])
        else { return nil }
        expiresAt = Date(timeIntervalSince1970: Double(seconds))
        number = String(parts[1])
        // One that ends later than one of now would is of a clock that was ahead.
        guard expiresAt > now, expiresAt.timeIntervalSince(now) <= Self.lifetime else { return nil }
    }

    private static func code(_ payload: String, _ key: SiteKey, _ password: PasswordHash) -> [UInt8] {
        key.code("admin session", Array("\(payload)\n\(password)".utf8))
    }
}
