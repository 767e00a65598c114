/// Waiting for what happens elsewhere: in another process, or on a thread that cannot tell.
public enum Awaiting {
    /// Far longer than a busy machine takes for what happens at all: only what never happens is given up.
    public static let limit = Duration.seconds(300)

    /// Asks again and again until the answer is yes.
    ///
    /// - Returns: false where it still is no after ``limit``, or where the task was cancelled.
    @discardableResult
    public static func until(_ holds: () async throws -> Bool) async rethrows -> Bool {
        let end = ContinuousClock.now + limit
        while try await !holds() {
            guard ContinuousClock.now < end, !Task.isCancelled else { return false }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return true
    }
}
