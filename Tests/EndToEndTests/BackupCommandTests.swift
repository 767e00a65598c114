import Foundation
import Loopback
import TestSupport
import Testing

@testable import Store

/// Of SQLite files; a server has tools of its own.
@Suite("Backup and restore, by the command line", .enabled(if: !TestPlace.isOnServer))
struct BackupCommandTests {
    /// A program whose database holds some tens of megabytes.
    private func heavy() async throws -> Program {
        let program = try Program()
        #expect(try await program.run("migrate").status == 0)
        try await grow(program)
        return program
    }

    private func grow(_ program: Program) async throws {
        try await Database(url: "sqlite:\(program.folder.path)/test.sqlite").driver.write { sql in
            for number in 0..<400 {
                let value = String(repeating: "\(number % 10)", count: 100_000)
                try sql.execute("INSERT INTO installation (name, value) VALUES ($1, $2)", [UUID().uuidString, value])
            }
        }
    }

    @Test("one that is killed leaves no half file under the name, and the next one succeeds")
    func killed() async throws {
        let program = try await heavy()
        let backup = "\(program.folder.path)/copy.sqlite"
        let delays = [0, 0, 3, 10, 20, 40, 80, 160]
        var halves = 0
        var tries = 0
        // Where every kill comes when the copy is there already, the next copies take longer, until one is met.
        while tries < delays.count || (halves == 0 && tries < 100) {
            let milliseconds = tries < delays.count ? delays[tries] : 0
            tries += 1
            if tries > delays.count, tries.isMultiple(of: 5) { try await grow(program) }
            let process = program.process(["backup", backup])
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            while process.isRunning, !FileManager.default.fileExists(atPath: backup + ".partial") {
                try await Task.sleep(for: .milliseconds(1))
            }
            try await Task.sleep(for: .milliseconds(milliseconds))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if FileManager.default.fileExists(atPath: backup + ".partial") { halves += 1 }
            // The next one should not be taken for begun by what this one left.
            try? FileManager.default.removeItem(atPath: backup + ".partial")
            guard FileManager.default.fileExists(atPath: backup) else { continue }
            #expect(try await SQLiteFile(path: backup).examine(.full).schemaVersion == Database.currentSchemaVersion)
            try FileManager.default.removeItem(atPath: backup)
        }
        try Data("left by a killed one".utf8).write(to: URL(fileURLWithPath: backup + ".partial"))
        #expect(halves > 0, "no kill fell into the copying")
        let run = try await program.run("backup", backup)
        #expect(run.status == 0 && run.output.contains("intact"), "\(run.complaints)")
        #expect(!FileManager.default.fileExists(atPath: backup + ".partial"))
        let again = try await program.run("backup", backup)
        #expect(again.status == 1 && again.complaints.contains("--force"), "\(again.complaints)")
    }

    @Test(
        "while the service sends a backup is taken and a restore refused; afterwards nothing is sent before a take-over"
    )
    func service() async throws {
        let receiver = try await SMTPReceiver.start()
        let port = try await LoopbackPort.free()
        let program = try Program([
            "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(receiver.port)", "BROADSHEET_WEB_PORT": "\(port)",
        ])
        let settings = ["BROADSHEET_FEEDS_FILE": try program.file("feeds.yaml", "feeds: []\n")]
        #expect(try await program.run("subscribers", "add", "ada@example.org").status == 0)
        let serving = program.process(["serve"], settings)
        serving.standardError = FileHandle.nullDevice
        try serving.run()
        _ = try await Browser().patiently { try await $0.get("http://127.0.0.1:\(port)/readyz") }
        let backup = "\(program.folder.path)/copy.sqlite"
        let taken = try await program.run("backup", backup)
        #expect(taken.status == 0 && taken.output.contains("1 subscribers"), "\(taken.complaints)")
        let refused = try await program.run("restore", backup, "--force")
        #expect(refused.status == 1 && refused.complaints.contains("stop the service"), "\(refused.complaints)")
        serving.terminate()
        serving.waitUntilExit()

        let unforced = try await program.run("restore", backup)
        #expect(unforced.status == 1 && unforced.complaints.contains("--force"), "\(unforced.complaints)")
        let restored = try await program.run("restore", backup, "--force")
        #expect(restored.status == 0 && restored.complaints.contains("takeover"), "\(restored.complaints)")
        let morning = SampleReaders.morning.formatted(.iso8601)
        let held = try await program.run("deliver", "--once", "--force", "--at", morning)
        #expect(held.status == 1 && held.complaints.contains("takeover"), "\(held.complaints)")
        #expect(try await program.run("instance", "takeover").status == 0)
        #expect(try await program.run("deliver", "--once", "--force", "--at", morning).status == 0)
        await receiver.stop()
    }
}
