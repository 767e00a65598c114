import COpenSSL
import Core

/// SHA-256 over pieces, by OpenSSL. All its pointers stay in this file.
///
/// `@unchecked Sendable` because one that several threads share is only copied, which changes nothing in it; see
/// ``HashedBeginning``.
package final class SHA256: @unchecked Sendable {
    private let context: OpaquePointer

    /// Looked up once: OpenSSL 3 searches its providers whenever it is given an algorithm by name. `nonisolated(unsafe)`
    /// because the pointer is set once and what it points to never changes; OpenSSL lets all threads use it at once.
    private nonisolated(unsafe) static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    init() throws(MailError) {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, Self.algorithm, nil) == 1 else {
            throw MailError("OpenSSL cannot compute SHA-256: check its installation")
        }
        self.context = context
    }

    /// One that has hashed the same as another so far.
    init(continuing other: SHA256) throws(MailError) {
        guard let context = EVP_MD_CTX_new(), EVP_MD_CTX_copy_ex(context, other.context) == 1 else {
            throw MailError("OpenSSL cannot copy a SHA-256 hash: look for a lack of memory")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    func update(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The digest of `bytes` in hexadecimal digits.
    package static func hexadecimal(_ bytes: [UInt8]) throws(MailError) -> String {
        let hash = try SHA256()
        hash.update(bytes)
        return Hexadecimal.encode(hash.finish())
    }

    /// The digest, once.
    func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            var length: UInt32 = 0
            EVP_DigestFinal_ex(context, buffer.baseAddress, &length)
            count = Int(length)
        }
    }
}
