import Foundation
import Logging
import Store
import Synchronization
import Transport

/// Keeps what is learnt of the relays: from the database at the start, into the database as soon as something is learnt, so
/// that the next process need not learn it again.
final class RelayMemory: Sendable {
    private struct State {
        /// What is to be stored, by address and identity.
        var changed: [Key: SMTPRelayProfile] = [:]
        /// Pipelining as it was last logged.
        var logged: [Key: SMTPRelayTraits] = [:]
        /// What the database is known to hold.
        var stored: Set<Key> = []
        var writer: Task<Void, Never>?
    }

    private struct Key: Hashable {
        let address: String
        let identity: String
    }

    private let installation: Installation
    private let state = Mutex(State())

    init(_ installation: Installation) { self.installation = installation }

    /// Tells the relays what is stored of them, by this process or another, and lets them be met anew where it was taken out
    /// of the database.
    ///
    /// - Throws: `StoreError`.
    func load(into relays: [Relay]) async throws {
        let stored = try await installation.database.relays.all(at: installation.clock.now)
        for relay in relays {
            let address = relay.server.description
            let own = stored.filter { $0.address == address }
            for identity in forgotten(address, but: Set(own.map(\.identity))) { relay.knowledge.forget(identity) }
            let traits = own.map { ($0.identity, SMTPRelayTraits($0)) }
            relay.knowledge.add(Dictionary(traits, uniquingKeysWith: { first, _ in first }))
            state.withLock { state in
                for (identity, traits) in traits {
                    let key = Key(address: address, identity: identity)
                    if state.stored.insert(key).inserted { state.logged[key] = traits }
                }
            }
        }
    }

    /// Takes out what was stored of a relay and is no more.
    private func forgotten(_ address: String, but identities: Set<String>) -> [String] {
        state.withLock { state in
            let gone = state.stored.filter { $0.address == address && !identities.contains($0.identity) }
            for key in gone {
                state.stored.remove(key)
                state.logged[key] = nil
            }
            return gone.map(\.identity)
        }
    }

    /// Something was learnt of a relay.
    func learnt(_ address: String, _ profile: SMTPRelayProfile) {
        let key = Key(address: address, identity: profile.identity)
        let traits = profile.traits
        let before = state.withLock { state in
            defer { state.logged[key] = traits }
            state.changed[key] = profile
            if state.writer == nil { state.writer = Task { await write() } }
            return state.logged[key] ?? SMTPRelayTraits()
        }
        if traits.pipelining != before.pipelining, let words = traits.sentence(for: address) {
            installation.logger.log(level: traits.waits ? .warning : .info, "\(words)")
        }
        if let limit = traits.messagesPerConnection, limit != before.messagesPerConnection {
            installation.logger.notice(
                "\(address) takes \(limit) messages of a connection: each connection ends after so many")
        }
    }

    /// Returns when all that was learnt is stored, or the database took none of it.
    func flush() async {
        while let writer = state.withLock({ $0.writer }) { await writer.value }
        // What could not be stored a while ago is tried once more.
        let isLeft = state.withLock { state in
            if !state.changed.isEmpty, state.writer == nil { state.writer = Task { await write() } }
            return state.writer
        }
        await isLeft?.value
    }

    private func write() async {
        while let (key, profile) = state.withLock({ $0.changed.popFirst() }) {
            let now = installation.clock.now
            let traits = profile.traits
            do {
                try await installation.database.relays.store(
                    .init(
                        address: key.address, identity: key.identity, pipelining: traits.pipelining?.rawValue,
                        reason: traits.reason, pipeliningAt: now, messageLimit: traits.messagesPerConnection),
                    at: now)
                state.withLock { _ = $0.stored.insert(key) }
            } catch {
                installation.logger.warning("what was learned about \(key.address) could not be stored: \(error)")
                state.withLock { state in
                    state.changed[key] = profile
                    state.writer = nil
                }
                return
            }
        }
        state.withLock { state in state.writer = state.changed.isEmpty ? nil : Task { await write() } }
    }
}

extension RelayStore.Relay {
    /// What is to be known of the relay by who looks after it.
    public var sentences: [String] {
        let traits = SMTPRelayTraits(self)
        let since = pipeliningAt.map { " (found \($0.formatted(.iso8601)))" } ?? ""
        let pipelining = traits.sentence(for: address).map { [$0 + since] } ?? []
        let limit = messageLimit.map { ["\(address) takes \($0) messages of a connection"] } ?? []
        return pipelining + limit
    }

    /// Whether the relay cannot take what it offers.
    public var waits: Bool { SMTPRelayTraits(self).waits }
}

extension SMTPRelayTraits {
    init(_ stored: RelayStore.Relay) {
        self.init(
            pipelining: stored.pipelining.flatMap(SMTPPipelining.init(rawValue:)), reason: stored.reason,
            messagesPerConnection: stored.messageLimit)
    }

    /// How far commands are sent ahead, for people; nil where nothing is known.
    func sentence(for relay: String) -> String? {
        switch pipelining {
        case .full: "\(relay) takes the next message with the end of the one before"
        case .envelope: "\(relay) is sent one message at a time: \(reason ?? "so it was found")"
        case .off: "\(relay) is sent one command at a time: \(reason ?? "so it was found")"
        case nil: nil
        }
    }
}
