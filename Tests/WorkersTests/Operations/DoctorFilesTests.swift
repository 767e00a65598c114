import Foundation
import TestSupport
import Testing

@testable import Workers

@Suite("The doctor's look at files")
struct DoctorFilesTests {
    /// Of SQLite; a server's disk is elsewhere.
    @Test(
        "says when the disk of the database is nearly full", .enabled(if: !TestPlace.isOnServer),
        arguments: [(Int64.max, Finding.State.failed), (1, .ok)])
    func disk(enough: Int64, state: Finding.State) async throws {
        let test = try await TestInstallation()
        let findings = await Doctor(settings: test.installation.settings, offline: true, enoughSpace: enough).examine()
        #expect(findings.first { $0.check == "disk" }?.state == state)
        #expect(findings.allSatisfy { $0.state == .ok || $0.mend?.isEmpty == false })
    }

    @Test(
        "a file is everybody's where its mode says so and every folder above lets everybody through",
        arguments: [(0o644, 0o755, true), (0o640, 0o755, false), (0o644, 0o750, false), (0o604, 0o711, true)])
    func permissions(file: Int, folder: Int, isOpen: Bool) throws {
        let manager = FileManager.default
        let place = manager.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try manager.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: place) }
        let path = place.appendingPathComponent("secret").path
        try Data("secret".utf8).write(to: URL(fileURLWithPath: path))
        try manager.setAttributes([.posixPermissions: file], ofItemAtPath: path)
        try manager.setAttributes([.posixPermissions: folder], ofItemAtPath: place.path)
        // Where the temporary folder itself is somebody's alone, nothing in it is open.
        let isPublic = FileAccess(database: nil).strangers(whoRead: path) == .everybody
        let above = manager.temporaryDirectory.resolvingSymlinksInPath().path
        guard isOpen, above.hasPrefix("/tmp") else { return #expect(!isPublic || isOpen) }
        #expect(isPublic)
    }

    @Test("a group may read a file where it is the service's own or root's, and no other may")
    func groups() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("settings.yaml").path
        try Data("secret".utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o640)
        #expect(FileAccess(groups: [getegid()]).strangers(whoRead: path) == nil)
        let isPassable = folder.resolvingSymlinksInPath().path.hasPrefix("/tmp/")
        #expect(FileAccess(groups: []).strangers(whoRead: path) == (isPassable ? .group : nil))
        #expect(FileAccess(groups: [getegid()]).isForOwnGroup(path) == (getegid() != 0))
        chmod(path, 0o600)
        #expect(FileAccess(groups: []).strangers(whoRead: path) == nil)
        chmod(path, 0o644)
        #expect(FileAccess(groups: [getegid()]).strangers(whoRead: path) == (isPassable ? .everybody : nil))
    }
}
