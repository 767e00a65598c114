import Foundation
import Logging
import ServiceLifecycle
import Store
import Synchronization

/// Says within ten seconds when the database's server no longer makes changes last, and when it does again; notices when
/// another has taken over.
public struct DatabaseWatch: Service {
    private let installation: Installation
    /// Between two looks.
    private static let pause: Duration = .seconds(3)
    /// How often it is said again, in looks.
    private static let reminder = 20

    static let failover =
        "the database's server has failed over, or was restored: unless replication was synchronous, what was recorded in "
        + "its last moments has vanished, so a few readers may get a mail twice, under the same Message-ID, and settings "
        + "that were changed just then may be as before"

    public init(_ installation: Installation) { self.installation = installation }

    public func run() async throws {
        // A file's disk is waited for by whoever writes to it.
        guard installation.database.isShared else { return try await gracefulShutdown() }
        let notice = Notice()
        await cancelWhenGracefulShutdown {
            var failures = 0
            while !Task.isCancelled {
                await look(&failures, notice)
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    private func look(_ failures: inout Int, _ notice: Notice) async {
        do {
            try await installation.database.probe()
            if failures > 0 { installation.logger.notice("the database makes changes last again") }
            failures = 0
            notice.begin(in: installation)
        } catch {
            guard !Task.isCancelled else { return }
            if failures % Self.reminder == 0 { installation.logger.error("database: \(error)") }
            failures += 1
        }
    }
}

/// Sees beside the looks whether another server has taken over: what that reads and writes waits for a server that has gone
/// since the last look, and the next must not.
private final class Notice: Sendable {
    private let isRunning = Atomic(false)

    func begin(in installation: Installation) {
        guard !isRunning.exchange(true, ordering: .relaxed) else { return }
        Task {
            do {
                try await FailoverNotice.tell(installation)
            } catch {
                // Why the database does not answer is told by the looks.
                installation.logger.debug("whether the database's server has failed over is not known: \(error)")
            }
            isRunning.store(false, ordering: .relaxed)
        }
    }
}
