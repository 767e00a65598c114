import COpenSSL

/// HMAC-SHA-256 (RFC 2104) under one key, by OpenSSL, which works the key in once and not for each message.
///
/// `@unchecked Sendable` because the context is only ever copied after it was made.
final class HMACSHA256: @unchecked Sendable {
    private let context: OpaquePointer

    init(key: [UInt8]) {
        // Nothing that is sent or shown could be trusted without it, and every OpenSSL has it.
        guard let context = broadsheet_hmac_sha256(key, key.count) else {
            preconditionFailure("OpenSSL has no HMAC-SHA-256: check its installation")
        }
        self.context = context
    }

    deinit { EVP_MAC_CTX_free(context) }

    /// The 32 bytes that authenticate `message`.
    func code(_ message: [UInt8]) -> [UInt8] {
        let copy = EVP_MAC_CTX_dup(context)
        defer { EVP_MAC_CTX_free(copy) }
        return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            let isDone =
                EVP_MAC_update(copy, message, message.count) == 1
                && EVP_MAC_final(copy, buffer.baseAddress, &count, 32) == 1
            precondition(isDone && count == 32, "OpenSSL cannot compute HMAC-SHA-256: is there memory left?")
        }
    }
}
