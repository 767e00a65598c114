import COpenSSL
import Core
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
        let bytes = Self.beginning(purpose, message.count) + message
        return [UInt8](unsafeUninitializedCapacity: HMACSHA256.length) { output, count in
            hmac.code(bytes, into: UnsafeMutableRawBufferPointer(output))
            count = HMACSHA256.length
        }
    }

    /// What a message begins with before it is hashed.
    private static func beginning(_ purpose: String, _ more: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(purpose.utf8.count + 1 + more)
        bytes.append(contentsOf: purpose.utf8)
        bytes.append(0)
        return bytes
    }

    /// A payload with the first bytes of its code behind it, in one buffer: each mail holds several of these.
    ///
    /// - Parameters:
    ///   - codeLength: how many bytes of the code, at most 32.
    ///   - append: puts the payload behind what it is given.
    func sealed(_ purpose: String, codeLength: Int, _ append: (inout [UInt8]) -> Void) -> ArraySlice<UInt8> {
        // As much as the payloads that are short, which nearly all are, need with their code.
        var bytes = Self.beginning(purpose, 64)
        let start = bytes.count
        append(&bytes)
        withUnsafeTemporaryAllocation(byteCount: HMACSHA256.length, alignment: 1) { code in
            hmac.code(bytes, into: code)
            bytes.append(contentsOf: code.prefix(codeLength))
        }
        return bytes[start...]
    }

    /// Whether bytes are what ``sealed(_:codeLength:_:)`` gave for this purpose.
    func isSealed(_ bytes: [UInt8], _ purpose: String, codeLength: Int) -> Bool {
        bytes.count >= codeLength
            && Self.equal(
                Array(bytes.suffix(codeLength)),
                Array(code(purpose, Array(bytes.dropLast(codeLength))).prefix(codeLength)))
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
        let code = sealed("message-id", codeLength: 12) { $0.append(contentsOf: numbers.utf8) }.suffix(12)
        return "\(numbers).\(Hexadecimal.encode(code))"
    }
}
