import Feeds
import Foundation
import Mail
import Papers
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("A library as likes")
struct LibraryProfileTests {
    private let morning = TestInstallation.start.addingTimeInterval(23 * 3600)

    private func add(_ address: String, to test: TestInstallation) async throws -> Subscriber {
        try #require(try await test.desk.add(try Address(address), interests: Interests(), source: "test"))
    }

    private func bring(_ text: String, by reader: Subscriber, to test: TestInstallation) async throws -> LibraryReport {
        try await ReaderLibrary(test.installation).add(Array(text.utf8), to: reader)
    }

    @Test("papers of a library order mails as the same likes do, stored or as text")
    func sameAsLikes() async throws {
        let test = try await TestInstallation()
        try await test.store([
            "Legged robots walk on ice", "Robot arms grasp cups", "Chess openings", "Rugby training", "Cooking rice",
        ])
        let (liking, naming, telling, plain) = (
            try await add("ada@example.org", to: test), try await add("bob@example.org", to: test),
            try await add("eve@example.org", to: test), try await add("dan@example.org", to: test)
        )
        for seq: Int64 in [1, 2] {
            let mark = Mark(paperSeq: seq, isLiked: true, at: morning)
            #expect(try await test.installation.database.marks.set(mark, of: liking.id))
        }
        let named = try await bring("2611.00001\nhttps://arxiv.org/abs/2611.00002", by: naming, to: test)
        #expect(named.counts.papers == 2)
        let told = try await bring(
            """
            @article{a, title={{Legged} Robots Walk on Ice}, abstract={About legged robots walk on ice.}, year={1999}}
            @article{b, title={Robot Arms Grasp Cups}, abstract={About robot arms grasp cups.}, year={1998}}
            """, by: telling, to: test)
        #expect(told.counts == ShelvedCounts(added: 2, papers: 0))
        test.clock.move(to: morning)
        _ = try await Scheduler(test.installation).round()
        try await test.store(
            voted: [("Chess endings", 900), ("Rugby rules", 400), ("Robots that walk", 0), ("Tennis", 20)], firstID: 20)
        test.clock.advance(by: 86_400)
        _ = try await Scheduler(test.installation).round()
        let wanted = try await test.lastDigest(of: "ada@example.org")
        #expect(wanted.first == "Robots that walk")
        #expect(try await test.lastDigest(of: "bob@example.org") == wanted)
        #expect(try await test.lastDigest(of: "eve@example.org") == wanted)
        #expect(try await test.lastDigest(of: "dan@example.org").first == "Chess endings")
        for (reader, isOfLibrary) in [(liking, nil), (naming, true), (telling, true)] as [(Subscriber, Bool?)] {
            let history = try await test.installation.database.ledger.history(of: reader.id, limit: 1)
            let item = try #require(history.first?.contents?.items.first)
            #expect(item.because?.lowercased() == "legged robots walk on ice")
            #expect(item.isOfLibrary == isOfLibrary)
        }
        #expect(plain.id > 0)
    }

    @Test("mails and explanations say that it is in the reader's library; what a reader said of a paper goes first")
    func told() async throws {
        let test = try await TestInstallation()
        try await test.store(["Chess openings"])
        let ada = try await add("ada@example.org", to: test)
        _ = try await bring(
            "TY  - JOUR\nTI  - Whale songs\nAU  - Lovelace, Ada\nER  - \nTY  - JOUR\nTI  - Chess\nUR  - https://arxiv.org/abs/2611.00001\nER  - ",
            by: ada, to: test)
        let mark = Mark(paperSeq: 1, isLiked: false, at: morning)
        #expect(try await test.installation.database.marks.set(mark, of: ada.id))
        var whale = Entry(id: try #require(PaperID(parsing: "2611.00020")), title: "New Whale Songs")
        whale.authors = [Author("Ada Lovelace")]
        let others = try ["Tennis", "Chess endings"].enumerated().map { number, title in
            Entry(id: try #require(PaperID(parsing: "2611.0003\(number)")), title: title)
        }
        _ = try await test.installation.database.papers.record(
            [whale] + others, feed: "hf", trust: .curator, seenAt: test.clock.now)
        let preview = try #require(try await DigestPreview(test.installation).digest(for: ada))
        let mail = preview.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(mail.contains("like “Whale songs” in your library (Whale Songs, also by Ada Lovelace)"))
        #expect(!mail.contains("“Chess"))
        let stored = try #require(try await test.installation.database.papers.papers(seqs: [2]).first)
        let explanation = try await Explanation(of: stored, for: ada, in: test.installation)
        #expect(
            explanation.details.contains { $0.contains("like “Whale songs” in their library, which has in common") })
    }

    @Test("what a library names becomes its paper once a feed brings it")
    func later() async throws {
        let test = try await TestInstallation()
        let ada = try await add("ada@example.org", to: test)
        #expect(try await bring("2611.00001", by: ada, to: test).counts.papers == 0)
        try await test.store(["Whale songs"])
        test.clock.advance(by: 2 * 86_400)
        _ = try await Housekeeping(test.installation).round()
        #expect(
            try await test.installation.database.libraries.size(of: ada.id) == LibrarySize(entries: 1, papers: 1))
    }

    @Test("a person's copy of their data holds their library")
    func export() async throws {
        let test = try await TestInstallation()
        try await test.store(["Whale songs"])
        let ada = try await add("ada@example.org", to: test)
        _ = try await bring(
            "@article{a, title={Stored}, eprint={2611.00001}}\n@article{b, title={As text}, year=1999, author={Ada Lovelace}}",
            by: ada, to: test)
        let data = try await PersonalData(of: ada, in: test.installation).json()
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let library = try #require(object["library"] as? [[String: Any]])
        #expect(library.map { $0["title"] as? String } == ["As text", "Stored"])
        #expect(library.map { $0["paper"] as? String } == [nil, "arxiv:2611.00001"])
        #expect(library.first?["authors"] as? [String] == ["Ada Lovelace"])
        #expect(library.first?["year"] as? Int == 1999)
    }
}
