import Synchronization

/// Header fields that many messages share, encoded once: a list's sender, the subject of those who read the same.
final class FieldCache<Value: Hashable & Sendable>: Sendable {
    private let known = Mutex<[Value: HeaderField]>([:])
    /// More are thrown away: subjects change every morning.
    private let most: Int

    init(most: Int) { self.most = most }

    func field(of value: Value, _ make: () throws(MailError) -> HeaderField) throws(MailError) -> HeaderField {
        if let field = known.withLock({ $0[value] }) { return field }
        let field = try make()
        known.withLock { known in
            if known.count >= most { known = [:] }
            known[value] = field
        }
        return field
    }
}
