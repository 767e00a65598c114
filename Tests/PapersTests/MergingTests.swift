import Foundation
import Papers
import TestTools
import Testing

@Suite("One paper, many sightings")
struct MergingTests {
    private let now = Date(timeIntervalSince1970: 1_790_000_000)

    private func entry(_ title: String = "Title", _ change: (inout Entry) -> Void = { _ in }) throws -> Entry {
        var entry = Entry(id: try #require(PaperID(parsing: "2511.01234")), title: title)
        change(&entry)
        return entry
    }

    private func sighting(_ feed: String, _ trust: SourceTrust, after hours: Double, _ entry: Entry) -> Sighting {
        Sighting(feed: feed, trust: trust, seenAt: now.addingTimeInterval(hours * 3600), entry: entry)
    }

    private func sample() throws -> [Sighting] {
        let arXiv = try entry("Attention $O(n^2)$") {
            $0.abstract = "384 × 640"
            $0.categories = ["cs.CL", "cs.LG"]
            $0.url = "https://arxiv.org/abs/2511.01234v1"
            $0.published = now.addingTimeInterval(-3600)
        }
        let early = try entry("Attention") {
            $0.abstract = "384times 640"
            $0.url = "https://huggingface.co/papers/2511.01234"
            $0.discussionURL = "https://huggingface.co/papers/2511.01234"
            $0.upvotes = 3
            $0.stars = 10
            $0.keywords = ["transformers"]
            $0.published = now.addingTimeInterval(-5 * 86_400)
        }
        let late = try entry("Attention") {
            $0.upvotes = 9
            $0.comments = 2
            $0.keywords = ["Transformers", "attention"]
            $0.categories = ["cs.AI", "cs.cl"]
        }
        let blog = try entry("attention!!") {
            $0.upvotes = 1000
            $0.journal = "A blog"
        }
        return [
            sighting("arxiv", .archive, after: 0, arXiv), sighting("hf", .curator, after: 1, early),
            sighting("hf-2", .curator, after: 9, late), sighting("blog", .other, after: 5, blog),
        ]
    }

    @Test("who wrote the synopsis is said by the source that gives it")
    func synopsis() throws {
        let machine = try entry { ($0.synopsis, $0.synopsisWriter) = ("By a machine.", .machine) }
        let authors = try entry { ($0.synopsis, $0.synopsisWriter) = ("By us.", .authors) }
        let bare = try entry { $0.synopsisWriter = .authors }
        let merged = [
            Paper(merging: [sighting("a", .curator, after: 0, machine), sighting("b", .other, after: 1, authors)]),
            Paper(merging: [sighting("a", .archive, after: 0, authors), sighting("b", .curator, after: 1, machine)]),
            Paper(merging: [sighting("a", .archive, after: 0, bare), sighting("b", .curator, after: 1, machine)]),
            Paper(merging: [sighting("a", .archive, after: 0, bare)]),
        ]
        #expect(merged.map { $0?.synopsis } == ["By a machine.", "By us.", "By a machine.", nil])
        #expect(merged.map { $0?.isSynopsisByMachine } == [true, false, true, false])
    }

    @Test("a stored entry of before it was asked who wrote the synopsis counts as a machine’s")
    func oldSynopsis() throws {
        var old = try entry()
        old.synopsis = "In one sentence."
        let decoded = try JSONDecoder().decode(Entry.self, from: try JSONEncoder().encode(old))
        #expect(decoded == old && Paper(decoded).isSynopsisByMachine)
    }

    @Test("each field comes from the best source that has it, counts from the newest")
    func best() throws {
        let paper = try #require(Paper(merging: try sample()))
        #expect(paper.title == "Attention $O(n^2)$")
        #expect(paper.abstract == "384 × 640")
        #expect(paper.url == "https://arxiv.org/abs/2511.01234")
        #expect(paper.discussionURL == "https://huggingface.co/papers/2511.01234")
        #expect(paper.categories == ["cs.CL", "cs.LG", "cs.AI"])
        #expect(paper.keywords == ["Transformers", "attention"])
        #expect(paper.upvotes == 9 && paper.comments == 2 && paper.stars == 10)
        #expect(paper.journal == "A blog")
        #expect(paper.publishedAt == now.addingTimeInterval(-5 * 86_400))
    }

    @Test("each field's source is known")
    func sources() throws {
        let sources = Paper.fieldSources(merging: try sample())
        #expect(sources[.title] == "arxiv" && sources[.abstract] == "arxiv" && sources[.upvotes] == "hf-2")
        #expect(sources[.stars] == "hf" && sources[.journal] == "blog" && sources[.publishedAt] == "hf")
        #expect(sources[.codeURL] == nil)
    }

    @Test("the order of arrival changes nothing")
    func order() throws {
        var sightings = try sample()
        let twin = try entry("Same feed, same moment") { $0.abstract = "b" }
        sightings.append(sighting("arxiv", .archive, after: 0, twin))
        let expected = Paper(merging: sightings)
        var generator = SplitMix64(seed: 7)
        for _ in 0..<200 {
            sightings.shuffle(using: &generator)
            #expect(Paper(merging: sightings) == expected)
        }
        // A set: seeing the same twice is seeing it once.
        #expect(Paper(merging: sightings + sightings) == expected)
    }

    @Test("of equal sources the newest is believed")
    func newest() throws {
        let old = sighting("a", .archive, after: 0, try entry("Version 1"))
        let new = sighting("b", .archive, after: 1, try entry("Version 2"))
        #expect(Paper(merging: [old, new])?.title == "Version 2")
    }

    @Test("no sighting is no paper")
    func none() { #expect(Paper(merging: []) == nil) }

    @Test("a precise time of the same day beats a bare date")
    func sameDay() throws {
        let midnight = Date(timeIntervalSince1970: 1_789_948_800)
        let api = sighting("api", .archive, after: 0, try entry { $0.published = midnight.addingTimeInterval(64_787) })
        let hf = sighting("hf", .curator, after: 1, try entry { $0.published = midnight })
        #expect(Paper(merging: [hf, api])?.publishedAt == midnight.addingTimeInterval(64_787))
    }
}
