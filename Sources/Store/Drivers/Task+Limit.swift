import Synchronization

extension Task where Failure == any Error {
    /// What becomes of the task; nil where that takes longer. The task goes on then.
    func value(within limit: Duration) async throws -> Success? {
        let waiting = Mutex<CheckedContinuation<Success?, any Error>?>(nil)
        let take: @Sendable () -> CheckedContinuation<Success?, any Error>? = {
            waiting.withLock { waiting in
                defer { waiting = nil }
                return waiting
            }
        }
        return try await withCheckedThrowingContinuation { continuation in
            waiting.withLock { $0 = continuation }
            let alarm = Task<Void, any Error> {
                try await Task<Never, Never>.sleep(for: limit)
                take()?.resume(returning: nil)
            }
            Task<Void, Never> {
                let result = await self.result
                alarm.cancel()
                take()?.resume(with: result.map(Optional.some))
            }
        }
    }
}
