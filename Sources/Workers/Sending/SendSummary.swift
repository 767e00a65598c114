/// What a round of sending came to.
public struct SendSummary: Sendable, Equatable {
    public var sent = 0
    public var deferred = 0
    public var failed = 0
    public var skipped = 0
    /// Each distinct refusal, without the address it concerned, and how often it came.
    public var problems: [String: Int] = [:]

    mutating func add(_ other: SendSummary) {
        sent += other.sent
        deferred += other.deferred
        failed += other.failed
        skipped += other.skipped
        problems.merge(other.problems, uniquingKeysWith: +)
    }
}
