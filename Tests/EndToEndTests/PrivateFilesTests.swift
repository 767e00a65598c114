import Foundation
import TestSupport
import Testing

@Suite("Files that only their owner may read, through the real program", .enabled(if: !TestPlace.isOnServer))
struct PrivateFilesTests {
    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    /// Runs the program in a shell that takes no right away from new files.
    private func runOpen(_ program: Program, _ arguments: String..., status: Int32 = 0) throws {
        let process = program.process(arguments)
        let path = try #require(process.executableURL?.path)
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "umask 000; exec \"$0\" \"$@\"", path] + arguments
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == status, "\(arguments)")
    }

    @Test("whatever the mask is, and a database that is there keeps its mode")
    func modes() throws {
        let program = try Program()
        let folder = program.folder.path
        let database = "\(folder)/test.sqlite"
        try runOpen(program, "migrate")
        #expect(try mode(database) == 0o600)
        try runOpen(program, "backup", "\(folder)/backup")
        try runOpen(program, "restore", "--force", "\(folder)/backup")
        try runOpen(program, "copy", "--from", "sqlite:\(database)", "--to", "sqlite:\(folder)/copy.sqlite")
        let list = try program.file("list.csv", "email\nada@example.org\nnobody\n")
        try runOpen(program, "subscribers", "import", list, "--report", "\(folder)/report.csv", status: 1)
        for name in [
            "test.sqlite", "backup", "test.sqlite.before-restore", "copy.sqlite", "report.csv", "list.refused.csv",
        ] {
            #expect(try mode("\(folder)/\(name)") == 0o600, "\(name)")
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.contains("sqlite") {
            #expect(try mode("\(folder)/\(name)") == 0o600, "\(name)")
        }
        #expect(try String(contentsOfFile: "\(folder)/report.csv", encoding: .utf8).hasPrefix("line,reason\r\n3,"))
        chmod(database, 0o640)
        try runOpen(program, "feeds", "list")
        #expect(try mode(database) == 0o640)
    }
}
