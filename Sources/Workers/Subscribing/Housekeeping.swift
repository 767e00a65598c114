import Foundation
import Logging
import ServiceLifecycle
import Site
import Store

/// Deals with what has got old: addresses that were typed and never confirmed get one reminder, then they are forgotten; what
/// was sent long ago is forgotten too, and who refused everybody then. What libraries name is looked for again.
public struct Housekeeping: Service {
    /// What a round did.
    public struct Report: Sendable, Equatable {
        public var reminded = 0
        public var forgotten = 0
        /// Mails of the ledger.
        public var pruned = 0

        public init(reminded: Int = 0, forgotten: Int = 0, pruned: Int = 0) {
            self.reminded = reminded
            self.forgotten = forgotten
            self.pruned = pruned
        }
    }

    private let installation: Installation

    /// How many people share one transaction.
    private static let batch = 200
    /// How many mails one transaction forgets, and how many transactions a round has: 7 million a day at most.
    private static let pruneBatch = 500
    private static let pruneBatches = 100

    public init(_ installation: Installation) { self.installation = installation }

    /// Looks every ten minutes, until the service stops.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let report = try await round()
                    if report != Report() {
                        installation.logger.info(
                            "\(report.reminded) reminded to confirm, \(report.forgotten) never confirmed and forgotten, \(report.pruned) old mails forgotten"
                        )
                    }
                } catch is CancellationError {
                    return
                } catch {
                    installation.logger.error("housekeeping: \(error)")
                }
                try? await Task.sleep(for: .seconds(600))
            }
        }
    }

    /// Does what is due now.
    public func round() async throws -> Report {
        let (now, settings) = (installation.clock.now, installation.settings)
        let store = installation.database.subscribers
        let service = SubscriptionService(installation)
        // Who is to be forgotten is not reminded first.
        var report = Report()
        report.forgotten = try await all {
            try await store.forgetUnconfirmed(
                askedBefore: now.addingTimeInterval(-settings.signupForgetAfter), limit: Self.batch
            ) { service.consent("forgotten", "housekeeping", $0.address, at: now) }
        }
        report.pruned = try await prune(at: now)
        try await installation.database.breakers.prune(at: now)
        try await matchLibraries(at: now)
        try await store.forgetAdditions(writtenBefore: now.addingTimeInterval(-2 * Links.confirmLifetime))
        guard settings.signupRemindAfter > 0 else { return report }
        report.reminded = try await all {
            try await store.remindUnconfirmed(
                askedBefore: now.addingTimeInterval(-settings.signupRemindAfter),
                expiresAt: now.addingTimeInterval(86_400), limit: Self.batch
            ) { service.consent("reminded", "housekeeping", $0.address, at: now) }
        }
        return report
    }

    /// Forgets mails of the ledger that are old enough, in small transactions, so that nobody waits for it for long; what a
    /// round does not get to is the next one's.
    private func prune(at now: Date) async throws -> Int {
        let days = installation.settings.ledgerKeepDays
        guard days > 0 else { return 0 }
        let time = now.addingTimeInterval(-Double(days) * 86_400)
        var sum = 0
        for _ in 0..<Self.pruneBatches {
            let count = try await installation.database.ledger.prune(writtenBefore: time, limit: Self.pruneBatch)
            if count == 0 { break }
            sum += count
        }
        return sum
    }

    /// Looks once a day whether feeds have brought what readers' libraries have as text.
    private func matchLibraries(at now: Date) async throws {
        for _ in 0..<Self.pruneBatches {
            let round = try await installation.database.libraries.match(
                lookedBefore: now.addingTimeInterval(-86_400), at: now, limit: Self.pruneBatch)
            if round.looked < Self.pruneBatch { break }
        }
    }

    private func all(_ step: () async throws -> Int) async throws -> Int {
        var sum = 0
        while true {
            let count = try await step()
            sum += count
            if count < Self.batch { return sum }
        }
    }
}
