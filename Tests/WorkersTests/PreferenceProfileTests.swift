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

    private func vectors(_ titles: [String]) -> [PaperVector] {
        let papers = titles.enumerated().compactMap { number, title in
            PaperID(parsing: "2511.0000\(number + 1)").map { Paper(Entry(id: $0, title: title)) }
        }
        var vocabulary = Vocabulary(papers)
        return papers.map { vocabulary.vector(of: $0) }
    }

    @Test("what is like a liked paper is liked, what is like a disliked one is not, and the rest is indifferent")
    func affinity() throws {
        let vectors = vectors(titles)
        let profile = PreferenceProfile([
            .init(title: titles[0], vector: vectors[0], isLiked: true),
            .init(title: titles[4], vector: vectors[4], isLiked: false),
        ])
        #expect(profile.affinity(vectors[3]) > 0.5)
        #expect(profile.because(vectors[3]) == titles[0])
        #expect(profile.because(vectors[0]) == nil)
        #expect(profile.affinity(vectors[7]) < -0.1)
        #expect(profile.because(vectors[7]) == nil)
        #expect(abs(profile.affinity(vectors[1])) < 0.05)
        #expect(profile.because(vectors[1]) == nil)
    }

    @Test("without marks nothing is liked more or less")
    func nothing() {
        let vectors = vectors(titles)
        #expect(
            vectors.allSatisfy { PreferenceProfile([]).affinity($0) == 0 && PreferenceProfile([]).because($0) == nil })
    }

    @Test("a word that every paper has makes none alike")
    func commonWords() {
        let vectors = vectors(["Model one alpha", "Model two beta", "Model three gamma"])
        let profile = PreferenceProfile([.init(title: "first", vector: vectors[0], isLiked: true)])
        #expect(profile.affinity(vectors[1]) == 0)
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
