import Digests
import Foundation
import Mail
import Papers
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("More like this")
struct PreferenceProfileTests {
    private let morning = TestInstallation.start.addingTimeInterval(23 * 3600)
    private let titles = [
        "Sparse attention for long transformers", "Folding proteins with graph networks",
        "Robots that learn to walk on ice", "Attention sparsity in transformers", "Speech synthesis for whales",
        "Ice walking of legged robots", "Graph networks for proteins and enzymes", "Whales and their speech",
    ]

    private func papers(_ titles: [String], authors: [Int: [String]] = [:]) -> [Paper] {
        titles.enumerated().compactMap { number, title in
            PaperID(parsing: "2511.\(String(format: "%05d", number + 1))").map { id in
                var entry = Entry(id: id, title: title)
                entry.authors = (authors[number] ?? []).map { Author($0) }
                return Paper(entry)
            }
        }
    }

    private struct Taste {
        let vocabulary: Vocabulary
        let vectors: [PaperVector]
        let profile: PreferenceProfile

        func likings() -> [Double] { profile.likings(of: vectors, terms: vocabulary.count) }
        func likeness(_ index: Int) -> PreferenceProfile.Likeness? {
            profile.likeness(of: vectors[index], name: vocabulary.name)
        }
        func terms(_ index: Int) -> [String] { (likeness(index)?.terms ?? []).compactMap(vocabulary.name) }
    }

    private func taste(_ papers: [Paper], liked: [Int], disliked: [Int] = []) -> Taste {
        let vocabulary = Vocabulary(papers)
        let vectors = papers.map(vocabulary.vector(of:))
        let marked = (liked + disliked).map { index in
            PreferenceProfile.Marked(
                title: papers[index].title, vector: vectors[index], isLiked: liked.contains(index))
        }
        return Taste(vocabulary: vocabulary, vectors: vectors, profile: PreferenceProfile(marked))
    }

    @Test("what is like a liked paper is liked, what is like a disliked one is not, and the rest is indifferent")
    func liking() throws {
        let taste = taste(papers(titles), liked: [0], disliked: [4])
        let likings = taste.likings()
        #expect(likings[3] > 0.2)
        #expect(taste.likeness(3)?.title == titles[0])
        #expect(taste.likeness(0) == nil)
        #expect(likings[7] < -0.1)
        #expect(taste.likeness(7) == nil)
        #expect(likings[1] == 0)
        #expect(taste.likeness(1) == nil)
    }

    @Test("without marks nothing is liked more or less")
    func nothing() {
        let taste = taste(papers(titles), liked: [])
        #expect(taste.likings().allSatisfy { $0 == 0 })
        #expect(titles.indices.allSatisfy { taste.likeness($0) == nil })
    }

    @Test("a word that every paper has makes none alike")
    func commonWords() {
        let taste = taste(papers(["Model one alpha", "Model two beta", "Model three gamma"]), liked: [0])
        #expect(taste.likings()[1] == 0)
    }

    @Test(
        "a term is in at least five of many papers and in under a fifth of them, or is no term",
        arguments: [(4, false), (5, true), (59, true), (60, false)])
    func thresholds(found: Int, isTerm: Bool) {
        let titles = (0..<300).map { $0 < found ? "Whale songs" : "Number \($0)" }
        let vocabulary = Vocabulary(papers(titles))
        let names = Set((0..<vocabulary.count).compactMap { vocabulary.name(of: Int32($0)) })
        #expect(names.isSuperset(of: ["whale", "song", "whale song"]) == isTerm)
        #expect(names.isDisjoint(with: ["whale", "song", "whale song"]) != isTerm)
    }

    @Test("what several liked papers have in common counts for more than what one of them has for itself")
    func shares() {
        let titles = [
            "Whale tennis", "Whale chess", "Whale opera", "Whale rugby", "Tennis", "Whale", "Tennis chess opera",
        ]
        let others = (1...12).map { "Subject\($0)" }
        let likings = taste(papers(titles + others), liked: [0, 1, 2]).likings()
        #expect(likings[5] > 2 * likings[4])
        #expect(likings[3] > likings[6])
    }

    @Test("a paper by an author of a liked one is liked, and less than one on its subject")
    func authors() throws {
        let subjects = ["Whale song", "Chess tournament", "Whale song again", "Rugby training"]
        let papers = papers(
            subjects, authors: [0: ["Ada Lovelace"], 1: ["Lovelace, Ada", "Alan Turing"], 3: ["Alan Turing"]])
        let taste = taste(papers, liked: [0])
        let likings = taste.likings()
        #expect(likings[1] > 0.1)
        #expect(likings[1] < likings[2])
        #expect(likings[3] == 0)
        let author = try #require(taste.likeness(1)?.author)
        #expect(Vocabulary.author(author, of: papers[1]) == "Lovelace, Ada")
        #expect(taste.terms(1).isEmpty)
    }

