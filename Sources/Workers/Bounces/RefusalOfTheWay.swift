import Foundation
import Mail
import Store
import Transport

/// A returned mail that says nothing of its reader, but of what is on the way to them.
enum RefusalOfTheWay {
    case tooLarge
    case noSMTPUTF8

    /// - Parameter diagnostic: what the receiver said.
    /// - Returns: nil where it says something else.
    init?(_ diagnostic: String) {
        let text = StatusText(diagnostic)
        let reply = SMTPReply(code: text.code ?? 550, enhanced: text.enhanced, lines: [diagnostic])
        if reply.saysNoSMTPUTF8 {
            self = .noSMTPUTF8
        } else if reply.saysTooLarge(.rcpt) {
            self = .tooLarge
        } else {
            return nil
        }
    }

    /// The usual size of a digest in bytes, of which half is tried first.
    private static let usualSize = 120_000

    /// Lets later digests to the domain be smaller, or tells the operator.
    func learn(
        of delivery: DeliveryRecord, to address: Address, _ diagnostic: String, _ installation: Installation
    ) async throws {
        let store = installation.database.breakers
        let now = installation.clock.now
        switch self {
        case .tooLarge:
            try await store.learn(
                "domain \(address.asciiDomain)", lessSince: delivery.finishedAt ?? now, of: Self.usualSize, at: now)
        case .noSMTPUTF8:
            try await store.note(
                .domain, address.asciiDomain, .internationalised, said: diagnostic, holds: false, at: now)
        }
    }
}
