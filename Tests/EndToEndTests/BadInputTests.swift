import Foundation
import Loopback
import Testing

@Suite("What is wrong is said in one line, with status 1")
struct BadInputTests {
    /// One line on standard error that mentions all of some words; nothing on standard output.
    private func expectOneLine(_ run: Program.Run, mentioning words: String...) {
        #expect(run.status == 1)
        let lines = run.complaints.split(separator: "\n")
        #expect(lines.count == 1, "\(run.complaints)")
        for word in words { #expect(run.complaints.contains(word), "\(run.complaints)") }
    }

    @Test("an unknown key in the settings file")
    func unknownKey() async throws {
        let program = try Program()
        let file = try program.file("broadsheet.yaml", "web:\n  prot: 8080\n")
        expectOneLine(
            try await program.run("subscribers", "list", "--config", file), mentioning: "web.prot", "web.port", ":2")
    }

    @Test("a subject of digests that is no template, at the start and with its place")
    func badSubject() async throws {
        let program = try Program()
        let file = try program.file("broadsheet.yaml", "mail:\n  subject: '{{#others}}{{title}}'\n")
        expectOneLine(
            try await program.run("serve", "--config", file), mentioning: "mail.subject",
            "the section “others” is not closed")
        expectOneLine(
            try await program.run("serve", environment: ["BROADSHEET_MAIL_SUBJECT": "{{paper}}"]),
            mentioning: "mail.subject", "there is no “paper” here")
    }

    @Test("an address that is none")
    func badAddress() async throws {
        expectOneLine(try await Program().run("subscribers", "add", "ada@@example.org"), mentioning: "ada@@example.org")
    }

    @Test("a time zone that is none, or may be several")
    func badZone() async throws {
        let program = try Program()
        let run = try await program.run("subscribers", "add", "ada@example.org", "--time-zone", "BST")
        #expect(run.status == 64)
        #expect(run.complaints.contains("Unknown time zone “BST”. Try Europe/London."), "\(run.complaints)")
        expectOneLine(
            try await program.run("subscribers", "list", environment: ["BROADSHEET_DIGEST_TIME_ZONE": "IST"]),
            mentioning: "IST", "Asia/Kolkata")
        #expect(
            try await program.run("subscribers", "add", "ada@example.org", "--time-zone", "new york").status == 0)
        let shown = try await program.run("subscribers", "show", "ada@example.org", "--format", "json")
        #expect(shown.output.contains("America") && shown.output.contains("New_York"), "\(shown.output)")
    }

    @Test("a topic that is not offered")
    func badTopic() async throws {
        expectOneLine(
            try await Program().run("subscribers", "add", "ada@example.org", "--topic", "alchemy"),
            mentioning: "alchemy", "topics list")
    }

    @Test("a filter that cannot be read shows the place")
    func badFilter() async throws {
        let run = try await Program().run("filters", "check", "title:(a OR")
        #expect(run.status == 1)
        #expect(run.complaints.contains("^"))
    }

    @Test("a subscriber who is added twice")
    func twice() async throws {
        let program = try Program()
        #expect(try await program.run("subscribers", "add", "ada@example.org").status == 0)
        expectOneLine(try await program.run("subscribers", "add", "Ada@Example.org"), mentioning: "already")
    }

    @Test("a feed that cannot be reached stops no other, and is reported")
    func unreachableFeed() async throws {
        let server = try await HTTPFileServer.start { request in
            request.path == "/good"
                ? .document(
                    Array(Self.atom.utf8), contentType: "application/atom+xml", for: request)
                : HTTPServerReply(status: 500)
        }
        // Nothing listens on tcpmux's port, and no other test may be given it.
        let gone = 1
        let program = try Program()
        let feeds = try program.file(
            "feeds.yaml",
            "feeds:\n  - http://127.0.0.1:\(gone)/x\n  - \(server.baseURL)/good\n  - \(server.baseURL)/bad\n")
        let run = try await program.run("ingest", "--once", environment: ["BROADSHEET_FEEDS_FILE": feeds])
        await server.stop()
        #expect(run.status == 1)
        #expect(run.output.contains("1 entry, 1 new"))
        #expect(run.complaints.split(separator: "\n").count == 2, "\(run.complaints)")
        #expect(run.complaints.contains("127.0.0.1:\(gone)"))
        #expect(run.complaints.contains("500"))
    }

    @Test("a mail server that is not there: the mail waits in the ledger")
    func noMailServer() async throws {
        let port = try await LoopbackPort.free()
        let program = try Program(["BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(port)"])
        #expect(try await program.run("subscribers", "add", "ada@example.org", "--confirm").status == 0)
        let run = try await program.run("deliver", "--once")
        expectOneLine(run, mentioning: "127.0.0.1", "\(port)")
        let receiver = try await SMTPReceiver.start(port: port)
        #expect(try await program.run("deliver", "--once").status == 0)
        #expect(await receiver.messages().count == 1)
        await receiver.stop()
    }

    @Test("a database in a folder that cannot be written")
    func noFolder() async throws {
        expectOneLine(
            try await Program().run("migrate", environment: ["BROADSHEET_DATABASE": "sqlite:/proc/none/x.sqlite"]),
            mentioning: "/proc/none/x.sqlite")
    }

    @Test("a database on a server that is not there, whose password is not shown")
    func noServer() async throws {
        let run = try await Program().run(
            "migrate", environment: ["BROADSHEET_DATABASE": "postgres://ada:s3cret@127.0.0.1:1/papers"])
        // A program that was built without PostgreSQL says how it is built with it.
        expectOneLine(
            run, mentioning: run.complaints.contains("without") ? "--traits PostgreSQL" : "papers on 127.0.0.1:1")
        #expect(!run.complaints.contains("s3cret"))
    }

    @Test("a part of the service that there is not")
    func noRole() async throws {
        let run = try await Program().run("serve", "--roles", "web,dance")
        #expect(run.status == 64)
    }

    @Test("a port that is taken")
    func portInUse() async throws {
        let server = try await HTTPFileServer.start { _ in HTTPServerReply(status: 404) }
        let program = try Program(["BROADSHEET_WEB_PORT": "\(server.port)", "BROADSHEET_LOG_LEVEL": "error"])
        let feeds = try program.file("feeds.yaml", "feeds: []\n")
        let run = try await program.run("serve", environment: ["BROADSHEET_FEEDS_FILE": feeds])
        await server.stop()
        #expect(run.status == 1)
        #expect(run.complaints.contains("\(server.port)"))
        #expect(run.complaints.contains("in use"))
    }

    private static let atom = """
        <feed xmlns="http://www.w3.org/2005/Atom"><title>One</title><id>urn:x</id><updated>2026-11-20T00:00:00Z</updated>
        <entry><id>urn:y</id><title>A paper</title><link href="https://example.org/a"/><updated>2026-11-20T00:00:00Z</updated>
        </entry></feed>
        """
}
