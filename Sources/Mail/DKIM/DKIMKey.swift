import COpenSSL
import Foundation
import Synchronization

/// A private key for DKIM: RSA (RFC 6376) or Ed25519 (RFC 8463). All of OpenSSL's pointers stay in this file.
///
/// `@unchecked Sendable` because the key is never changed after it was read, and OpenSSL lets several threads copy one key
/// or sign with it at once (it counts references and locks what it keeps with a key).
public final class DKIMKey: @unchecked Sendable {
    public enum Algorithm: String, Sendable, CaseIterable {
        case rsa = "rsa-sha256"
        case ed25519 = "ed25519-sha256"
    }

    public let algorithm: Algorithm
    private let key: OpaquePointer
    /// As many as ever signed at once.
    private let idle = Mutex<[RSASigning]>([])

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
        let digest = try digest(data)
        return try algorithm == .rsa ? signByRSA(digest) : signByEdwards(digest)
    }

    private func signByRSA(_ digest: [UInt8]) throws(MailError) -> [UInt8] {
        guard let context = idle.withLock({ $0.popLast() }) ?? RSASigning(key) else { throw failure }
        let signature = [UInt8](unsafeUninitializedCapacity: Int(EVP_PKEY_get_size(key))) { buffer, count in
            count = buffer.count
            let done = EVP_PKEY_sign(context.raw, buffer.baseAddress, &count, digest, digest.count)
            if done != 1 { count = 0 }
        }
        // One that failed is not used again.
        guard !signature.isEmpty else { throw failure }
        idle.withLock { $0.append(context) }
        return signature
    }

    private func signByEdwards(_ digest: [UInt8]) throws(MailError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw failure }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1 else { throw failure }
        let signature = [UInt8](unsafeUninitializedCapacity: Int(EVP_PKEY_get_size(key))) { buffer, count in
            count = buffer.count
            let done = EVP_DigestSign(context, buffer.baseAddress, &count, digest, digest.count)
            if done != 1 { count = 0 }
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

/// What one RSA signature after another is made with. Each has a copy of the key: those who sign at once would wait for
/// each other's blinding, which OpenSSL keeps with the key and behind a lock.
///
/// `@unchecked Sendable` because whoever took it out of ``DKIMKey``'s store is its only user until it is back there.
private final class RSASigning: @unchecked Sendable {
    let raw: OpaquePointer

    /// - Returns: nil where OpenSSL cannot sign.
    init?(_ key: OpaquePointer) {
        guard let copy = EVP_PKEY_dup(key) else { return nil }
        // The context holds the copy from here on.
        defer { EVP_PKEY_free(copy) }
        guard let raw = EVP_PKEY_CTX_new(copy, nil) else { return nil }
        self.raw = raw
        guard EVP_PKEY_sign_init(raw) == 1, EVP_PKEY_CTX_set_rsa_padding(raw, RSA_PKCS1_PADDING) == 1,
            EVP_PKEY_CTX_set_signature_md(raw, EVP_sha256()) == 1
        else { return nil }
    }

    deinit { EVP_PKEY_CTX_free(raw) }
}
