import Filters
import Foundation
import Mail
import Papers
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Authors whom a reader follows")
struct FollowedAuthorsTests {
    private let morning = TestInstallation.start.addingTimeInterval(23 * 3600)

    /// Ten papers that everybody votes for and one that nobody does, of Ada Lovelace; no list of a curator has that.
    private func ground() async throws -> TestInstallation {
        let test = try await TestInstallation()
        try await test.store(voted: (1...10).map { ("Robot \($0)", 900 - $0) })
        var paper = Entry(id: try #require(PaperID(parsing: "2611.00090")), title: "Notes on the engine")
        paper.authors = [Author("Luigi Menabrea"), Author("Lovelace, A. K.")]
        _ = try await test.installation.database.papers.record(
            [paper], feed: "arxiv", trust: .archive, seenAt: test.clock.now)
        return test
    }

    private func add(_ interests: Interests, most: Int = 3, to test: TestInstallation) async throws -> Subscriber {
        try #require(
            try await test.desk.add(
                try Address("ada@example.org"), interests: interests, maxPapers: most, source: "test"))
    }

    private func items(in test: TestInstallation) async throws -> [DigestItem] {
        test.clock.move(to: morning)
        _ = try await Scheduler(test.installation).round()
        let reader = try await test.subscriber("ada@example.org")
        let history = try await test.installation.database.ledger.history(of: reader.id, limit: 1)
        return history.first?.contents?.items ?? []
    }

    @Test(
        "their papers come into every mail, beside topics, filters or what trends, and the mail says by whom",
        arguments: [
            Interests(), Interests(topics: ["robots"]), Interests(filters: ["robot"]), Interests(topics: ["diffusion"]),
        ])
    func comes(_ others: Interests) async throws {
        let test = try await ground()
        var interests = others
        interests.authors = [try AuthorName("Charles Babbage"), try AuthorName("Ada Lovelace")]
        _ = try await add(interests, to: test)
        let items = try await items(in: test)
        #expect(items.count == (others.topics == ["diffusion"] ? 1 : 3))
        let theirs = try #require(items.first { $0.followed != nil })
        #expect(theirs.followed == ["Lovelace, A. K."])
        #expect(items.count { $0.followed != nil } == 1)
        _ = try await test.sender.drain()
        let text = try #require(await test.receiver.messages().last).text
        let mail = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(mail.contains("by Lovelace, A. K., whom you follow"))
        // A heading stands where there is another one.
        #expect(mail.contains("Authors you follow") == (items.count > 1 && !others.isEmpty))
    }

    @Test("who follows nobody else's paper does not get it: a topic without papers and a stranger's name bring no mail")
    func nothing() async throws {
        let test = try await ground()
        _ = try await add(Interests(topics: ["diffusion"], authors: [try AuthorName("Charles Babbage")]), to: test)
        #expect(try await items(in: test).isEmpty)
    }

    @Test("where a mail is full they are picked before the rest, even before what an editor pinned")
    func full() async throws {
        let test = try await ground()
        _ = try await test.installation.database.papers.pin(1, note: nil, at: test.clock.now)
        _ = try await add(Interests(topics: ["robots"], authors: [try AuthorName("Lovelace")]), most: 1, to: test)
        let items = try await items(in: test)
        #expect(items.map(\.seq) == [11])
        let delivery = try await test.installation.database.ledger.history(
            of: try await test.subscriber("ada@example.org").id, limit: 1)
        #expect(delivery.first?.contents?.more == 10)
    }

    @Test("a paper that a topic brings as well stands under the topic, with both reasons")
    func both() async throws {
        let test = try await ground()
        var paper = Entry(id: try #require(PaperID(parsing: "2611.00091")), title: "A robot engine")
        paper.authors = [Author("Ada Lovelace")]
        _ = try await test.installation.database.papers.record(
            [paper], feed: "arxiv", trust: .archive, seenAt: test.clock.now)
        let reader = try await add(
            Interests(topics: ["robots"], authors: [try AuthorName("Ada Lovelace")]), most: 20, to: test)
        let preview = try #require(try await DigestPreview(test.installation).digest(for: reader))
        let mail = preview.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(mail.contains("by Ada Lovelace, whom you follow"))
        let item = try #require(try await items(in: test).first { $0.seq == 12 })
        #expect(item.group == "robots" && item.topics == ["robots"] && item.followed == ["Ada Lovelace"])
    }

    @Test("an explanation says whom they follow")
    func explained() async throws {
        let test = try await ground()
        let reader = try await add(Interests(authors: [try AuthorName("Ada Lovelace")]), to: test)
        func explain(_ seq: Int64) async throws -> Explanation {
            let stored = try #require(try await test.installation.database.papers.papers(seqs: [seq]).first)
            return try await Explanation(of: stored, for: reader, in: test.installation)
        }
        let theirs = try await explain(11)
        #expect(theirs.details.contains("it is by Lovelace, A. K., whom they follow, and such papers are picked first"))
        #expect(theirs.verdict.hasPrefix("it waits for the next digest"))
        #expect(!(try await explain(1)).details.contains { $0.contains("follow") })
    }

    @Test("a person's copy of their data, and a record of them, name them")
    func told() async throws {
        let test = try await ground()
        let reader = try await add(Interests(authors: [try AuthorName("Émilie Breton")]), to: test)
        let data = try await PersonalData(of: reader, in: test.installation).json()
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let subscription = try #require(object["subscription"] as? [String: Any])
        #expect(subscription["authors"] as? [String] == ["Émilie Breton"])
    }
}
