import Foundation
import Loopback
import Mail
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("A database file that is put back in its own place", .enabled(if: !TestPlace.isOnServer, "a server has no file"))
struct PutBackTests {
    private func file(_ test: TestInstallation) -> String { String(test.place.url.dropFirst("sqlite:".count)) }

    /// Copies what SQLite keeps, as a file system's snapshot would.
    private func copy(_ test: TestInstallation, to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for end in ["", "-wal"] where FileManager.default.fileExists(atPath: file(test) + end) {
            try FileManager.default.copyItem(atPath: file(test) + end, toPath: folder + "/copy" + end)
        }
    }

    private func putBack(_ folder: String, in test: TestInstallation) throws {
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file(test) + end) }
        for end in ["", "-wal"] where FileManager.default.fileExists(atPath: folder + "/copy" + end) {
            try FileManager.default.copyItem(atPath: folder + "/copy" + end, toPath: file(test) + end)
        }
    }

    private func reopened(_ test: TestInstallation) async throws -> Installation {
        try await Installation(
            settings: test.installation.settings, clock: test.clock.clock, logger: test.installation.logger)
    }

    @Test("sends nothing until it takes over; then no mail shares its Message-ID with one of another day")
    func putBack() async throws {
        let environment = ["BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org"]
        let test = try await TestInstallation.due(readers: 3, environment: environment)
        #expect(try await test.sender.drain().sent == 3)
        let monday = test.folder.path + "/monday"
        try copy(test, to: monday)
        // A reader came after the backup, whose number the next one gets who comes after it is put back.
        _ = try await test.desk.add(
            try Address("eve@example.org"), interests: Interests(topics: ["diffusion"]), source: "test")
        _ = try await test.sender.drain()
        test.clock.advance(by: 86_400)
        try await test.store(["Diffusion again"], firstID: 7)
        _ = try await Scheduler(test.installation).round()
        #expect(try await test.sender.drain().sent > 0)
        let before = await test.receiver.messages()

        try putBack(monday, in: test)
        let installation = try await reopened(test)
        await #expect(throws: InstanceGuard.Conflict.self) { _ = try await Sender(installation).drain() }
        await #expect(throws: InstanceGuard.Conflict.self) { _ = try await Scheduler(installation).round() }
        _ = try await InstanceGuard(installation).takeOver()
        _ = try await SubscriptionService(installation).add(
            try Address("mallory@example.org"), interests: Interests(topics: ["diffusion"]), source: "test")
        test.clock.advance(by: 86_400)
        _ = try await Scheduler(installation).round()
        #expect(try await Sender(installation).drain().sent > 0)
        let all = await test.receiver.messages()
        let senders = { (messages: ArraySlice<ReceivedMessage>) in Set(messages.map { [$0.sender] + $0.recipients }) }
        var owners: [String: Set<String>] = [:]
        for message in all {
            let id = try #require(ParsedMessage(message.bytes).fields["message-id"])
            owners[id, default: []].formUnion(message.recipients)
            owners[message.sender, default: []].formUnion(message.recipients)
        }
        #expect(owners.values.allSatisfy { $0.count == 1 }, "an id or envelope sender is two readers'")
        #expect(all.count > before.count && !senders(all[...]).isEmpty)
        // A second time it is no news.
        try await InstanceGuard(try await reopened(test)).check()
    }

    @Test("is noticed also where it is from before the first mail that was ever sent")
    func beforeAnyMail() async throws {
        let test = try await TestInstallation.due(readers: 2)
        let copy = test.folder.path + "/before"
        try self.copy(test, to: copy)
        #expect(try await test.sender.drain().sent == 2)
        try putBack(copy, in: test)
        let installation = try await reopened(test)
        await #expect(throws: InstanceGuard.Conflict.self) { _ = try await Sender(installation).drain() }
        _ = try await InstanceGuard(installation).takeOver()
        #expect(try await Sender(installation).drain().sent == 2)
    }

    @Test(
        "an innocent database is never locked out: a new one, a lost or spoilt counter, both put back, one that is ahead"
    )
    func innocent() async throws {
        let test = try await TestInstallation.due(readers: 2)
        let counter = file(test) + ".generation"
        try await InstanceGuard(test.installation).check()
        #expect(try await test.sender.drain().sent == 2)
        #expect(FileManager.default.fileExists(atPath: counter))
        let saved = try Data(contentsOf: URL(fileURLWithPath: counter))
        try await InstanceGuard(test.installation).check()
        // An older counter, as after a power cut.
        _ = try await test.desk.add(
            try Address("late@example.org"), interests: Interests(topics: ["diffusion"]), source: "test")
        _ = try await test.sender.drain()
        for content in [
            saved, Data(), Data("no number".utf8), Data("5 9000".utf8), Data("99999999999999999999 1".utf8),
        ] {
            try content.write(to: URL(fileURLWithPath: counter))
            try await InstanceGuard(test.installation).check()
        }
        try FileManager.default.removeItem(atPath: counter)
        try await InstanceGuard(test.installation).check()
        // Looking makes nothing.
        #expect(!FileManager.default.fileExists(atPath: counter))
        // A new database in the old one's place.
        try Data("5 9000".utf8).write(to: URL(fileURLWithPath: counter))
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file(test) + end) }
        try await InstanceGuard(try await reopened(test)).check()
    }
}
