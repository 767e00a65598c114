import Foundation
import Mail
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Mail that comes back")
struct BounceTests {
    private static let environment = ["BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org"]

    /// Digests that were sent, and the envelope sender and Message-ID of the first reader's.
    private struct Sent {
        let test: TestInstallation
        let sender: String
        let messageID: String
        var desk: BounceService { BounceService(test.installation) }

        init(readers: Int = 1, environment: [String: String] = BounceTests.environment) async throws {
            test = try await TestInstallation.due(readers: readers, environment: environment)
            #expect(try await test.sender.drain().sent == readers)
            let message = try #require(
                await test.receiver.messages().first { $0.recipients == ["reader1@example.org"] })
            sender = message.sender
            messageID = ParsedMessage(message.bytes).fields["message-id"]?.filter { $0 != "<" && $0 != ">" } ?? ""
        }

        func bytes(_ shape: String) -> [UInt8] {
            let text = shape.replacingOccurrences(of: "SENDER", with: sender)
                .replacingOccurrences(of: "MESSAGEID", with: messageID)
            return Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)
        }

        var state: SubscriberState { get async throws { try await test.subscriber("reader1@example.org").state } }
    }

    @Test("each message has an envelope sender of its own, and a way out by mail")
    func envelopeSenders() async throws {
        let sent = try await Sent(readers: 3)
        let messages = await sent.test.receiver.messages()
        #expect(Set(messages.map(\.sender)).count == 3)
        #expect(messages.allSatisfy { $0.sender.hasPrefix("bounces+") && $0.sender.hasSuffix("@example.org") })
        let header = ParsedMessage(messages[0].bytes).fields["list-unsubscribe"] ?? ""
        #expect(header.contains(">, <mailto:bounces+") && header.hasPrefix("<https://"))
    }

    @Test("is told by its delivery status or its words", arguments: BounceShape.first)
    func shapes(shape: BounceShape) async throws {
        let sent = try await Sent()
        let read = ReturnedMail(ParsedMessage(sent.bytes(shape.text)))
        switch (shape.expected, read) {
        case (.fault(let fault), .failure(let found, let diagnostic)):
            #expect(found == fault, "\(diagnostic)")
            #expect(!diagnostic.isEmpty && !diagnostic.contains("\n"))
        case (.delay, .delay), (.complaint, .complaint), (.other, .other): break
        default: Issue.record("\(read)")
        }
        _ = try await sent.desk.take(sent.bytes(shape.text))
        let expected: SubscriberState =
            switch shape.expected {
            case .fault(.unknownMailbox): .bounced
            case .complaint: .complained
            default: .active
            }
        #expect(try await sent.state == expected)
    }

    @Test("an unknown mailbox and a complaint end the mail at once, with the reason kept")
    func suppresses() async throws {
        let sent = try await Sent()
        let outcome = try await sent.desk.take(sent.bytes(BounceShape.statuses[0].text))
        guard case .suppressed(let address, _) = outcome else { throw Unexpected("\(outcome)") }
        #expect(address.description == "reader1@example.org")
        let suppressions = try await sent.test.installation.database.suppressions.list()
        #expect(suppressions.count == 1)
        #expect(suppressions[0].reason.contains("550 5.1.1"))
        try await sent.test.store(["More diffusion"], firstID: 50)
        sent.test.clock.advance(by: 24 * 3600)
        #expect(try await Scheduler(sent.test.installation).round() == 0)
    }

    @Test("a bounce counts once, and a forged one not at all")
    func forgedAndReplayed() async throws {
        let sent = try await Sent(readers: 2)
        let full = BounceShape.statuses[2].text
        let forged = sent.bytes(full).map { $0 }
        // Another reader's number with this one's code.
        let token = sent.sender.dropFirst("bounces+".count).prefix { $0 != "@" }
        for changed in [String(token.reversed()), token.dropLast() + (token.last == "a" ? "b" : "a"), "aaaaaaaa", ""] {
            let text = String(decoding: forged, as: UTF8.self)
                .replacingOccurrences(of: token, with: changed)
                .replacingOccurrences(of: sent.messageID, with: "1.000000000000000000000000@example.org")
            #expect(try await sent.desk.take(Array(text.utf8)) == .unknown)
        }
        guard case .counted = try await sent.desk.take(forged) else { throw Unexpected("not counted") }
        for _ in 0..<20 { #expect(try await sent.desk.take(forged) == .nothing("that mail's bounce is known already")) }
        #expect(try await sent.state == .active)
    }

    @Test("the address may come back in capitals, and the Message-ID alone is enough")
    func robustTokens() async throws {
        let capitals = try await Sent()
        let shape = BounceShape.statuses[0].text
        let text = shape.replacingOccurrences(of: "SENDER", with: capitals.sender.uppercased())
            .replacingOccurrences(of: "<MESSAGEID>", with: "")
        guard case .suppressed = try await capitals.desk.take(Array(text.utf8)) else { throw Unexpected("capitals") }
        let byID = try await Sent(environment: [:])
        #expect(byID.sender == "papers@example.org")
        guard case .suppressed = try await byID.desk.take(byID.bytes(shape)) else { throw Unexpected("Message-ID") }
    }

    @Test("a full mailbox ends the mail after many days, and mails that get through make it longer")
    func score() async throws {
        let sent = try await Sent()
        let test = sent.test
        var days = 0
        while try await sent.state == .active, days < 40 {
            let message = try #require(await test.receiver.messages().last)
            let text = BounceShape.statuses[2].text.replacingOccurrences(of: "SENDER", with: message.sender)
            _ = try await sent.desk.take(Array(text.utf8))
            days += 1
            guard try await sent.state == .active else { break }
            try await test.store(["Diffusion again"], firstID: 100 + days)
            test.clock.advance(by: 24 * 3600)
            #expect(try await Scheduler(test.installation).round() == 1)
            #expect(try await test.sender.drain().sent == 1)
        }
        #expect(days == 10)
        let reason = try await test.installation.database.suppressions.list().first?.reason
        #expect(reason?.hasPrefix("10 mails came back") == true)
    }

    @Test("an old bounce does not end a subscription that was confirmed anew")
    func olderThanTheSubscription() async throws {
        let sent = try await Sent()
        let bounce = sent.bytes(BounceShape.statuses[0].text)
        let reader = try await sent.test.subscriber("reader1@example.org")
        _ = try await sent.test.desk.leave(reader, source: "test")
        sent.test.clock.advance(by: 3600)
        try await sent.test.desk.subscribe(reader.address, interests: Interests(topics: ["diffusion"]), source: "test")
        let link = sent.test.installation.links.confirm(
            subscriber: reader.id, epoch: reader.tokenEpoch, now: sent.test.clock.now)
        let again = try await sent.test.desk.confirm(
            token: String(link.split(separator: "=").last ?? ""), source: "test")
        #expect(again.subscriber.state == .active)
        #expect(
            try await sent.desk.take(bounce)
                == .nothing("it is about a mail from before the subscription was confirmed"))
    }

    @Test("a mail to the address in List-Unsubscribe ends the subscription, and no other mail does")
    func leavesByMail() async throws {
        let sent = try await Sent(readers: 2)
        let message = try #require(
            await sent.test.receiver.messages().first { $0.recipients == ["reader1@example.org"] })
        let header = ParsedMessage(message.bytes).fields["list-unsubscribe"] ?? ""
        let address = String(header.split(separator: "mailto:")[1].prefix { $0 != "?" })
        let quoting = "From: ada@example.net\r\nTo: papers@example.org\r\n\r\n> List-Unsubscribe: \(header)\r\n"
        #expect(try await sent.desk.take(Array(quoting.utf8)) == .unknown)
        #expect(try await sent.state == .active)
        let leaving = "From: ada@example.net\r\nTo: <\(address)>\r\nSubject: unsubscribe\r\n\r\n"
        guard case .left = try await sent.desk.take(Array(leaving.utf8)) else { throw Unexpected("stayed") }
        #expect(try await sent.state == .unsubscribed)
        #expect(try await sent.test.subscriber("reader2@example.org").state == .active)
    }

    @Test("whoever is let back in starts without the old bounces")
    func released() async throws {
        let sent = try await Sent()
        let reader = try await sent.test.subscriber("reader1@example.org")
        _ = try await sent.desk.take(sent.bytes(BounceShape.statuses[0].text))
        #expect(try await sent.test.desk.release(reader.address, source: "test") == .paused)
        #expect(try await sent.test.desk.resume(reader, source: "test")?.state == .active)
        _ = try await sent.desk.take(sent.bytes(BounceShape.statuses[0].text))
        #expect(try await sent.state == .active)
        await #expect(throws: ServiceRefusal.self) {
            _ = try await sent.test.desk.release(reader.address, source: "test")
        }
    }

    private struct Unexpected: Error {
        init(_ what: String) { Issue.record("\(what)") }
    }
}
