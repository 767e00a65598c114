import Foundation
import Synchronization

/// Work that is given up after so much of the processor's time, however busy the machine is with others.
enum BoundedWork {
    /// Seconds between looks at the time used.
    private static let interval = Duration.milliseconds(50)

    /// Runs `work` on a thread of its own.
    ///
    /// Nothing can end a thread from outside: work that is given up goes on beside what follows, and what it gives is
    /// dropped.
    ///
    /// - Parameter seconds: of the processor's time.
    /// - Returns: nil where it took longer.
    static func run<Value: Sendable>(seconds: Double, _ work: @escaping @Sendable () -> Value) async -> Value? {
        let race = Race<Value>()
        let watch = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: interval)
                if let used = race.timeUsed, used > seconds { race.end(nil) }
            }
        }
        let value = await withCheckedContinuation { continuation in
            race.begin(continuation)
            let thread = Thread {
                let clock = ThreadClock()
                race.measure(clock)
                let value = work()
                race.end(clock.seconds > seconds ? nil : value)
            }
            thread.name = "bounded"
            thread.start()
        }
        watch.cancel()
        return value
    }

    /// Whichever comes first, the value or the end of patience.
    private final class Race<Value: Sendable>: Sendable {
        private struct State {
            var waiting: CheckedContinuation<Value?, Never>?
            var clock: ThreadClock?
        }

        private let state = Mutex(State())

        /// Seconds; nil where nothing runs.
        var timeUsed: Double? { state.withLock { $0.clock?.seconds } }

        func begin(_ continuation: CheckedContinuation<Value?, Never>) {
            state.withLock { $0.waiting = continuation }
        }

        func measure(_ clock: ThreadClock) { state.withLock { $0.clock = clock } }

        func end(_ value: sending Value?) {
            let waiting = state.withLock { state in
                defer {
                    state.waiting = nil
                    state.clock = nil
                }
                return state.waiting
            }
            waiting?.resume(returning: value)
        }
    }
}

/// The processor's time that the thread which made it has used, for any thread to read.
struct ThreadClock: Sendable {
    private var clock: clockid_t = CLOCK_THREAD_CPUTIME_ID

    init() { pthread_getcpuclockid(pthread_self(), &clock) }

    /// 0 once the thread has ended.
    var seconds: Double {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
