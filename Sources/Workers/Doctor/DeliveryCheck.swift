import Foundation
import Store

/// Whether somebody refuses everybody's mail, and mails wait for it.
struct DeliveryCheck: Sendable {
    let database: Database?
    let now: Date

    /// - Returns: nothing where nobody does.
    func run() async -> [Finding] {
        guard let database else { return [] }
        do {
            return try await database.breakers.open(at: now).map { breaker in
                let words = BreakerWords(breaker)
                // Where mails wait there is something to do at once.
                return breaker.holds
                    ? .failed("delivery", words.found, mend: words.mend)
                    : .warning("delivery", words.found, mend: words.mend)
            }
        } catch {
            return [.failed("delivery", error)]
        }
    }
}
