import Foundation
import Loopback
import TestSupport
import Testing

@testable import Store

/// Of SQLite files; a server's backups are put back by its own tools.
@Suite("Monday's backup put back, then Tuesday", .enabled(if: !TestPlace.isOnServer))
struct RestoredBackupTests {
    enum Way: CaseIterable {
        /// `broadsheet backup` and `broadsheet restore`.
        case commands
        /// The file was copied, and is put back at its own path, as by a snapshot.
        case file
    }

    private static let ends = ["", "-wal", "-shm"]

    private func save(_ program: Program, _ way: Way) async throws {
        let (file, copy) = ("\(program.folder.path)/test.sqlite", "\(program.folder.path)/monday.sqlite")
        if way == .commands {
            let run = try await program.run("backup", copy)
            #expect(run.status == 0, "\(run.complaints)")
        } else {
            for end in Self.ends where FileManager.default.fileExists(atPath: file + end) {
                try FileManager.default.copyItem(atPath: file + end, toPath: copy + end)
            }
        }
    }

    private func putBack(_ program: Program, _ way: Way) async throws {
        let (file, copy) = ("\(program.folder.path)/test.sqlite", "\(program.folder.path)/monday.sqlite")
        if way == .commands {
            let run = try await program.run("restore", copy, "--force")
            #expect(run.status == 0, "\(run.complaints)")
        } else {
            for end in Self.ends {
                try? FileManager.default.removeItem(atPath: file + end)
                guard FileManager.default.fileExists(atPath: copy + end) else { continue }
                try FileManager.default.copyItem(atPath: copy + end, toPath: file + end)
            }
        }
    }

    /// A report that there is no such mailbox, as it comes to the envelope sender of a mail.
    private func bounce(of mail: ReceivedMessage) -> String {
        """
        Return-Path: <>
        Delivered-To: \(mail.sender)
        From: MAILER-DAEMON@mx.example.net
        To: \(mail.sender)
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        Your mail could not be delivered.

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; \(mail.recipients.joined())
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 User unknown

        --b
        Content-Type: text/rfc822-headers

        Message-ID: \(SunkMessage(mail.text).messageID)

        --b--

        """
    }

    private func state(_ reader: String, _ program: Program) async throws -> String? {
        let shown = try await program.run("subscribers", "show", reader, "--format", "json")
        return try jsonLines(shown.output).first?["state"] as? String
    }

    @Test("no mail of both days shares a Message-ID, and Monday's bounces end no reader", arguments: Way.allCases)
    func tuesday(way: Way) async throws {
        let feeds = try await SampleFeeds.start(papers: 3)
        let receiver = try await SMTPReceiver.start()
        let program = try Program([
            "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(receiver.port)",
            "BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org",
        ])
        let settings = [
            "BROADSHEET_FEEDS_FILE": try program.file("feeds.yaml", "feeds:\n  - \(feeds.baseURL)/day\n")
        ]
        let monday = SampleReaders.morning
        func deliver(at date: Date) async throws -> Program.Run {
            try await program.run("deliver", "--once", "--force", "--at", date.formatted(.iso8601))
        }
        #expect(try await program.run("ingest", "--once", environment: settings).status == 0)
        #expect(try await program.run("subscribers", "add", "ada@example.org").status == 0)
        try await save(program, way)
        // Who came after the backup: the next to come once it is put back would have her number.
        #expect(try await program.run("subscribers", "add", "eve@example.org").status == 0)
        #expect(try await deliver(at: monday).status == 0)
        let mondays = await receiver.messages()
        #expect(Set(mondays.flatMap(\.recipients)) == ["ada@example.org", "eve@example.org"])

        try await putBack(program, way)
        let held = try await deliver(at: monday)
        #expect(held.status == 1 && held.complaints.contains("instance takeover"), "\(held.complaints)")
        #expect(try await program.run("instance", "takeover").status == 0)
        #expect(try await program.run("subscribers", "add", "mallory@example.org").status == 0)
        await feeds.add(paper: 4)
        #expect(try await program.run("ingest", "--once", environment: settings).status == 0)
        #expect(try await deliver(at: monday.addingTimeInterval(86_400)).status == 0)
        let tuesdays = Array(await receiver.messages().dropFirst(mondays.count))
        #expect(Set(tuesdays.flatMap(\.recipients)) == ["ada@example.org", "mallory@example.org"])
        let ids = { (messages: [ReceivedMessage]) in Set(messages.map { SunkMessage($0.text).messageID }) }
        #expect(ids(mondays).isDisjoint(with: ids(tuesdays)))
        #expect(ids(tuesdays).count == tuesdays.count)
        #expect(Set(mondays.map(\.sender)).isDisjoint(with: Set(tuesdays.map(\.sender))))

        let before = try await Database(url: program.place.url).contents()
        for (number, mail) in mondays.enumerated() {
            let file = try program.file("monday\(number).eml", bounce(of: mail))
            let run = try await program.run("bounces", "ingest", file)
            #expect(run.status == 0, "\(run.complaints)")
        }
        #expect(try await Database(url: program.place.url).contents() == before)
        // The same report of a mail that is known is understood, and ends the one whose it was.
        let mallorys = try #require(tuesdays.first { $0.recipients == ["mallory@example.org"] })
        let file = try program.file("tuesday.eml", bounce(of: mallorys))
        #expect(try await program.run("bounces", "ingest", file).status == 0)
        #expect(try await state("mallory@example.org", program) == "bounced")
        #expect(try await state("ada@example.org", program) == "active")
        await receiver.stop()
        await feeds.stop()
    }
}
