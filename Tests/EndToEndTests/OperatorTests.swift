import Foundation
import Loopback
import TestSupport
import Testing

@Suite("What an operator trips over, through the real program")
struct OperatorTests {
    @Test("refused lines give status 1 and a file that is mended and imported")
    func mended() async throws {
        let program = try Program()
        let list = try program.file(
            "list.csv", "email,status,time\nada@example.org,active,\nbob,active,07:30\ncleo@example.org,happy,\n")
        let first = try await program.run("subscribers", "import", list)
        #expect(first.status == 1 && first.output.contains("1 added") && first.output.contains("2 refused"))
        #expect(first.complaints.contains("list.csv:3:") && first.complaints.contains("list.refused.csv"))
        let mendable = program.folder.appendingPathComponent("list.refused.csv")
        let text = try String(contentsOf: mendable, encoding: .utf8)
        #expect(text.hasPrefix("email,status,time,reason\r\nbob,active,07:30,"))
        let mended = text.replacing("bob,", with: "bob@example.org,").replacing("happy", with: "active")
        try Data(mended.utf8).write(to: mendable)
        let second = try await program.run("subscribers", "import", mendable.path)
        #expect(second.status == 0 && second.output.contains("2 added"), "\(second.complaints)")
        // What may be half mended is not written over.
        #expect(try await program.run("subscribers", "import", list).status == 1)
        #expect(FileManager.default.fileExists(atPath: program.folder.path + "/list.refused-2.csv"))
        #expect(try String(contentsOf: mendable, encoding: .utf8) == mended)
        let dry = try await program.run("subscribers", "import", list, "--dry-run", "--format", "json")
        #expect(dry.status == 1)
        #expect(try jsonLines(dry.output).first?["refused"] as? Int == 2)
        #expect(!FileManager.default.fileExists(atPath: program.folder.path + "/list.refused-3.csv"))
    }

    @Test("addresses alone are mailed only if it is said where their owners agreed")
    func vouched() async throws {
        let program = try Program()
        let list = try program.file("list.txt", "ada@example.org\n")
        let silent = try await program.run("subscribers", "import", list)
        #expect(silent.status == 0 && silent.complaints.contains("--source"), "\(silent.complaints)")
        #expect(try await program.run("subscribers", "list", "--state", "pending").output.contains("ada@example.org"))
        let said = try await program.run("subscribers", "import", list, "--source", "sign-up sheet of the lab")
        #expect(said.status == 0 && said.output.contains("1 confirmed"), "\(said.output)\(said.complaints)")
        #expect(try await program.run("subscribers", "list", "--state", "active").output.contains("ada@example.org"))
    }

    @Test("digest send sends one mail, to a reader or not, and records nothing")
    func testMail() async throws {
        let feeds = try await SampleFeeds.start(papers: 3)
        let receiver = try await SMTPReceiver.start()
        let program = try Program(["BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(receiver.port)"])
        #expect(try await program.run("subscribers", "add", "ada@example.org").status == 0)
        let early = try await program.run("digest", "send", "ada@example.org")
        #expect(early.status == 0 && early.output.contains("250"), "\(early.complaints)")
        let file = try program.file("feeds.yaml", "feeds:\n  - \(feeds.baseURL)/day\n")
        #expect(try await program.run("ingest", "--once", environment: ["BROADSHEET_FEEDS_FILE": file]).status == 0)
        for email in ["ada@example.org", "stranger@example.org"] {
            let run = try await program.run("digest", "send", email)
            #expect(run.status == 0 && run.output.contains(email), "\(run.complaints)")
            #expect(run.complaints.contains("no subscriber") == email.hasPrefix("stranger"))
        }
        let mails = await receiver.messages()
        #expect(mails.count == 3)
        #expect(mails.allSatisfy { String(decoding: $0.bytes, as: UTF8.self).contains("List-Unsubscribe-Post:") })
        let shown = try await program.run("subscribers", "show", "ada@example.org", "--format", "json")
        #expect((try jsonLines(shown.output).first?["deliveries"] as? [Any])?.isEmpty == true)
        #expect(try await !program.run("subscribers", "list").output.contains("stranger"))
        #expect(try await program.run("suppressions", "add", "ada@example.org").status == 0)
        let refused = try await program.run("digest", "send", "ada@example.org")
        #expect(refused.status == 1 && refused.complaints.contains("must not be mailed"), "\(refused.complaints)")
        #expect(await receiver.messages().count == 3)
        await receiver.stop()
        await feeds.stop()
    }

