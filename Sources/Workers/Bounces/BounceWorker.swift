import Foundation
import Logging
import ServiceLifecycle
import Store
import Transport

/// Reads the mailbox to which mail comes back.
public struct BounceWorker: Service {
    private let installation: Installation
    private let server: MailboxServer

    /// - Returns: nil where no mailbox is set.
    /// - Throws: `TransportError` for an address that cannot be read.
    public init?(_ installation: Installation) throws {
        guard let url = installation.settings.bounceMailbox else { return nil }
        var server = try MailboxServer(url: url)
        server.caFile = installation.settings.bounceCAFile
        self.server = server
        self.installation = installation
    }

    /// Looks into the mailbox every few minutes until the service stops.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    _ = try await round { installation.logger.info("bounces: \($0)") }
                } catch {
                    installation.logger.error("bounces: \(error)")
                }
                try? await Task.sleep(for: .seconds(installation.settings.bounceInterval))
            }
        }
    }

    /// Deals with what is there now. A mail is deleted once what it asks for is stored; one that is not understood is left
    /// for a person, flagged where the mailbox can do so.
    ///
    /// - Returns: how many mails were dealt with, and how many were left.
    /// - Throws: `TransportError`, `StoreError`; what was not dealt with is still in the mailbox.
    public func round(_ report: (BounceDesk.Outcome) -> Void) async throws -> (taken: Int, left: Int) {
        try await InstanceGuard(installation).check()
        let desk = BounceDesk(installation)
        let session = try MailboxSession(server)
        var counts = (taken: 0, left: 0)
        do {
            for number in try await session.list() where !Task.isCancelled {
                let outcome = try await desk.take(try await session.read(number))
                if outcome == .unknown {
                    try await session.leave(number)
                    counts.left += 1
                } else {
                    try await session.delete(number)
                    counts.taken += 1
                    report(outcome)
                }
            }
        } catch {
            // What was dealt with goes all the same.
            try? await session.close()
            throw error
        }
        try await session.close()
        return counts
    }
}