    @Test("a paper of hundreds of authors says nothing about any of them")
    func manyAuthors() {
        let crowd = (1...60).map { "Person Number\($0)" }
        let papers = papers(["Whale song", "Chess"], authors: [0: crowd, 1: ["Person Number7"]])
        #expect(taste(papers, liked: [0]).likings()[1] == 0)
    }

    @Test("the reason names pairs rather than their words, and no word twice")
    func terms() {
        let titles = [
            "Sparse attention of legged robots", "Robots with sparse attention", "Chess openings", "Whale songs",
        ]
        #expect(taste(papers(titles), liked: [0]).terms(1) == ["sparse attention", "robot"])
    }

    @Test("the profile of one reader is the same in every run")
    func deterministic() {
        let all = papers(titles, authors: [0: ["Ada Lovelace"], 3: ["Ada Lovelace"]])
        let first = taste(all, liked: [0, 2], disliked: [4])
        let second = taste(all, liked: [0, 2], disliked: [4])
        #expect(first.likings() == second.likings())
        #expect(first.vectors == second.vectors)
    }

    @Test("two likes put a paper of their subject that nobody voted on before a popular one off it")
    func beforePopular() async throws {
        let test = try await TestInstallation()
        try await test.store(["Whale song at night", "Whale song by day", "Chess openings", "Rugby training"])
        let reader = try #require(
            try await test.desk.add(try Address("ada@example.org"), interests: Interests(), source: "test"))
        for seq: Int64 in [1, 2] {
            let mark = Mark(paperSeq: seq, isLiked: true, at: morning)
            #expect(try await test.installation.database.marks.set(mark, of: reader.id))
        }
        test.clock.move(to: morning)
        _ = try await Scheduler(test.installation).round()
        try await test.store(
            voted: [("Chess endings", 900), ("Rugby rules", 400), ("A new whale song", 0), ("Tennis", 20)], firstID: 20)
        test.clock.advance(by: 86_400)
        _ = try await Scheduler(test.installation).round()
        #expect(
            try await test.lastDigest(of: "ada@example.org") == [
                "A new whale song", "Chess endings", "Rugby rules", "Tennis",
            ])
        let history = try await test.installation.database.ledger.history(of: reader.id, limit: 1)
        let item = try #require(history.first?.contents?.items.first)
        #expect(item.because.map { ["Whale song at night", "Whale song by day"].contains($0) } == true)
        #expect(item.alike == ["whale song"])
        #expect(history.first?.contents?.items.dropFirst().allSatisfy { $0.because == nil } == true)
    }

    @Test("mails and explanations say which liked paper one is like, by which terms and by whose hand")
    func told() async throws {
        let test = try await TestInstallation()
        func store(_ titles: [String], firstID: Int) async throws {
            let entries = try titles.enumerated().map { offset, title in
                let id = try #require(PaperID(parsing: "2611.\(String(format: "%05d", firstID + offset))"))
                var entry = Entry(id: id, title: title)
                entry.authors = title.contains("Whale") ? [Author("Ada Lovelace")] : [Author("Alan Turing")]
                return entry
            }
            _ = try await test.installation.database.papers.record(
                entries, feed: "hf", trust: .curator, seenAt: test.clock.now)
        }
        try await store(["Whale songs", "Chess openings"], firstID: 1)
        let reader = try #require(
            try await test.desk.add(try Address("ada@example.org"), interests: Interests(), source: "test"))
        #expect(
            try await test.installation.database.marks.set(
                Mark(paperSeq: 1, isLiked: true, at: morning), of: reader.id))
        try await store(["New Whale Songs", "Tennis", "Chess endings"], firstID: 20)
        let preview = try #require(try await DigestPreview(test.installation).digest(for: reader))
        let mail = preview.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(mail.contains("because you liked “Whale songs” (Whale Songs, also by Ada Lovelace)"))
        #expect(!mail.contains("“Chess"))
        let stored = try #require(try await test.installation.database.papers.papers(seqs: [3]).first)
        let explanation = try await Explanation(of: stored, for: reader, in: test.installation)
        #expect(
            explanation.details.contains { detail in
                detail.contains("their marks and library change its score by +")
                    && detail.hasSuffix("like “Whale songs”, which has in common Whale Songs, the author Ada Lovelace")
            })
    }

    @Test("a weekly mail is ordered by its papers and not by the days of the week", arguments: [true, false])
    func weekly(hasMarks: Bool) async throws {
        let votes = [30, 5, 80, 10, 50]
        func order(agesDiffer: Bool) async throws -> [String] {
            let test = try await TestInstallation()
            let schedule = DeliverySchedule(timeZone: .utc, minute: 420, cadence: .weekly, weekday: 1)
            let reader = try #require(
                try await test.desk.add(
                    try Address("ada@example.org"), interests: Interests(), schedule: schedule, source: "test"))
            for (day, votes) in votes.enumerated() {
                try await test.store(
                    voted: [("Subject of day \(day)", votes), ("Whales \(day)", 1)], firstID: 1 + 2 * day)
                if hasMarks, day == 0 {
                    let mark = Mark(paperSeq: 1, isLiked: true, at: morning)
                    #expect(try await test.installation.database.marks.set(mark, of: reader.id))
                }
                if agesDiffer { test.clock.advance(by: 86_400) }
            }
            test.clock.move(to: TestInstallation.start.addingTimeInterval(7 * 86_400))
            #expect(try await Scheduler(test.installation).round() == 1)
            return try await test.lastDigest(of: "ada@example.org")
        }
        let different = try await order(agesDiffer: true)
        #expect(different.count == 10)
        #expect(different == (try await order(agesDiffer: false)))
    }

    @Test("a digest's order follows what the reader marked, says so, and is as before once that is deleted")
    func digests() async throws {
        let test = try await TestInstallation()
        try await test.store(Array(titles.prefix(3)))
        for address in ["ada@example.org", "grace@example.org"] {
            _ = try await test.desk.add(try Address(address), interests: Interests(), source: "test")
        }
        test.clock.move(to: morning)
        _ = try await Scheduler(test.installation).round()
        let ada = try await test.subscriber("ada@example.org")
        let marks = test.installation.database.marks
        #expect(try await marks.set(Mark(paperSeq: 3, isLiked: true, at: morning), of: ada.id))
        #expect(try await marks.set(Mark(paperSeq: 1, isLiked: false, at: morning), of: ada.id))

        try await test.store(Array(titles.dropFirst(3)), firstID: 20)
        test.clock.advance(by: 86_400)
        _ = try await Scheduler(test.installation).round()
        let liked = try await test.lastDigest(of: "ada@example.org")
        #expect(liked.first == "Ice walking of legged robots")
        #expect(liked.last == "Attention sparsity in transformers")
        let history = try await test.installation.database.ledger.history(of: ada.id, limit: 1)
        #expect(history.first?.contents?.items.first?.because == titles[2])
        #expect(try await test.lastDigest(of: "grace@example.org") == Array(titles.dropFirst(3)))

        #expect(try await marks.remove(nil, of: ada.id) == 2)
        try await test.store(["Ice robots walking again", "Another attention for transformers"], firstID: 40)
        test.clock.advance(by: 86_400)
        _ = try await Scheduler(test.installation).round()
        #expect(
            try await test.lastDigest(of: "ada@example.org") == (try await test.lastDigest(of: "grace@example.org")))
    }

    @Test("what trends beyond a reader's topics stands at the end, at most three, and never makes a mail by itself")
    func beyond() async throws {
        let test = try await TestInstallation()
        let voted = (1...5).map { (title: "Something \($0)", upvotes: $0 * 10) }
        try await test.store(voted: [("Diffusion of ours", 3)] + voted + [("Unnoticed", 0)])
        for address in ["ada@example.org", "grace@example.org", "other@example.org"] {
            let topic = address == "other@example.org" ? "robots" : "diffusion"
            _ = try await test.desk.add(try Address(address), interests: Interests(topics: [topic]), source: "test")
            guard address != "grace@example.org" else { continue }
            var reader = try await test.subscriber(address)
            reader.seesBeyond = true
            try await test.desk.update(reader, source: "test")
        }
        test.clock.move(to: morning)
        #expect(try await Scheduler(test.installation).round() == 2)
        #expect(
            try await test.lastDigest(of: "ada@example.org") == [
                "Diffusion of ours", "Something 5", "Something 4", "Something 3",
            ])
        #expect(try await test.lastDigest(of: "grace@example.org") == ["Diffusion of ours"])
        let preview = try #require(
            try await DigestPreview(test.installation).digest(for: try await test.subscriber("ada@example.org")))
        #expect(preview.html.contains("Trending beyond your topics"))
    }
}
