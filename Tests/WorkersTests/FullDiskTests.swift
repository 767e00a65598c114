import Foundation
import Loopback
import Store
import Synchronization
import TestSupport
import TestTools
import Testing

@testable import Workers

/// A small file system of a test's own, which can be filled to the last byte.
final class SmallDisk: Sendable {
    let path: String

    /// Root may mount one; elsewhere the tests that need it say that they were skipped.
    static let isPossible: Bool = {
        guard geteuid() == 0, let disk = try? SmallDisk() else { return false }
        withExtendedLifetime(disk) {}
        return true
    }()

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Command.run("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", path])
    }

    deinit {
        _ = try? Command.run("umount", ["-l", path])
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Leaves no room, neither on the disk nor in a journal that was written and could be written over.
    func fill(_ database: String) {
        let truncation = "import sqlite3; sqlite3.connect('\(database)').execute('PRAGMA wal_checkpoint(TRUNCATE)')"
        _ = try? Command.run("python3", ["-c", truncation])
        let descriptor = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        for size in [65_536, 4096, 1] {
            let bytes = [UInt8](repeating: 0, count: size)
            while write(descriptor, bytes, size) > 0 {}
        }
    }

    func free() { unlink(path + "/filler") }
}

@Suite(
    "A disk that is full for a while",
    .enabled(if: !TestPlace.isOnServer && SmallDisk.isPossible, "needs root and SQLite"))
struct FullDiskTests {
    private func due(_ readers: Int, on disk: SmallDisk, _ options: SMTPReceiverOptions) async throws
        -> TestInstallation
    {
        try await TestInstallation.due(
            readers: readers, receiver: options, environment: ["BROADSHEET_DATABASE": "sqlite:\(disk.path)/test.sqlite"]
        )
    }

    @Test(
        "what was sent is recorded as soon as there is room, nothing is sent twice, and nobody waits for a claim to lapse",
        arguments: [1, 7, 30])
    func recordsLater(firstFull: Int) async throws {
        let disk = try SmallDisk()
        let accepted = Mutex(0)
        var options = SMTPReceiverOptions()
        options.script = { event in
            guard event.stage == .final else { return .proceed }
            let number = accepted.withLock {
                $0 += 1
                return $0
            }
            if number == firstFull { disk.fill("\(disk.path)/test.sqlite") }
            return .proceed
        }
        let test = try await due(40, on: disk, options)
        let sender = try Sender(test.installation, chance: { 0 }, patience: .zero)
        // As long as it is full nothing can be recorded, and nothing more is sent.
        await #expect(throws: StoreError.self) { try await sender.drain() }
        let sent = await test.receiver.messages().count
        for _ in 0..<3 { await #expect(throws: StoreError.self) { try await sender.drain() } }
        #expect(await test.receiver.messages().count == sent)
        disk.free()
        _ = try await sender.drain()
        let recipients = await test.receiver.messages().flatMap(\.recipients)
        #expect(recipients.count == 40)
        #expect(Set(recipients).count == 40)
        #expect(try await test.installation.database.ledger.backlog() == [.sent: 40])
    }
}

@Suite("Results that the database does not take")
struct RecorderTests {
    private func result(_ id: Int64, _ state: DeliveryState = .sent, hash: String? = nil) -> DeliveryResult {
        DeliveryResult(
            id: id, state: state, reply: "250 ok", messageID: "m\(id)@example.org", at: TestInstallation.morning)
    }

    @Test("a claim of this process that nothing in it holds is taken back at once, one that is held is not")
    func takesBack() async throws {
        let test = try await TestInstallation.due(readers: 3)
        let ledger = test.installation.database.ledger
        let own = Claimant.current.description
        let claimed = try await ledger.claim(limit: 3, by: own, at: test.clock.now, lease: 600)
        #expect(try await ledger.takeBack(claimant: own, at: test.clock.now) == 0)
        // Another program on the same database knows nothing of them, as after an answer that was lost.
        let other = try Database(url: test.place.url).ledger
        #expect(try await other.takeBack(claimant: own, at: test.clock.now) == 3)
        let again = try await other.claim(limit: 3, by: own, at: test.clock.now, lease: 600)
        #expect(again.map(\.attempt) == claimed.map(\.attempt))
    }

    @Test("a result for a row that is another mail's by now changes nothing")
    func anotherMail() async throws {
        let test = try await TestInstallation.due(readers: 1)
        let ledger = test.installation.database.ledger
        let claimed = try #require(try await ledger.claim(limit: 1, by: "a", at: test.clock.now, lease: 600).first)
        var late = result(claimed.id)
        late.nonce = claimed.nonce ^ 1
        try await ledger.record([late], by: "a", score: BounceScore(limit: 5))
        #expect(try await ledger.backlog() == [.sending: 1])
        late.nonce = claimed.nonce
        try await ledger.record([late], by: "a", score: BounceScore(limit: 5))
        #expect(try await ledger.backlog() == [.sent: 1])
    }

    @Test("what is recorded again is what still waits under the same number and nonce")
    func recordsAgain() async throws {
        let test = try await TestInstallation.due(readers: 2)
        let ledger = test.installation.database.ledger
        let claimed = try await ledger.claim(limit: 2, by: "a", at: test.clock.now, lease: 600)
        let results = claimed.map { ledger.named(result($0.id)) }
        try await ledger.release(claimed.map(\.id), by: "a", at: test.clock.now)
        var strange = results[0]
        strange.nonce = 5
        #expect(try await ledger.recordAgain([strange]) == 0)
        #expect(try await ledger.recordAgain(results) == 2)
        #expect(try await ledger.recordAgain(results) == 0)
        #expect(try await ledger.backlog() == [.sent: 2])
    }
}
