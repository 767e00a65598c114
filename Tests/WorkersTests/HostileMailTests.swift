import Core
import Foundation
import Mail
import Site
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("A mail to the bounce address that somebody made to do harm")
struct HostileMailTests {
    private static let bounces = ["BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org"]

    /// A mail that says it is a bounce, with a part made to take long.
    struct Shape: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String

        init(_ name: String, _ text: String) {
            testDescription = name
            self.text = text
        }

        init(_ name: String, type: String = "text/plain", encoding: String = "8bit", body: String) {
            self.init(
                name,
                "Return-Path: <>\nFrom: MAILER-DAEMON@example.net\nX-Failed-Recipients: a@example.net\n"
                    + "Content-Type: \(type)\nContent-Transfer-Encoding: \(encoding)\n\n\(body)")
        }
    }

    private static func many(_ piece: String, bytes: Int = 400_000) -> String {
        String(repeating: piece, count: bytes / piece.utf8.count)
    }

    static let shapes = [
        Shape("tags that are never closed", type: "text/html", body: many("<")),
        Shape("tags within tags", type: "text/html", body: many("<a ") + ">"),
        Shape("entities that never end", type: "text/html", body: many("&")),
        Shape("blanks", body: many(" ") + "x"),
        Shape("lines", body: many("\n") + "x"),
        Shape("blanks and line ends", body: many(" \n\t")),
        Shape("digits", body: many("1")),
        Shape("digits and dots", body: many("5.")),
        Shape("codes of status", body: many("5.1.1.")),
        Shape("codes", body: many("551")),
        Shape("ends of Message-IDs", body: many("1.000000000000000000000000@")),
        Shape("ends of our addresses", body: many("a@example.org")),
        Shape("one long token", body: many("a") + "@example.org"),
        Shape("at signs", body: many("@")),
        Shape("equals signs", encoding: "quoted-printable", body: many("=")),
        Shape("soft breaks", encoding: "quoted-printable", body: many("=\n")),
        Shape("blanks at a line's end", encoding: "quoted-printable", body: many(" ") + "="),
        Shape("no base64", encoding: "base64", body: many("====")),
        Shape("dashes between parts", type: "multipart/mixed; boundary=\"-\"", body: many("-")),
        Shape("boundaries", type: "multipart/mixed; boundary=x", body: many("--x\n")),
        Shape(
            "parts with a header each", type: "multipart/report; boundary=x",
            body: many("--x\nContent-Type: text/html\n\n<<<<\n")),
        Shape("messages within messages", many("Content-Type: message/rfc822\n\n")),
        Shape(
            "multiparts within multiparts",
            many("Content-Type: multipart/mixed; boundary=x\n\n--x\n")),
        Shape("fields", many("X-Failed-Recipients: a@example.net\n") + "\n"),
        Shape("fields without a name", many(":\n") + "\nx"),
        Shape("a field over many lines", "X-Failed-Recipients: a\nTo: b\n" + many(" c@example.org\n") + "\nx"),
        Shape("one long field", "X-Failed-Recipients: \(many("a"))\n\nx"),
        Shape("parameters", "X-Failed-Recipients: a\nContent-Type: text/plain\(many(";a=1"))\n\nx"),
        Shape("a quote that is never closed", "X-Failed-Recipients: a\nContent-Type: a/b; c=\"\(many("\\"))\n\nx"),
        Shape("groups of a status", type: "message/delivery-status", body: many("Action: failed\n\n")),
        Shape(
            "a status of one line", type: "message/delivery-status",
            body: "Action: failed\nDiagnostic-Code: x-\(many("-"))"),
        Shape("a report of one line", type: "message/feedback-report", body: "Feedback-Type: \(many("a"))"),
        Shape("bytes that are no text", body: many("\u{FFFD}\u{300}\u{1F1E8}")),
    ]

    @Test("is read in a time that grows with its length only", arguments: shapes)
    func linear(shape: Shape) async throws {
        let key = SiteKey(String(repeating: "k", count: 32))
        let addresses = ReturnAddresses(pattern: "bounces+*@example.org", key: key)
        let bytes = Array(shape.text.utf8)
        // A hundred times what the shortest of them takes; one that looks at each byte for each byte takes hours.
        let read = await BoundedWork.run(seconds: 20) {
            BounceReading(bytes, key: key, addresses: addresses).deliveries.count
        }
        #expect(read == 0)
    }

    @Test("our marks are found at the beginning of a mail that goes on for long, in one part or in many")
    func marksAreFound() async throws {
        let test = try await TestInstallation(environment: Self.bounces)
        let addresses = try #require(test.installation.returnAddresses)
        let sender = addresses.envelopeSender(subscriber: 7, nonce: .max)
        let messageID = test.installation.key.messageIDLocalPart(subscriber: 8, nonce: .max) + "@example.org"
        let beginnings = [
            "Return-Path: <>\nTo: \(sender)\nX-Failed-Recipients: a\n\nno such user\n",
            "X-Failed-Recipients: a\n\nno such user\nReturn-Path: <\(sender)>\n",
            "X-Failed-Recipients: a\nContent-Type: multipart/report; boundary=x\n\n--x\n\n"
                + Self.many("word ") + "\n--x\nContent-Type: text/rfc822-headers\n\nReturn-Path: <\(sender)>\n--x\n\n",
        ]
        for beginning in beginnings {
            let bytes = Array((beginning + Self.many("long ")).utf8)
            let reading = BounceReading(bytes, key: test.installation.key, addresses: addresses)
            #expect(reading.deliveries == [.init(subscriber: 7, nonce: .max)])
        }
        let named = "X-Failed-Recipients: a\n\n<01\(messageID)> 9\(messageID) <\(messageID)> 012.\(messageID)\n"
        #expect(
            BounceReading(Array(named.utf8), key: test.installation.key, addresses: addresses).deliveries == [
                .init(subscriber: 8, nonce: .max)
            ])
    }

    @Test("one whose reading ended the program three times is not read again, and is told once")
    func setAsideAfterCrashes() async throws {
        let test = try await TestInstallation(environment: Self.bounces)
        let desk = BounceService(test.installation)
        let bytes = Array("Subject: hello\n\nhello\n".utf8)
        let store = test.installation.database.setAside
        // What processes leave that were killed while they read it.
        for _ in 1...3 { _ = try await store.begin(try SHA256.hexadecimal(bytes), at: test.clock.now) }
        guard case .setAside(let reason, isNew: true) = try await desk.take(bytes) else {
            Issue.record("it was read")
            return
        }
        #expect(reason.contains("3 times"))
        #expect(try await desk.take(bytes) == .setAside(reason, isNew: false))
        #expect(try await desk.take(Array("Subject: another\n\n".utf8)) == .unknown)
        #expect(try await store.list().map(\.reason) == [reason])
        try await store.clear()
        #expect(try await desk.take(bytes) == .unknown)
        #expect(try await desk.take(bytes) == .unknown, "a reading that ended is no try")
    }

    @Test("one whose reading takes too much of the processor's time is set aside")
    func setAsideAfterTooLong() async throws {
        let test = try await TestInstallation(environment: Self.bounces)
        let bytes = Array(("Subject: hello\n\n" + Self.many("hello ")).utf8)
        guard case .setAside(_, isNew: true) = try await BounceService(test.installation, patience: 0).take(bytes)
        else {
            Issue.record("it was read")
            return
        }
        #expect(try await BounceService(test.installation).take(bytes) != .unknown)
    }

    @Test("what is set aside is forgotten after three months")
    func forgotten() async throws {
        let test = try await TestInstallation()
        let store = test.installation.database.setAside
        #expect(try await store.add("a", reason: "r", at: test.clock.now))
        #expect(try await !store.add("a", reason: "other", at: test.clock.now))
        let known = try await store.begin("a", at: test.clock.now)
        #expect(known.tries == 2 && known.reason == "r")
        test.clock.advance(by: 91 * 86_400)
        let forgotten = try await store.begin("a", at: test.clock.now)
        #expect(forgotten.tries == 1 && forgotten.reason == nil)
    }

    @Test("work that never ends is given up, and what comes first counts")
    func bounded() async {
        let isOver = StopFlag()
        let given = await BoundedWork.run(seconds: 0.05) { () -> Int in
            while !isOver.isSet {}
            return 1
        }
        isOver.set()
        #expect(given == nil)
        #expect(await BoundedWork.run(seconds: 60) { 2 } == 2)
    }
}
