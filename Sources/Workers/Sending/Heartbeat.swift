import Foundation
import Store

/// Tells senders on other machines that this one lives, and which of them do not.
///
/// On a database that several machines share each sender holds a place of its own (see `Database.take`) as long as it sends.
/// Whose place stays free for a while is gone, and its claims need not lapse first. Of a machine's own processes the system
/// knows more.
actor Heartbeat {
    private let database: Database
    private let claimant: Claimant
    private var held: (any HeldLock)?
    private var freeSince: [String: ContinuousClock.Instant] = [:]

    /// A server that restarts lets go of every place; whoever lives has taken theirs again by then.
    private static let grace: Duration = .seconds(60)
    private static let pause: Duration = .seconds(10)

    init(_ database: Database, claimant: Claimant) {
        self.database = database
        self.claimant = claimant
    }

    /// Takes this sender's place, and takes it again whenever it is lost, until the task that is returned is cancelled.
    ///
    /// - Throws: `StoreError`.
    func keep() async throws -> Task<Void, Never> {
        guard database.isShared else { return Task {} }
        try await take()
        return Task {
            while (try? await Task.sleep(for: Self.pause)) != nil { try? await take() }
        }
    }

    private func take() async throws {
        if let held, await held.isHeld() { return }
        held = nil
        held = try await database.take(Self.place(claimant.description))
    }

    /// Whether the sender of a name is gone for good.
    func isGone(_ name: String, at now: ContinuousClock.Instant = .now) async throws -> Bool {
        guard name != claimant.description else { return false }
        if Claimant.isDead(name, isShared: database.isShared) { return true }
        guard database.isShared else { return false }
        if let since = freeSince[name], since.duration(to: now) < Self.grace { return false }
        guard let place = try await database.take(Self.place(name)) else {
            freeSince[name] = nil
            return false
        }
        await place.giveUp()
        if freeSince[name] != nil { return true }
        freeSince[name] = now
        return false
    }

    private static func place(_ name: String) -> String { "sender \(name)" }
}
