import COpenSSL
import Foundation

/// A private key for DKIM: RSA (RFC 6376) or Ed25519 (RFC 8463). All of OpenSSL's pointers stay in this file.
///
/// `@unchecked Sendable` because the key is never changed after it was read, and OpenSSL lets several threads sign with
/// one key at once (it counts references and locks its blinding itself).
public final class DKIMKey: @unchecked Sendable {
    public enum Algorithm: String, Sendable, CaseIterable {
        case rsa = "rsa-sha256"
        case ed25519 = "ed25519-sha256"
    }

    public let algorithm: Algorithm
    private let key: OpaquePointer

    /// Reads a PEM file's text (PKCS #8, or PKCS #1 for RSA), without a passphrase.
    ///
    /// - Throws: ``MailError`` for what is no key, another kind of key, and RSA of less than 1,024 bits, which
    ///   receivers must refuse (RFC 8301 section 3.2).
    public convenience init(pem: String) throws(MailError) {
        let bytes = Array(pem.utf8)
        let key = bytes.withUnsafeBytes { broadsheet_read_private_key($0.baseAddress, Int32($0.count)) }
        guard let key else {
            throw MailError("the DKIM key cannot be read: it must be a PEM private key without a passphrase")
        }
        try self.init(key)
    }

    /// Makes a new key; RSA has 2,048 bits.
    public static func generate(_ algorithm: Algorithm) throws(MailError) -> DKIMKey {
        let key = algorithm == .rsa ? broadsheet_generate_rsa(2048) : broadsheet_generate_ed25519()
        guard let key else {
            throw MailError("OpenSSL cannot make a \(algorithm.rawValue) key: check its installation")
        }
        return try DKIMKey(key)
    }

    /// Takes over `key` and frees it.
    private init(_ key: OpaquePointer) throws(MailError) {
        self.key = key
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_RSA:
            algorithm = .rsa
            guard EVP_PKEY_get_bits(key) >= 1024 else {
                throw MailError("the DKIM key has \(EVP_PKEY_get_bits(key)) bits, receivers want 2048: make a new one")
            }
        case EVP_PKEY_ED25519: algorithm = .ed25519
        default: throw MailError("the DKIM key is neither RSA nor Ed25519: make a new one")
        }
    }

    deinit { EVP_PKEY_free(key) }

    /// The key as PKCS #8 PEM text, for a file with mode 0600.
    public var pem: String {
        let bytes = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
            let text = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
            count = broadsheet_write_private_key(key, text, buffer.count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The TXT record for `selector._domainkey.domain` (RFC 6376 section 3.6.1, RFC 8463 section 4).
    public var dnsRecord: String {
        let name = algorithm == .rsa ? "rsa" : "ed25519"
        return "v=DKIM1; k=\(name); p=\(Base64.encode(publicKey))"
    }

    /// SubjectPublicKeyInfo for RSA, as everybody publishes it; the 32 bytes themselves for Ed25519.
    private var publicKey: [UInt8] {
        if algorithm == .ed25519 {
            return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
                count = 32
                EVP_PKEY_get_raw_public_key(key, buffer.baseAddress, &count)
            }
        }
        let length = max(0, Int(i2d_PUBKEY(key, nil)))
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            var end = buffer.baseAddress
            count = max(0, Int(i2d_PUBKEY(key, &end)))
        }
    }

    /// Signs `data` by the algorithm: RSA with PKCS #1 v1.5 over SHA-256, Ed25519 over the SHA-256 digest.
    func sign(_ data: [UInt8]) throws(MailError) -> [UInt8] {
        let input = algorithm == .rsa ? data : try digest(data)
        guard let context = EVP_MD_CTX_new() else { throw failure }
        defer { EVP_MD_CTX_free(context) }
        let hash = algorithm == .rsa ? EVP_sha256() : nil
        guard EVP_DigestSignInit(context, nil, hash, nil, key) == 1 else { throw failure }
        var length = Int(EVP_PKEY_get_size(key))
        let signature = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            let done = EVP_DigestSign(context, buffer.baseAddress, &length, input, input.count)
            count = done == 1 ? length : 0
        }
        guard !signature.isEmpty else { throw failure }
        return signature
    }

    /// Whether `signature` is this key's over `data`.
    func verifies(_ signature: [UInt8], over data: [UInt8]) throws(MailError) -> Bool {
        let input = algorithm == .rsa ? data : try digest(data)
        guard let context = EVP_MD_CTX_new() else { throw failure }
        defer { EVP_MD_CTX_free(context) }
        let hash = algorithm == .rsa ? EVP_sha256() : nil
        guard EVP_DigestVerifyInit(context, nil, hash, nil, key) == 1 else { throw failure }
        defer { ERR_clear_error() }
        return EVP_DigestVerify(context, signature, signature.count, input, input.count) == 1
    }

    private func digest(_ data: [UInt8]) throws(MailError) -> [UInt8] {
        let hash = try SHA256()
        hash.update(data)
        return hash.finish()
    }

    private var failure: MailError {
        MailError("OpenSSL cannot sign with the DKIM key (\(algorithm.rawValue)): make a new one")
    }
}
