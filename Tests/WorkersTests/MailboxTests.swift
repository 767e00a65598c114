import Foundation
import Mail
import Store
import TestSupport
import Testing
import Transport

@testable import Workers

@Suite(
    "The mailbox of bounces, in a real Dovecot", .serialized,
    .enabled(if: Dovecot.executable != nil, "needs the package dovecot-imapd"))
struct MailboxTests {
    private static let password = "p%40ss%2Fword"

    private static func environment(_ dovecot: Dovecot, _ kind: String, password: String = password) -> [String: String]
    {
        let port = kind == "imaps" ? dovecot.imaps : dovecot.pop3s
        return [
            "BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org",
            "BROADSHEET_BOUNCES_MAILBOX": "\(kind)://bounces:\(password)@localhost:\(port)",
            "BROADSHEET_BOUNCES_CA_FILE": dovecot.certificate,
        ]
    }

    @Test(
        "bounces are taken and deleted, what is not understood is left and not looked at again",
        arguments: ["imaps", "pop3s"])
    func round(kind: String) async throws {
        let dovecot = try await Dovecot()
        let test = try await TestInstallation.due(readers: 3, environment: Self.environment(dovecot, kind))
        #expect(try await test.sender.drain().sent == 3)
        for message in await test.receiver.messages() where message.recipients != ["reader3@example.org"] {
            let bounce = BounceShape.statuses[0].text.replacingOccurrences(of: "SENDER", with: message.sender)
            try dovecot.deliver(Array(bounce.utf8))
        }
        // Far longer than what is read of it.
        try dovecot.deliver(Array(("Subject: hello\n\n" + String(repeating: "long text\n", count: 300_000)).utf8))
        let worker = try #require(try BounceWorker(test.installation))
        let outcomes = Outcomes()
        let counts = try await worker.round { outcomes.all.append($0) }
        #expect(counts.taken == 2 && counts.left == 1)
        #expect(outcomes.all.count == 2)
        #expect(try dovecot.count == 1)
        let states = try await test.installation.database.subscribers.counts()
        #expect(states[.bounced] == 2 && states[.active] == 1)
        let again = try await worker.round { outcomes.all.append($0) }
        #expect(again.taken == 0)
        // POP3 has no way to mark a message.
        #expect(again.left == (kind == "imaps" ? 0 : 1))
    }

    @Test(
        "a mail that cannot be dealt with is set aside, told once, and stops no other", arguments: ["imaps", "pop3s"])
    func setAside(kind: String) async throws {
        let dovecot = try await Dovecot()
        let test = try await TestInstallation.due(readers: 1, environment: Self.environment(dovecot, kind))
        #expect(try await test.sender.drain().sent == 1)
        let sender = try #require(await test.receiver.messages().first?.sender)
        // As mailboxes keep it, with the line ends of the wire.
        let hostile = Array("Subject: hostile\r\n\r\nhostile\r\n".utf8)
        for _ in 1...3 {
            _ = try await test.installation.database.setAside.begin(
                try SHA256.hexadecimal(hostile), at: test.clock.now)
        }
        try dovecot.deliver(Array("Subject: hostile\n\nhostile\n".utf8))
        try dovecot.deliver(
            Array(BounceShape.statuses[0].text.replacingOccurrences(of: "SENDER", with: sender).utf8))
        // Longer than what is taken from a POP3 server; of an IMAP server its beginning is asked for.
        let long = "Subject: long\n\n" + String(repeating: "long text\n", count: 500_000)
        try dovecot.deliver(Array(long.utf8))
        let worker = try #require(try BounceWorker(test.installation))
        let outcomes = Outcomes()
        let counts = try await worker.round { outcomes.all.append($0) }
        #expect(counts.taken == 1)
        #expect(counts.setAside == (kind == "imaps" ? 1 : 2))
        #expect(counts.left == (kind == "imaps" ? 1 : 0))
        #expect(outcomes.all.count == 1 + counts.setAside)
        #expect(try await test.subscriber("reader1@example.org").state == .bounced)
        let again = try await worker.round { outcomes.all.append($0) }
        #expect(outcomes.all.count == 1 + counts.setAside, "it is told once")
        #expect(again.setAside == (kind == "imaps" ? 0 : 2))
        #expect(try dovecot.count == 2)
        let findings = await Doctor(settings: test.installation.settings, offline: true).examine()
        #expect(findings.contains { $0.check == "bounces" && $0.state == .warning && $0.found.contains("set aside") })
    }

    @Test("an empty mailbox is no error", arguments: ["imaps", "pop3s"])
    func empty(kind: String) async throws {
        let dovecot = try await Dovecot()
        let test = try await TestInstallation(environment: Self.environment(dovecot, kind))
        let counts = try await #require(try BounceWorker(test.installation)).round { _ in }
        #expect(counts == BounceWorker.Round())
    }

    @Test("what stands in the way is told in one line without the password", arguments: ["imaps", "pop3s"])
    func errors(kind: String) async throws {
        let dovecot = try await Dovecot()
        let good = Self.environment(dovecot, kind)
        let mailbox = good["BROADSHEET_BOUNCES_MAILBOX"] ?? ""
        let cases: [(String, [String: String], String)] = [
            ("password", Self.environment(dovecot, kind, password: "wrong"), "refuses the login"),
            (
                "name",
                ["BROADSHEET_BOUNCES_MAILBOX": mailbox.replacingOccurrences(of: "localhost", with: "127.0.0.1")],
                "certificate"
            ),
            ("authority", ["BROADSHEET_BOUNCES_CA_FILE": "/etc/ssl/certs/ca-certificates.crt"], "bounces.ca_file"),
            ("port", ["BROADSHEET_BOUNCES_MAILBOX": "\(kind)://a:\(Self.password)@localhost:1"], "no connection"),
        ]
        let folder: [(String, [String: String], String)] =
            kind == "imaps"
            ? [("folder", ["BROADSHEET_BOUNCES_MAILBOX": mailbox + "/Nowhere"], "no folder “Nowhere”")] : []
        for (name, environment, expected) in cases + folder {
            let test = try await TestInstallation(environment: good.merging(environment) { $1 })
            let worker = try #require(try BounceWorker(test.installation))
            let error = await #expect(throws: TransportError.self, "\(name)") { _ = try await worker.round { _ in } }
            let text = "\(error.map(String.init(describing:)) ?? "")"
            #expect(text.contains(expected), "\(name): \(text)")
            #expect(!text.contains("\n") && !text.contains("p@ss") && !text.contains(Self.password))
        }
    }

    @Test(
        "an address that cannot be read is told",
        arguments: ["imaps://host", "pop3s://u:p@host/folder", "imaps://u:p@/INBOX"])
    func addresses(url: String) {
        #expect(throws: TransportError.self) { try MailboxServer(url: url) }
    }

    private final class Outcomes { var all: [BounceService.Outcome] = [] }
}
