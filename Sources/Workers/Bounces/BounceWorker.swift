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

    /// How the mails of a mailbox fared.
    public struct Round: Sendable, Equatable {
        public var taken = 0
        /// Not understood.
        public var left = 0
        /// Could not be dealt with, now or before.
        public var setAside = 0
    }

    /// Deals with what is there now. A mail is deleted once what it asks for is stored; one that is not understood, or set
    /// aside because it cannot be dealt with, is left for a person, flagged where the mailbox can do so.
    ///
    /// - Throws: `TransportError`, `StoreError`; what was not dealt with is still in the mailbox.
    public func round(_ report: (BounceService.Outcome) -> Void) async throws -> Round {
        try await InstanceGuard(installation).check()
        let service = BounceService(installation)
        let session = try MailboxSession(server)
        var counts = Round()
        do {
            for number in try await session.list() where !Task.isCancelled {
                let outcome = try await outcome(of: number, in: session, service)
                switch outcome {
                case .unknown:
                    try await session.leave(number)
                    counts.left += 1
                case .setAside(_, let isNew):
                    try await session.leave(number)
                    counts.setAside += 1
                    if isNew { report(outcome) }
                default:
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

    private func outcome(
        of number: MailboxSession.Number, in session: MailboxSession, _ service: BounceService
    ) async throws -> BounceService.Outcome {
        switch await session.attempt(number) {
        case .success(let bytes): return try await service.take(bytes)
        case .failure(let error) where error.kind == .tooLarge || error.kind == .refusedByServer:
            // The others can be read for all that. What was not read has no hash; its number in a POP3 maildrop changes.
            let size = await session.size(of: number).map { "\($0) bytes" } ?? "number \(number)"
            return try await service.setAside("unread in \(server): \(size)", error.description)
        case .failure(let error): throw error
        }
    }
}