    @Test("deliver in a time that is still to come needs --force, and mails nobody without")
    func future() async throws {
        let receiver = try await SMTPReceiver.start()
        let program = try Program(["BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(receiver.port)"])
        #expect(try await program.run("subscribers", "add", "ada@example.org", "--confirm").status == 0)
        let time = Date.now.addingTimeInterval(7200).formatted(.iso8601)
        let run = try await program.run("deliver", "--once", "--at", time)
        #expect(run.status == 1 && run.complaints.contains("--force") && run.complaints.contains("digest send"))
        #expect(await receiver.messages().isEmpty)
        let past = Date.now.addingTimeInterval(-60).formatted(.iso8601)
        #expect(try await program.run("deliver", "--once", "--at", past).status == 0)
        #expect(try await program.run("deliver", "--once", "--at", time, "--force").status == 0)
        #expect(await receiver.messages().count == 1)
        await receiver.stop()
    }

    @Test("all faults of a settings file are told at once, a line each, by a command and by doctor")
    func faults() async throws {
        let program = try Program()
        let file = try program.file("broadsheet.yaml", "web:\n  prot: 1\n  port: many\ndigest:\n  time: \"25:00\"\n")
        let run = try await program.run(
            "subscribers", "list", "--config", file, environment: ["BROADSHEET_SMPT_URL": "x"])
        let lines = run.complaints.split(separator: "\n")
        #expect(run.status == 1 && lines.count == 4 && lines.allSatisfy { $0.hasPrefix("broadsheet: ") }, "\(lines)")
        for word in ["web.prot", "web.port", "digest.time", "BROADSHEET_SMTP_URL"] {
            #expect(run.complaints.contains(word))
        }
        let doctor = try await program.run("doctor", "--offline", "--config", file, "--format", "json")
        #expect(doctor.status == 1)
        #expect(try jsonLines(doctor.output).count == 3)
    }

    /// Runs a command with the settings of a file alone, in a folder.
    private func run(_ program: Program, in folder: String, _ arguments: [String], _ variables: [String: String] = [:])
        throws -> (status: Int32, complaints: String)
    {
        let process = program.process(arguments)
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = (process.environment ?? [:]).filter { !$0.key.hasPrefix("BROADSHEET_") }
            .merging(variables) { $1 }
        let complaints = Pipe()
        process.standardError = complaints
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    @Test("one settings file has one database, beside it; without settings none is made")
    func place() throws {
        let program = try Program()
        let (home, elsewhere) = (program.folder.path + "/home", program.folder.path + "/elsewhere")
        let files = FileManager.default
        for folder in [home, elsewhere] { try files.createDirectory(atPath: folder, withIntermediateDirectories: true) }
        let file = home + "/settings.yaml"
        try Data("site:\n  name: Lab\n".utf8).write(to: URL(fileURLWithPath: file))

        let add = ["subscribers", "add", "ada@example.org"]
        for command in [add, ["migrate"], ["subscribers", "list"], ["restore", "--force", "/dev/null"]] {
            let lost = try run(program, in: elsewhere, command)
            #expect(lost.status == 1 && lost.complaints.contains("BROADSHEET_CONFIG"), "\(lost.complaints)")
        }
        #expect(try files.contentsOfDirectory(atPath: elsewhere).isEmpty)
        // What needs no database needs no settings.
        #expect(try run(program, in: elsewhere, ["filters", "check", "robot"]).status == 0)

        #expect(try run(program, in: elsewhere, add, ["BROADSHEET_CONFIG": file]).status == 0)
        #expect(files.fileExists(atPath: home + "/broadsheet.sqlite"))
        let twice = try run(program, in: home, add + ["--config", "settings.yaml"])
        #expect(twice.status == 1 && twice.complaints.contains("already"), "\(twice.complaints)")
        #expect(try files.contentsOfDirectory(atPath: elsewhere).isEmpty)

        // A database that an older program made where it was run is not passed over for a new one.
        try files.moveItem(atPath: home + "/broadsheet.sqlite", toPath: elsewhere + "/broadsheet.sqlite")
        for end in ["-wal", "-shm"] { try? files.removeItem(atPath: home + "/broadsheet.sqlite" + end) }
        let older = try run(program, in: elsewhere, ["subscribers", "list", "--config", file])
        #expect(older.status == 1 && older.complaints.contains("move it"), "\(older.complaints)")
        #expect(try run(program, in: elsewhere, ["subscribers", "list"]).status == 0)
    }
}
