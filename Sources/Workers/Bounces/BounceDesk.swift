import Foundation
import Mail
import Site
import Store

/// Deals with mail that came back to us: bounces, complaints, and people who leave by mail.
public struct BounceDesk: Sendable {
    /// What came of a mail.
    public enum Outcome: Sendable, Equatable, CustomStringConvertible {
        case counted(Address, String)
        case suppressed(Address, String)
        case left(Address)
        /// It was understood and changes nothing.
        case nothing(String)
        /// A person may want to look at it.
        case unknown

        public var description: String {
            switch self {
            case .counted(let address, let why): "a mail to \(address) came back: \(why)"
            case .suppressed(let address, let why): "\(address) gets nothing more: \(why)"
            case .left(let address): "\(address) has unsubscribed"
            case .nothing(let why): "nothing to do: \(why)"
            case .unknown: "neither a bounce nor a complaint, nor about a mail of ours"
            }
        }
    }

    private let installation: Installation

    public init(_ installation: Installation) { self.installation = installation }

    /// Does what a mail asks for, once, however often it comes.
    ///
    /// - Throws: `StoreError`; then nothing has changed, and the mail must be kept.
    public func take(_ bytes: [UInt8]) async throws -> Outcome {
        let message = ParsedMessage(bytes)
        switch ReturnedMail(message) {
        case .failure(let fault, let diagnostic): return try await came(back: message, fault, diagnostic)
        case .complaint(let type): return try await came(back: message, .complaint, type)
        case .delay: return .nothing("the mail is still on its way")
        case .other: return try await leaving(message)
        }
    }

    private func came(back message: ParsedMessage, _ fault: DeliveryFault, _ diagnostic: String) async throws -> Outcome
    {
        let deliveries = ReturnedTokens(message, installation).deliveries
        for mail in deliveries {
            guard
                let (delivery, subscriber) = try await installation.database.bounces.origin(
                    ofMailTo: mail.subscriber, nonce: mail.nonce)
            else { continue }
            // An old bounce must not end what was begun anew.
            if let confirmed = subscriber.confirmedAt, delivery.createdAt < confirmed, delivery.kind != .confirm,
                delivery.kind != .confirmAgain
            {
                return .nothing("it is about a mail from before the subscription was confirmed")
            }
            // That address is not, or no longer, the subscriber's: it says nothing of theirs.
            if delivery.otherRecipient != nil { return .nothing("it is about a mail to another address") }
            guard delivery.attempts > 0 else { return .nothing("that mail was never sent") }
            let bounce = NewBounce(
                deliveryID: delivery.id, fault: fault, diagnostic: diagnostic, source: "mail",
                addressHash: installation.key.addressHash(subscriber.address.key), at: installation.clock.now)
            let why = "\(fault.rawValue): \(diagnostic)"
            switch try await installation.database.bounces.take(bounce, by: installation.bounceScore) {
            case .counted: return .counted(subscriber.address, why)
            case .suppressed: return .suppressed(subscriber.address, why)
            case nil: return .nothing("that mail's bounce is known already")
            }
        }
        return deliveries.isEmpty ? .unknown : .nothing("it is about a mail that is no longer known")
    }

    /// Only the address it was sent to counts: a copy of our mail in somebody's answer holds one too.
    private func leaving(_ message: ParsedMessage) async throws -> Outcome {
        for subject in ReturnedTokens(message, installation).recipients {
            guard case .leaving(let id, let epoch) = subject else { continue }
            guard let subscriber = try await installation.database.subscribers.subscriber(id: id),
                subscriber.tokenEpoch == epoch
            else { return .nothing("whoever wants to leave is no subscriber") }
            _ = try await SubscriptionDesk(installation).leave(subscriber, source: "mail")
            return .left(subscriber.address)
        }
        return .unknown
    }
}

/// Our own tokens in a mail that came back.
struct ReturnedTokens {
    /// Of the addresses it was sent to.
    let recipients: [ReturnAddresses.Subject]
    /// The mails it may be about, likeliest first.
    let deliveries: [Mail]

    /// A mail of ours, by what its Message-ID and its envelope sender hold.
    struct Mail: Hashable {
        let subscriber: Int64
        let nonce: Int64
    }

    private static let recipientFields: Set<String> = [
        "to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-rcpt-to",
        "x-forwarded-to", "received",
    ]

    init(_ message: ParsedMessage, _ installation: Installation) {
        let addresses = installation.returnAddresses
        func subjects(_ text: String) -> [ReturnAddresses.Subject] { addresses?.subjects(in: text) ?? [] }
        recipients = message.fields.all.filter { Self.recipientFields.contains($0.name) }.flatMap { subjects($0.value) }
        // The copy of our message, or of its header, names it twice: by its envelope sender and by its Message-ID.
        let text = message.allParts.map { part in
            part.fields.all.map(\.value).joined(separator: "\n") + "\n" + part.text
        }.joined(separator: "\n")
        let named = (recipients + subjects(text)).compactMap { subject -> Mail? in
            guard case .delivery(let subscriber, let nonce) = subject else { return nil }
            return Mail(subscriber: subscriber, nonce: nonce)
        }
        deliveries = (named + Self.messageIDs(in: text, key: installation.key)).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }

    /// Our Message-IDs hold a code that only we can make.
    private static func messageIDs(in text: String, key: SiteKey) -> [Mail] {
        text.matches(of: #/([1-9]\d{0,18})\.([1-9]\d{0,18})\.[0-9a-f]{24}@/#).compactMap { match in
            guard let subscriber = Int64(match.output.1), let nonce = Int64(match.output.2),
                match.output.0.dropLast() == key.messageIDLocalPart(subscriber: subscriber, nonce: nonce)
            else { return nil }
            return Mail(subscriber: subscriber, nonce: nonce)
        }
    }
}
