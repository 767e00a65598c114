import Core
import Foundation
import Mail
import Site
import Store

/// Deals with mail that came back to us: bounces, complaints, and people who leave by mail.
public struct BounceService: Sendable {
    /// What came of a mail.
    public enum Outcome: Sendable, Equatable, CustomStringConvertible {
        case counted(Address, String)
        case suppressed(Address, String)
        case left(Address)
        /// It was understood and changes nothing.
        case nothing(String)
        /// A person may want to look at it.
        case unknown
        /// It cannot be dealt with, for this reason, and is not read again; a person has to look at it.
        ///
        /// - Parameter isNew: whether this has not been told before.
        case setAside(String, isNew: Bool)

        public var description: String {
            switch self {
            case .counted(let address, let why): "a mail to \(address) came back: \(why)"
            case .suppressed(let address, let why): "\(address) gets nothing more: \(why)"
            case .left(let address): "\(address) has unsubscribed"
            case .nothing(let why): "nothing to do: \(why)"
            case .unknown: "neither a bounce nor a complaint, and not about a mail from here"
            case .setAside(let why, _): "set aside, someone must look at it: \(why)"
            }
        }
    }

    private let installation: Installation
    private let patience: Double

    /// How often a mail is read whose reading ended the program, or was cut off with it.
    private static let mostTries = 3

    /// - Parameter patience: seconds of the processor's time that the reading of one mail may take.
    public init(_ installation: Installation, patience: Double = 10) {
        self.installation = installation
        self.patience = patience
    }

    /// Does what a mail asks for, once, however often it comes.
    ///
    /// A mail that cannot be dealt with is set aside, and so is one whose reading ended the program some times: that it is
    /// being read is written down before.
    ///
    /// - Throws: `StoreError`; then nothing has changed, and the mail must be kept.
    public func take(_ bytes: [UInt8]) async throws -> Outcome {
        let mail = try SHA256.hexadecimal(bytes)
        let store = installation.database.setAside
        let beginning = try await store.begin(mail, at: installation.clock.now)
        if let reason = beginning.reason { return .setAside(reason, isNew: false) }
        guard beginning.tries <= Self.mostTries else {
            return try await setAside(mail, "the program ended \(Self.mostTries) times while reading it")
        }
        do {
            let (key, addresses) = (installation.key, installation.returnAddresses)
            let reading = await BoundedWork.run(seconds: patience) {
                BounceReading(bytes, key: key, addresses: addresses)
            }
            guard let reading else {
                return try await setAside(mail, "reading it took over \(Int(patience)) s of the processor's time")
            }
            let outcome = try await act(on: reading)
            try await store.finish(mail)
            return outcome
        } catch let error where error is StoreError || error is CancellationError {
            // That was not this mail's fault.
            try? await store.finish(mail)
            throw error
        } catch {
            return try await setAside(mail, "\(error)")
        }
    }

    /// Keeps a mail from being read again; `mail` tells it from others.
    func setAside(_ mail: String, _ reason: String) async throws -> Outcome {
        let isNew = try await installation.database.setAside.add(mail, reason: reason, at: installation.clock.now)
        if isNew { installation.logger.warning("bounces: a mail was set aside (\(mail.prefix(12))): \(reason)") }
        return .setAside(reason, isNew: isNew)
    }

    private func act(on reading: BounceReading) async throws -> Outcome {
        switch reading.verdict {
        case .failure(let fault, let diagnostic): try await came(back: reading, fault, diagnostic)
        case .complaint(let type): try await came(back: reading, .complaint, type)
        case .delay: .nothing("the mail is still on its way")
        case .other: try await leaving(reading)
        }
    }

    private func came(back reading: BounceReading, _ fault: DeliveryFault, _ diagnostic: String) async throws -> Outcome
    {
        for mail in reading.deliveries {
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
            let said = RefusalOfTheWay(diagnostic)
            let bounce = NewBounce(
                deliveryID: delivery.id, fault: fault, diagnostic: diagnostic, source: "mail",
                addressHash: installation.key.addressHash(subscriber.address.key), at: installation.clock.now,
                relay: relays, isOfTheWay: fault != .complaint && said != nil)
            let why = "\(fault.rawValue): \(diagnostic)"
            let consequence = try await installation.database.bounces.take(bounce, by: installation.bounceScore)
            if consequence != nil, bounce.isOfTheWay {
                try await said?.learn(of: delivery, to: subscriber.address, diagnostic, installation)
            }
            try await BreakerWords.tellNews(installation)
            switch consequence {
            case .counted: return .counted(subscriber.address, why)
            case .suppressed: return .suppressed(subscriber.address, why)
            case nil: return .nothing("that mail's bounce is known already")
            }
        }
        return reading.deliveries.isEmpty ? .unknown : .nothing("it is about a mail that is no longer on record")
    }

    /// The mail servers that mails are handed to, as operators are told of them.
    private var relays: String {
        ((try? Relay.all(installation.settings)) ?? []).map(\.server.description).joined(separator: " ")
    }

    private func leaving(_ reading: BounceReading) async throws -> Outcome {
        for subject in reading.recipients {
            guard case .leaving(let id, let epoch) = subject else { continue }
            guard let subscriber = try await installation.database.subscribers.subscriber(id: id),
                subscriber.tokenEpoch == epoch
            else { return .nothing("the sender is not a subscriber") }
            _ = try await SubscriptionService(installation).leave(subscriber, isFinal: true, source: "mail")
            return .left(subscriber.address)
        }
        return .unknown
    }
}
