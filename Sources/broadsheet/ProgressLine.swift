import Foundation
import Synchronization

/// One line on a terminal that says how far a long job is; nothing where standard error is a file or a pipe.
final class ProgressLine: Sendable {
    private let title: String
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now
    private let lastShown = Mutex<ContinuousClock.Instant?>(nil)
    private static let width = 30

    init(_ title: String) { self.title = title }

    /// - Parameters:
    ///   - share: how much is done, 0 to 1.
    ///   - note: what else to say, such as counts.
    func show(_ share: Double, note: String = "") {
        guard isTerminal else { return }
        let now = ContinuousClock.now
        // Ten times a second is as often as anybody reads.
        let isSoon = lastShown.withLock { last in
            if let before = last, before.duration(to: now) < .milliseconds(100), share < 1 { return true }
            last = now
            return false
        }
        guard !isSoon else { return }
        let share = min(max(share, 0), 1)
        let done = Int(share * Double(Self.width))
        let bar = String(repeating: "█", count: done) + String(repeating: "░", count: Self.width - done)
        let elapsed = Double(start.duration(to: now).components.seconds)
        let left = share > 0.01 && elapsed >= 1 ? ", \(Int(elapsed / share - elapsed)) s left" : ""
        write("\r\u{1B}[K\(title) \(bar) \(Int(share * 100)) %\(note.isEmpty ? "" : " " + note)\(left)")
    }

    func clear() { if isTerminal, lastShown.withLock({ $0 != nil }) { write("\r\u{1B}[K") } }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
