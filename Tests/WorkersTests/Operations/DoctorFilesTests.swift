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
        let isPublic = FilesCheck.othersMayRead(path)
        let above = manager.temporaryDirectory.resolvingSymlinksInPath().path
        guard isOpen, above.hasPrefix("/tmp") else { return #expect(!isPublic || isOpen) }
        #expect(isPublic)
    }
}
