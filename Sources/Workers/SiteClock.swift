import Foundation

/// The time as the workers see it, and waiting in it. Every decision takes it from here, so that tests and `--at` can set
/// it.
public struct SiteClock: Sendable {
    private let read: @Sendable () -> Date
    private let wait: @Sendable (TimeInterval) async throws -> Void

    /// - Parameter wait: passes that many seconds of this clock's time; throws `CancellationError` when cancelled.
    public init(
        _ read: @escaping @Sendable () -> Date,
        wait: @escaping @Sendable (TimeInterval) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        self.read = read
        self.wait = wait
    }

    public var now: Date { read() }

    /// Waits for that many seconds.
    public func sleep(for seconds: TimeInterval) async throws { if seconds > 0 { try await wait(seconds) } }

    public static let system = SiteClock { Date() }

    /// A clock that shows `start` now and runs on from there at its usual pace.
    public static func starting(at start: Date) -> SiteClock {
        let begun = ContinuousClock.now
        return SiteClock {
            let elapsed = begun.duration(to: .now).components
            return start.addingTimeInterval(Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
        }
    }
}
