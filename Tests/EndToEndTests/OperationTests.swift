import Foundation
import Loopback
import Store
import Testing

@Suite("What operators read")
struct OperationTests {
    @Test("the operator's sessions are ended from the command line and by a take-over, and counted")
    func sessions() async throws {
        let program = try Program()
        #expect(try await program.run("migrate").status == 0)
        let database = try Database(url: program.place.url)
        for (arguments, words) in [(["admin", "log-out"], "2 sessions ended"), (["instance", "takeover"], "sends")] {
            for name in ["a", "b"] {
                try await database.adminSessions.begin(name, expiresAt: .now + 3600, at: .now)
            }
            let answer = try await program.run(arguments, environment: [:])
            #expect(answer.status == 0 && answer.output.contains(words), "\(answer.complaints)")
            #expect(try await database.adminSessions.isOpen("a", at: .now) == false)
        }
        #expect(try await program.run("admin", "log-out").output.contains("0 sessions ended"))
    }

    @Test("what was found out of mail servers is listed, and forgotten by their address")
    func relays() async throws {
        let program = try Program()
        #expect(try await program.run("migrate").status == 0)
        let database = try Database(url: program.place.url)
        for host in ["a", "b"] {
            let relay = RelayStore.Relay(
                address: "smtp://\(host).example:587", identity: "esmtp | PIPELINING", pipelining: "envelope",
                reason: "it answers too late", messageLimit: 20)
            try await database.relays.store(relay, at: .now)
        }
        let list = try await program.run("relays", "list").output.split(separator: "\n")
        #expect(list.count == 3)
        for word in ["smtp://a.example:587", "envelope", "20", "it answers too late", "PIPELINING"] {
            #expect(list[1].contains(word), "\(list[1])")
        }
        let rows = try jsonLines(try await program.run("relays", "list", "--format", "json").output)
        #expect(rows.map { $0["relay"] as? String } == ["smtp://a.example:587", "smtp://b.example:587"])
        #expect(rows.allSatisfy { $0["messagesPerConnection"] as? Int == 20 })

        let unknown = try await program.run("relays", "forget", "smtp://c.example")
        #expect(unknown.status == 1 && unknown.complaints.contains("nothing is known of smtp://c.example:25"))
        for wrong in [["relays", "forget"], ["relays", "forget", "smtp://a.example:587", "--all"]] {
            #expect(try await program.run(wrong, environment: [:]).status == 64)
        }
        // As smtp.url has it; the password is shown nowhere.
        let one = try await program.run("relays", "forget", "smtp://me:secret@a.example:587")
        #expect(one.status == 0 && one.output == "smtp://a.example:587 is met anew\n")
        #expect(try await database.relays.all(at: .now).map(\.address) == ["smtp://b.example:587"])
        let all = try await program.run("relays", "forget", "--all")
        #expect(all.status == 0 && all.output == "1 mail server is met anew\n")
        #expect(try await database.relays.all(at: .now).isEmpty)
    }

    @Test("a morning's log at info tells what happened and holds no reader's address, also where servers quote it")
    func log() async throws {
        let feeds = try await SampleFeeds.start(papers: 3)
        var options = SMTPReceiverOptions()
        options.script = { event in
            guard event.stage == .rcpt else { return .proceed }
            let address = event.argument
            if address.contains("reader3@") { return .reply("550 5.1.1 <reader3@example.org>: no such user") }
            if address.contains("reader5@") { return .reply("450 4.2.0 reader5@example.org: greylisted") }
            return .proceed
        }
        let receiver = try await SMTPReceiver.start(options: options)
        let program = try Program([
            "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(receiver.port)", "BROADSHEET_LOG_FORMAT": "json",
            "BROADSHEET_LOG_LEVEL": "info",
            // No ingest worker runs that would bring what is due by then.
            "BROADSHEET_DIGEST_WAIT_FOR_FEEDS": "0",
        ])
        let file = try program.file("feeds.yaml", "feeds:\n  - \(feeds.baseURL)/day\n")
        #expect(try await program.run("ingest", "--once", environment: ["BROADSHEET_FEEDS_FILE": file]).status == 0)
        try await SampleReaders.add(12, to: program)
        let log = program.folder.appendingPathComponent("log")
        try Data().write(to: log)
        let sender = program.process(["deliver", "--force", "--at", SampleReaders.morning.formatted(.iso8601)])
        sender.standardError = try FileHandle(forWritingTo: log)
        try sender.run()
        await receiver.waitForMessages(10)
        // The round's words come after its last mail.
        try await Awaiting.until { try String(contentsOf: log, encoding: .utf8).contains(" sent, ") }
        sender.terminate()
        sender.waitUntilExit()

        let text = try String(contentsOf: log, encoding: .utf8)
        let messages = try jsonLines(text).compactMap { $0["message"] as? String }
        #expect(messages.contains { $0.contains(" sent, ") }, "\(text)")
        #expect(messages.contains { $0.contains("550 5.1.1") && $0.contains("…@example.org") }, "\(text)")
        for number in 1...12 { #expect(!text.contains("reader\(number)@")) }
        await receiver.stop()
        await feeds.stop()
    }

    @Test("stats draws the days with blocks where the terminal shows them, with # where it does not, and never colours")
    func stats() async throws {
        let feeds = try await SampleFeeds.start(papers: 3)
        let receiver = try await SMTPReceiver.start()
        let program = try Program(["BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(receiver.port)"])
        let file = try program.file("feeds.yaml", "feeds:\n  - \(feeds.baseURL)/day\n")
        #expect(try await program.run("ingest", "--once", environment: ["BROADSHEET_FEEDS_FILE": file]).status == 0)
        try await SampleReaders.add(4, to: program)
        let morning = SampleReaders.morning
        #expect(try await program.run("deliver", "--once", "--force", "--at", morning.formatted(.iso8601)).status == 0)

        let drawn = try await program.run("stats", environment: ["LC_ALL": "C.UTF-8"])
        #expect(drawn.status == 0 && drawn.output.contains("█"), "\(drawn.output)\(drawn.complaints)")
        #expect(drawn.output.contains("active") && drawn.output.contains("\(feeds.baseURL)/day"))
        let plain = try await program.run("stats", "--days", "3", environment: ["LC_ALL": "C"])
        #expect(plain.output.contains("#") && plain.output.unicodeScalars.allSatisfy(\.isASCII), "\(plain.output)")
        #expect(!drawn.output.contains("\u{1B}") && !plain.output.contains("\u{1B}"))

        let lines = try jsonLines(try await program.run("stats", "--days", "2", "--format", "json").output)
        #expect((lines.first?["subscribers"] as? [String: Int])?["active"] == 4)
        let days = lines.compactMap { $0["day"] as? [String: Any] }
        #expect(days.count == 2)
        // Both days together: midnight may have passed since.
        #expect(days.reduce(0) { $0 + ($1["papers"] as? Int ?? 0) } == 3)
        #expect(days.reduce(0) { $0 + ($1["new"] as? Int ?? 0) } == 4)
        #expect(lines.contains { ($0["feed"] as? [String: Any])?["state"] as? String == "ok" })
        #expect(try await program.run("stats", "--days", "0").status == 64)
        await receiver.stop()
        await feeds.stop()
    }
}
