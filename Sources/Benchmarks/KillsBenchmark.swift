import Foundation
import Loopback
import Mail
import Site

/// The program killed (SIGKILL) at random moments while it sends, and run with a disk that fills up: nobody may miss a
/// mail, and who gets one twice gets the same one, of those that were under way.
struct KillsBenchmark {
    let kills: Int
    let messages: Int
    static let connections = 10

    /// What became of one round of mails to everybody.
    private struct Round {
        var kills = 0
        var doubles = 0
        var mostDoubles = 0
    }

    func run() async throws -> [Figure] {
        let ground = try await SendGround(subscribers: messages, filters: 50, papers: 30)
        defer { ground.remove() }
        var random = SystemRandomNumberGenerator()
        var total = Round()
        var rounds = 0
        while total.kills < kills {
            let round = try await self.round(ground, &random)
            total.kills += round.kills
            total.doubles += round.doubles
            total.mostDoubles = max(total.mostDoubles, round.mostDoubles)
            rounds += 1
        }
        var figures = [
            Figure(
                name: "kills.count", values: [Double(total.kills)],
                unit: "kills in \(rounds) rounds of \(messages) mails"),
            Figure(name: "kills.lost", values: [0], unit: "mails"),
            Figure(
                name: "kills.doubles", values: [Double(total.doubles)], unit: "mails, each with its first Message-ID"),
            Figure(name: "kills.doubles.most", values: [Double(total.mostDoubles)], unit: "mails after one kill"),
        ]
        if geteuid() == 0 { figures += [try await fullDisk(ground), try await fullForAWhile(ground)] }
        return figures
    }

    /// Everybody's mail, killed and begun again until all is sent.
    private func round(_ ground: SendGround, _ random: inout SystemRandomNumberGenerator) async throws -> Round {
        try ground.rewind(messages)
        let sink = try await SMTPReceiver.start()
        var round = Round()
        var doubles = 0
        while true {
            let process = try ground.program(port: sink.port, connections: Self.connections)
            // Beginning takes a tenth of a second, all mails a few.
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...1500, using: &random)))
            let wasRunning = process.isRunning
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let now = try Self.doubles(await sink.messages())
            round.mostDoubles = max(round.mostDoubles, now - doubles)
            doubles = now
            if !wasRunning { break }
            round.kills += 1
        }
        let received = await sink.messages()
        await sink.stop()
        let recipients = Set(received.flatMap(\.recipients))
        guard recipients.count == messages, try ground.unsent() == 0 else {
            throw BenchmarkFailure("\(recipients.count) of \(messages) got their mail, \(try ground.unsent()) wait")
        }
        round.doubles = doubles
        return round
    }

    /// How many mails came more than once.
    ///
    /// - Throws: ``BenchmarkFailure`` where a second one is not the first again.
    static func doubles(_ received: [ReceivedMessage]) throws -> Int {
        var ids: [String: String] = [:]
        for message in received {
            let id = ParsedMessage(message.bytes.prefix(4000)).fields["message-id"] ?? ""
            let recipient = message.recipients.joined()
            if let first = ids[recipient], first != id { throw BenchmarkFailure("\(recipient) got \(first) and \(id)") }
            ids[recipient] = id
        }
        return received.count - ids.count
    }

    /// The database on a small file system of its own that is filled while the program sends, and freed again.
    private func fullDisk(_ ground: SendGround) async throws -> Figure {
        try ground.rewind(messages)
        let disk = try SmallDisk(kilobytes: ground.databaseBytes / 1024 + 6000)
        defer { disk.remove() }
        try ground.copyDatabase(to: disk.folder.appendingPathComponent("bench.sqlite"))
        let sink = try await SMTPReceiver.start()
        var failures = 0
        for round in 0..<20 {
            // Less room each time than all results need, and in the end as much as they want.
            let room = round < 10 ? Int.random(in: 50...600) : 0
            if room > 0 { disk.fill(leaving: room) }
            let process = try ground.program(port: sink.port, connections: Self.connections, database: disk.folder)
            process.waitUntilExit()
            disk.free()
            if process.terminationStatus == 0 { break }
            failures += 1
        }
        guard failures > 0 else { throw BenchmarkFailure("the disk was never full") }
        let received = await sink.messages()
        await sink.stop()
        let recipients = Set(received.flatMap(\.recipients))
        guard recipients.count == messages else {
            throw BenchmarkFailure("full disk: \(recipients.count) of \(messages) got their mail")
        }
        let doubles = try Self.doubles(received)
        return Figure(
            name: "kills.full_disk.doubles", values: [Double(doubles)],
            unit: "mails, none lost, the disk full \(failures) times")
    }
}

extension SendGround {
    /// The real program, sending everything that is due.
    func program(port: Int, connections: Int, database: URL? = nil) throws -> Process {
        try program(
            ["deliver", "--once", "--force", "--at", morning.formatted(.iso8601)],
            [
                "BROADSHEET_DATABASE": "sqlite:\((database ?? folder).path)/bench.sqlite",
                "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(port)", "BROADSHEET_SMTP_CONNECTIONS": "\(connections)",
            ])
    }

    /// The real program, which lies beside this one, started.
    ///
    /// - Parameters:
    ///   - environment: beside what every run of it needs here.
    ///   - log: takes what it writes to standard error.
    func program(
        _ arguments: [String], _ environment: [String: String], log: FileHandle = .nullDevice
    ) throws -> Process {
        let process = Process()
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let file = own.deletingLastPathComponent().appendingPathComponent("broadsheet")
        guard FileManager.default.isExecutableFile(atPath: file.path) else {
            throw BenchmarkFailure("build the product broadsheet first, in the same mode and with the same traits")
        }
        process.executableURL = file
        process.arguments = arguments
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "BROADSHEET_SMTP_TLS": "none",
            "BROADSHEET_SITE_INSTANCE": "benchmark", "BROADSHEET_WEB_BASE_URL": "https://papers.example.org",
            "BROADSHEET_MAIL_FROM": "Broadsheet <papers@example.org>",
        ].merging(environment) { $1 }
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = log
        try process.runUnmasked()
        return process
    }

    /// How many mails wait or are under way.
    func unsent() throws -> Int {
        let script = """
            import sqlite3
            db = sqlite3.connect("\(folder.path)/bench.sqlite")
            print(db.execute("SELECT count(*) FROM deliveries WHERE state != 'sent'").fetchone()[0])
            """
        let output = try Peer.run("/usr/bin/env", ["python3", "-c", script])
        return Int(output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
    }

    var databaseBytes: Int {
        (try? FileManager.default.attributesOfItem(atPath: "\(folder.path)/bench.sqlite")[.size] as? Int) ?? 0
    }

    func copyDatabase(to file: URL) throws {
        let script = """
            import sqlite3
            sqlite3.connect("\(folder.path)/bench.sqlite").execute("VACUUM INTO ?", ("\(file.path)",))
            """
        _ = try Peer.run("/usr/bin/env", ["python3", "-c", script])
    }
}
