import Synchronization

/// The deliveries that a process has claimed and not yet recorded or given back, with what names each mail for good.
final class HeldClaims: Sendable {
    private let nonces = Mutex<[Int64: Int64]>([:])

    func add(_ deliveries: [ClaimedDelivery]) {
        nonces.withLock { nonces in for delivery in deliveries { nonces[delivery.id] = delivery.nonce } }
    }

    func remove(_ ids: [Int64]) { nonces.withLock { nonces in for id in ids { nonces[id] = nil } } }

    var ids: [Int64] { nonces.withLock { Array($0.keys) } }

    /// The result with its mail's nonce, where that is held.
    func named(_ result: DeliveryResult) -> DeliveryResult {
        guard result.nonce == nil, let nonce = nonces.withLock({ $0[result.id] }) else { return result }
        var named = result
        named.nonce = nonce
        return named
    }
}
