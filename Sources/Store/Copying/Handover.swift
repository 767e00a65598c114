import Foundation

/// Hands pieces from one thread to another, a few ahead, where both may wait: each belongs to a database's transaction.
///
/// Either side's failure ends the other. Neither side can be run a second time, as a driver might want to: what was handed
/// over is gone.
///
/// `@unchecked Sendable` because everything that changes is touched only while the condition's lock is held.
final class Handover<Piece: Sendable>: @unchecked Sendable {
    /// Guards everything below.
    private let condition = NSCondition()
    private var waiting: [Piece] = []
    private var hasBegun = (giving: false, taking: false)
    private var isAllGiven = false
    private var failure: (any Error)?

    private static var ahead: Int { 8 }

    private static var interrupted: StoreError {
        StoreError(.busy, "a database's connection broke in the middle", mend: "nothing was changed; try again")
    }

    /// Runs what gives, by the closure it is handed.
    func give(_ work: ((Piece) throws -> Void) throws -> Void) throws {
        try begin(\.giving)
        try side {
            try work { piece in
                try self.wait { self.waiting.count < Self.ahead }
                self.waiting.append(piece)
                self.condition.broadcast()
                self.condition.unlock()
            }
            condition.withLock {
                isAllGiven = true
                condition.broadcast()
            }
        }
    }

    /// Runs what takes, by the closure it is handed, which returns nil after the last.
    func take<Result>(_ work: (() throws -> Piece?) throws -> Result) throws -> Result {
        try begin(\.taking)
        return try side {
            try work {
                try self.wait { !self.waiting.isEmpty || self.isAllGiven }
                defer {
                    self.condition.broadcast()
                    self.condition.unlock()
                }
                return self.waiting.isEmpty ? nil : self.waiting.removeFirst()
            }
        }
    }

    private func begin(_ side: WritableKeyPath<(giving: Bool, taking: Bool), Bool>) throws {
        try condition.withLock {
            if hasBegun[keyPath: side] { failure = failure ?? Self.interrupted }
            hasBegun[keyPath: side] = true
            condition.broadcast()
            if let failure { throw failure }
        }
    }

    private func side<Result>(_ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch {
            fail(error)
            throw error
        }
    }

    /// Ends both sides; for a transaction that failed before or after its side ran.
    func fail(_ error: any Error) {
        condition.withLock {
            failure = failure ?? error
            condition.broadcast()
        }
    }

    /// Returns with the lock held when the condition is met.
    private func wait(until isMet: () -> Bool) throws {
        condition.lock()
        while failure == nil, !isMet() { condition.wait() }
        if let failure {
            condition.unlock()
            throw failure
        }
    }
}
