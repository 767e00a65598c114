import Foundation
import Logging
import ServiceLifecycle
import Store

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
        await cancelWhenGracefulShutdown {
            var failures = 0
            while !Task.isCancelled {
                await look(&failures)
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    private func look(_ failures: inout Int) async {
        do {
            try await installation.database.probe()
            if failures > 0 { installation.logger.notice("the database makes changes last again") }
            failures = 0
            try await FailoverNotice.tell(installation)
        } catch {
            guard !Task.isCancelled else { return }
            if failures % Self.reminder == 0 { installation.logger.error("database: \(error)") }
            failures += 1
        }
    }
}
