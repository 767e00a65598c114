import Foundation
import Synchronization

/// Asks a process once a second whether it is ready, on a thread of its own.
final class ReadinessWatch: Sendable {
    private let answers = Mutex<[(at: Date, isReady: Bool)]>([])
    private let isOver = Mutex(false)

    /// - Parameter port: of its pages.
    init(port: Int) {
        Thread.detachNewThread { [self] in
            while !isOver.withLock({ $0 }) {
                let asked = Date()
                let words = ["-s", "-o", "/dev/null", "-m", "8", "-w", "%{http_code}"]
                let status = try? Peer.run("/usr/bin/env", ["curl"] + words + ["http://127.0.0.1:\(port)/readyz"])
                answers.withLock { $0.append((asked, status == "200")) }
                Thread.sleep(forTimeInterval: max(0, 1 + asked.timeIntervalSinceNow))
            }
        }
    }

    func stop() { isOver.withLock { $0 = true } }

    /// Whether it has ever said so.
    var wasReady: Bool { answers.withLock { $0.contains(where: \.isReady) } }

    /// Seconds from a time until the first and until the last question that was not answered with 200; nil where each was.
    func unready(since time: Date) -> (first: Double, last: Double)? {
        let times = answers.withLock { $0.filter { !$0.isReady && $0.at >= time }.map(\.at) }
        guard let first = times.first, let last = times.last else { return nil }
        return (first.timeIntervalSince(time), last.timeIntervalSince(time))
    }
}
