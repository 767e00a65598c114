import COpenSSL
import Foundation
import Mail

/// The installation's secret: every link, token and Message-ID is authenticated with a key derived from it.
public struct SiteKey: Sendable {
    private let hmac: HMACSHA256

    /// - Parameter text: the configured secret, any text of at least 32 characters.
    public init(_ text: String) { hmac = HMACSHA256(key: Array(text.utf8)) }

    /// A new secret of 256 random bits, as hexadecimal digits.
    ///
    /// - Throws: ``SiteError`` when the system has no randomness to give.
    public static func generate() throws -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        guard RAND_bytes(&bytes, 32) == 1 else {
            throw SiteError("site.key", "the system gave no random bytes", mend: "set site.key by hand")
        }
        return Hexadecimal.encode(bytes)
    }

    /// HMAC-SHA-256 (RFC 2104) of a message under this key. The purpose keeps one use's codes from serving another's.
    public func code(_ purpose: String, _ message: [UInt8]) -> [UInt8] {
        hmac.code(Array(purpose.utf8), [0], message)
    }

    /// Whether two codes are equal, in time that does not depend on where they differ.
    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    /// What the consent log and the suppressions know an address by.
    public func addressHash(_ addressKey: String) -> String {
        Hexadecimal.encode(code("address", Array(addressKey.utf8)).prefix(20))
    }

    /// The left side of a mail's Message-ID, `SUBSCRIBER.NONCE.CODE`: the same at every attempt, and no other mail's ever,
    /// since the nonce is random. Only this installation can make the code.
    public func messageIDLocalPart(subscriber: Int64, nonce: Int64) -> String {
        let numbers = "\(subscriber).\(nonce)"
        return "\(numbers)." + Hexadecimal.encode(code("message-id", Array(numbers.utf8)).prefix(12))
    }
}
