import Foundation

/// The time as the workers see it. Every decision takes it from here, so that tests and `--at` can set it.
public struct SiteClock: Sendable {
    private let read: @Sendable () -> Date

    public init(_ read: @escaping @Sendable () -> Date) { self.read = read }

    public var now: Date { read() }

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
