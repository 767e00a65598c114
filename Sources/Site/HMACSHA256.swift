import COpenSSL
import Synchronization

/// HMAC-SHA-256 (RFC 2104) under one key, by OpenSSL, which works the key in once and not for each message.
final class HMACSHA256: Sendable {
    private let first: Context
    /// As many as ever were at work at once.
    private let idle: Mutex<[Context]>

    init(key: [UInt8]) {
        // Nothing that is sent or shown could be trusted without it, and every OpenSSL has it.
        guard let context = broadsheet_hmac_sha256(key, key.count) else {
            preconditionFailure("OpenSSL has no HMAC-SHA-256: check its installation")
        }
        first = Context(context)
        idle = Mutex([])
    }

    /// Bytes of a code.
    static let length = 32

    /// Writes the 32 bytes that authenticate a message.
    func code(_ message: [UInt8], into output: UnsafeMutableRawBufferPointer) {
        let context = idle.withLock { $0.popLast() } ?? first.copy()
        defer { idle.withLock { $0.append(context) } }
        var count = 0
        // Without a key it begins anew with the one it has.
        let isDone =
            EVP_MAC_init(context.raw, nil, 0, nil) == 1
            && EVP_MAC_update(context.raw, message, message.count) == 1
            && EVP_MAC_final(context.raw, output.baseAddress, &count, output.count) == 1
        precondition(isDone && count == Self.length, "OpenSSL cannot compute HMAC-SHA-256: is there memory left?")
    }

    /// `@unchecked Sendable` because the first is only copied, and of the others each is in use by one message at a time.
    private final class Context: @unchecked Sendable {
        let raw: OpaquePointer

        init(_ raw: OpaquePointer) { self.raw = raw }

        deinit { EVP_MAC_CTX_free(raw) }

        func copy() -> Context {
            guard let copy = EVP_MAC_CTX_dup(raw) else {
                preconditionFailure("OpenSSL cannot compute HMAC-SHA-256: is there memory left?")
            }
            return Context(copy)
        }
    }
}
