import Foundation
import Mail
import Store
import Transport

/// One mail to see whether the way to a mailbox works: a digest as it would go out now, sent at once and recorded nowhere.
public struct TestMail: Sendable {
    /// What came of it.
    public struct Report: Sendable {
        public let subject: String
        /// The mail server that took it, or refused it.
        public let server: String
        public let reply: String
        public let isAccepted: Bool
        /// Whether it is the reader's own; to others goes what trends, with links that open nothing.
        public let isReaders: Bool
    }

    private let installation: Installation

    public init(_ installation: Installation) { self.installation = installation }

    /// Sends it, by the first mail server of the settings that takes a connection.
    ///
    /// - Throws: ``ServiceRefusal`` for an address that must not be mailed or has not confirmed, `TransportError` where no server
    ///   can be reached, `MailError` for an address that no message can go to, and `StoreError`.
    public func send(to address: Address) async throws -> Report {
        let service = SubscriptionService(installation)
        if let reason = try await service.suppression(of: address) {
            throw ServiceRefusal(description: "\(address) must not be mailed: \(reason)")
        }
        let known = try await installation.database.subscribers.subscriber(address: address)
        if let known, known.state != .active, known.state != .paused {
            throw ServiceRefusal(description: "\(address) is \(known.state.rawValue) and gets no digest")
        }
        let reader =
            known
            ?? Subscriber(
                sample: address, schedule: service.defaultSchedule, maxPapers: installation.settings.digestMaxPapers,
                at: installation.clock.now)
        let (subject, message) = try await DigestPreview(installation).mail(for: reader)
        let (outcome, server) = try await transmit(message)
        let (reply, isAccepted) = Self.words(outcome)
        return Report(
            subject: subject, server: server, reply: reply, isAccepted: isAccepted, isReaders: known != nil)
    }

    private func transmit(_ message: OutgoingMessage) async throws -> (SendOutcome, server: String) {
        var failure: TransportError?
        for relay in try Relay.all(installation.settings) {
            do {
                let connection = try await SMTPConnection.open(relay.server)
                let outcome = await connection.send(message)
                await connection.close()
                return (outcome, relay.server.description)
            } catch {
                failure = failure ?? error
            }
        }
        throw failure ?? ServiceRefusal(description: "smtp.url names no mail server") as any Error
    }

    private static func words(_ outcome: SendOutcome) -> (reply: String, isAccepted: Bool) {
        switch outcome {
        case .accepted(let reply): ("\(reply)", true)
        case .deferred(let reply, _), .refused(let reply, _): ("\(reply)", false)
        case .failed(let error), .lost(let error): ("\(error)", false)
        }
    }
}
