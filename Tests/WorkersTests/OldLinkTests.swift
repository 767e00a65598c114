import Foundation
import Mail
import Papers
import Site
import Store
import TestSupport
import Testing

@testable import Workers

/// Numbers of rows come again: after a deletion, after a backup was put back, on a standby that lagged. What was mailed by
/// them must not open, or end, what another person has now.
@Suite("Links and bounces of rows that are gone")
struct OldLinkTests {
    private static let environment = [
        "BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org",
        // A standby that goes on is the same installation.
        "BROADSHEET_SITE_INSTANCE": "papers",
    ]

    /// All that one reader's mails hold.
    private struct Mailed {
        let links: [(purpose: TokenPurpose, token: String)]
        let leaving: String
        let sender: String
        let messageID: String

        init(_ reader: Subscriber, _ mail: ReceivedMail, in test: TestInstallation) throws {
            links = TokenPurpose.allCases.map { purpose in
                let token = Token(
                    purpose: purpose, subscriberID: reader.id, epoch: reader.tokenEpoch,
                    madeOn: Links.day(of: test.clock.now), detail: purpose == .address ? "eve@example.com" : nil)
                return (purpose, token.text(key: test.installation.key))
            }
            leaving = try #require(test.installation.returnAddresses).leaving(
                subscriber: reader.id, epoch: reader.tokenEpoch)
            (sender, messageID) = (mail.sender, mail.messageID)
        }

        /// A report that there is no such mailbox, and one that the mail was unwanted.
        var returned: [String] {
            [BounceShape.statuses[0], BounceShape.others[0]].map {
                $0.text.replacingOccurrences(of: "SENDER", with: sender)
                    .replacingOccurrences(of: "MESSAGEID", with: messageID)
            }
        }
    }

    private struct ReceivedMail {
        let sender: String
        let messageID: String
    }

    /// The mail that a reader got last.
    private func lastMail(to address: String, in test: TestInstallation) async throws -> ReceivedMail {
        let message = try #require(await test.receiver.messages().last { $0.recipients == [address] })
        let id = ParsedMessage(message.bytes).fields["message-id"] ?? ""
        return ReceivedMail(sender: message.sender, messageID: String(id.filter { $0 != "<" && $0 != ">" }))
    }

    /// Somebody who subscribed and was sent a digest.
    private func reader(
        _ address: String, paper: Int, in test: TestInstallation, _ installation: Installation
    ) async throws -> Subscriber {
        let reader = try #require(
            try await SubscriptionService(installation).add(
                try Address(address), interests: Interests(topics: ["diffusion"]), source: "test"))
        try await morning(paper, in: test, installation)
        return reader
    }

    /// Another morning with a new paper.
    private func morning(_ paper: Int, in test: TestInstallation, _ installation: Installation) async throws {
        let id = try #require(PaperID(parsing: "2611.\(String(format: "%05d", paper))"))
        _ = try await installation.database.papers.record(
            [Entry(id: id, title: "Diffusion \(paper)")], feed: "hf", trust: .curator, seenAt: test.clock.now)
        test.clock.advance(by: 86_400)
        _ = try await Scheduler(installation).round()
        _ = try await Sender(installation, chance: { 0 }).drain()
    }

    private func refuse(_ mailed: Mailed, in installation: Installation) async throws {
        let desk = SubscriptionService(installation)
        for (purpose, token) in mailed.links {
            await #expect(throws: Token.Refusal.forged, "\(purpose)") {
                try await desk.subscriber(token: token, purpose: purpose)
            }
            await #expect(throws: Token.Refusal.forged, "\(purpose)") {
                try await desk.mailLinks(token: token, purpose: purpose)
            }
        }
        let before = try await installation.database.contents()
        let leaving = "From: eve@example.net\r\nTo: <\(mailed.leaving)>\r\nSubject: unsubscribe\r\n\r\n"
        for text in mailed.returned.map({ $0.replacingOccurrences(of: "\n", with: "\r\n") }) + [leaving] {
            let outcome = try await BounceService(installation).take(Array(text.utf8))
            guard case .nothing = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
        #expect(try await installation.database.contents() == before)
    }

    @Test("are refused where a person left and the next one subscribed")
    func deleted() async throws {
        let test = try await TestInstallation(environment: Self.environment)
        let eve = try await reader("eve@example.org", paper: 1, in: test, test.installation)
        let mailed = try Mailed(eve, try await lastMail(to: "eve@example.org", in: test), in: test)
        #expect(try await test.desk.remove(eve, source: "test"))
        let next = try await reader("mallory@example.org", paper: 2, in: test, test.installation)
        #expect(next.id != eve.id)
        try await refuse(mailed, in: test.installation)
    }

    /// What becomes of a database that does not know of the last day.
    enum Return: CaseIterable {
        /// A backup is put back, and this machine takes over.
        case restored
        /// A standby that lagged goes on; nobody has noticed.
        case failedOver
    }

    @Test("are refused where a backup was put back or a standby lagged", arguments: Return.allCases)
    func returned(way: Return) async throws {
        let test = try await TestInstallation(environment: Self.environment)
        _ = try await reader("ada@example.org", paper: 1, in: test, test.installation)
        let monday = test.clock.now
        let copy = try test.place.copy()
        let eve = try await reader("eve@example.org", paper: 2, in: test, test.installation)
        let evesMail = try Mailed(eve, try await lastMail(to: "eve@example.org", in: test), in: test)
        let adasMail = try await lastMail(to: "ada@example.org", in: test)

        test.clock.move(to: monday)
        var settings = test.installation.settings
        settings.database = copy.url
        let installation = try await Installation(
            settings: settings, clock: test.clock.clock, logger: test.installation.logger)
        if way == .restored { _ = try await InstanceGuard(installation).takeOver() }
        let mallory = try await reader("mallory@example.org", paper: 3, in: test, installation)
        #expect((mallory.id == eve.id) == (way == .failedOver))
        #expect(mallory.tokenEpoch != eve.tokenEpoch)
        try await refuse(evesMail, in: installation)

        // Ada's issue of that day was written again: it is the same mail, and no other of hers or anybody's is.
        let again = try await lastMail(to: "ada@example.org", in: test)
        #expect(again.messageID == adasMail.messageID && again.sender == adasMail.sender)
        #expect(again.messageID != (try await lastMail(to: "mallory@example.org", in: test)).messageID)
        withExtendedLifetime(copy) {}
    }
}
