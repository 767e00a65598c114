import Foundation
import Papers
import Testing

@Suite("What became of a paper")
struct StatusTests {
    private func sighting(_ feed: String, trust: SourceTrust = .archive, _ change: (inout Entry) -> Void) throws
        -> Sighting
    {
        var entry = Entry(id: try #require(PaperID(parsing: "10.1000/a")), title: "A paper on the shape of things")
        change(&entry)
        return Sighting(feed: feed, trust: trust, seenAt: Date(timeIntervalSince1970: 1_000), entry: entry)
    }

    @Test("the gravest word counts, and a notice gives the paper nothing but that word")
    func merging() throws {
        let paper = try sighting("a", trust: .other) {
            $0.published = Date(timeIntervalSince1970: 900)
            $0.abstract = "Text."
        }
        let notice = try sighting("b") {
            $0.title = "Retraction: A paper on the shape of things"
            $0.announceType = .notice
            $0.status = .retracted
            $0.published = Date(timeIntervalSince1970: 100)
        }
        let doubt = try sighting("c") { $0.status = .concern }
        let merged = try #require(Paper(merging: [notice, paper]))
        #expect(merged.title == "A paper on the shape of things")
        #expect(merged.publishedAt == Date(timeIntervalSince1970: 900))
        #expect(merged.status == .retracted)
        #expect(Paper(merging: [doubt, notice, paper])?.status == .retracted)
        #expect(Paper(merging: [doubt, paper])?.status == .concern)
        #expect(Paper(merging: [paper])?.status == nil)
    }

    @Test(
        "publishers' words before a title",
        arguments: [
            ("RETRACTED ARTICLE: On things", PaperStatus.retracted, "On things"),
            ("Retracted: On things", .retracted, "On things"),
            ("[Retracted] On things", .retracted, "On things"), ("WITHDRAWN: On things", .withdrawn, "On things"),
        ])
    func prefixes(_ title: String, _ status: PaperStatus, _ rest: String) throws {
        let prefix = try #require(StatusPrefix(title))
        #expect(prefix.status == status)
        #expect(prefix.rest == rest)
    }

    @Test(
        "titles that only speak of it",
        arguments: [
            "Retracted papers and who cites them", "Retractions: a study", "On things", "Retracted:", "[18F] Retracted",
        ])
    func titles(_ title: String) { #expect(StatusPrefix(title) == nil) }

    @Test("a paper is the same with and without such a word, and other identifiers link it too")
    func links() throws {
        let plain = try sighting("a") { $0.authors = [Author("Ada Lovelace")] }
        var other = try sighting("b") {
            $0.title = "RETRACTED: A paper on the shape of things"
            $0.authors = [Author("Ada Lovelace")]
        }
        other.entry.id = try #require(PaperID(parsing: "https://pub.org/1"))
        #expect(SightingGroups.groups(of: [plain, other]).count == 1)
        var numbered = try sighting("c") { $0.title = "Another title of it" }
        numbered.entry.id = try #require(PaperID(parsing: "PMID: 1234"))
        #expect(SightingGroups.groups(of: [plain, numbered]).count == 2)
        var linking = plain
        linking.feed = "d"
        linking.entry.add(otherIDs: [numbered.entry.id, plain.entry.id])
        #expect(SightingGroups.groups(of: [plain, numbered, linking]).count == 1)
    }
}
