import Foundation
import Logging
import ServiceLifecycle
import Store

/// Deals with addresses that were typed and never confirmed: one reminder, then they are forgotten.
public struct Housekeeping: Service {
    /// What a round did.
    public struct Report: Sendable, Equatable {
        public var reminded = 0
        public var forgotten = 0

        public init(reminded: Int = 0, forgotten: Int = 0) {
            self.reminded = reminded
            self.forgotten = forgotten
        }
    }

    private let installation: Installation

    /// How many people share one transaction.
    private static let batch = 200

    public init(_ installation: Installation) { self.installation = installation }

    /// Looks every ten minutes, until the service stops.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let report = try await round()
                    if report != Report() {
                        installation.logger.info(
                            "\(report.reminded) reminded to confirm, \(report.forgotten) never confirmed and forgotten")
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
        let desk = SubscriptionDesk(installation)
        // Who is to be forgotten is not reminded first.
        var report = Report()
        report.forgotten = try await all {
            try await store.forgetUnconfirmed(
                askedBefore: now.addingTimeInterval(-settings.signupForgetAfter), limit: Self.batch
            ) { desk.consent("forgotten", "housekeeping", $0.address, at: now) }
        }
        guard settings.signupRemindAfter > 0 else { return report }
        report.reminded = try await all {
            try await store.remindUnconfirmed(
                askedBefore: now.addingTimeInterval(-settings.signupRemindAfter),
                expiresAt: now.addingTimeInterval(86_400), limit: Self.batch
            ) { desk.consent("reminded", "housekeeping", $0.address, at: now) }
        }
        return report
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
