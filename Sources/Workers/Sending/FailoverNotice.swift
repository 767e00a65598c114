import Core
import Foundation
import Logging
import Papers
import Store

/// Deals with a server that has failed over to a standby which may have lagged behind: numbers go on further up, what this
/// process has sent in the last minutes is recorded again, and the operator is told.
actor FailoverNotice {
    private let installation: Installation
    /// How many fail-overs are dealt with; nil before the first look, which tells of those that this process did not see.
    private var settled: Int?

    /// Senders that record again are given time for it before any of them claims.
    private static let pause: TimeInterval = 3

    init(_ installation: Installation) { self.installation = installation }

    /// - Throws: `StoreError`; then it is done the next time.
    func settle(_ recorder: ResultRecorder) async throws {
        let now = installation.database.failovers
        guard settled != now else { return }
        try await Self.tell(installation)
        if settled.map({ $0 != now }) ?? (now > 0) {
            let count = try await recorder.recordAgain()
            if count > 0 {
                installation.logger.warning("recorded \(counted(count, "sent mail")) again, which the server had lost")
            }
            try await installation.clock.sleep(for: Self.pause)
        }
        settled = now
    }

    /// Says so where a fail-over has not been noticed by any process.
    static func tell(_ installation: Installation) async throws {
        guard try await installation.database.noticeFailover(at: installation.clock.now) else { return }
        installation.logger.error("\(DatabaseWatch.failover)")
    }
}
