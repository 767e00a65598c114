/// Answers at whole steps of time, so that how long the work took cannot be told from when its answer comes.
enum EvenPace {
    static let step = Duration.milliseconds(50)

    static func run<Value: Sendable>(
        step: Duration = Self.step, _ work: () async throws -> Value
    ) async throws -> Value {
        let start = ContinuousClock.now
        let result: Result<Value, any Error>
        do { result = .success(try await work()) } catch { result = .failure(error) }
        let steps = Int(start.duration(to: .now) / step) + 1
        try await Task.sleep(until: start + step * steps, tolerance: .zero)
        return try result.get()
    }
}
