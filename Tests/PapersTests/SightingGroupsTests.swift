import Foundation
import Papers
import TestTools
import Testing

@Suite("Which sightings are one paper")
struct SightingGroupsTests {
    private func sighting(_ id: String, _ title: String = "T", author: String? = nil, doi: String? = nil) throws
        -> Sighting
    {
        var entry = Entry(id: try #require(PaperID(parsing: id)), title: title)
        entry.authors = author.map { [Author($0)] } ?? []
        entry.doi = doi
        return Sighting(feed: id, trust: .other, seenAt: .distantPast, entry: entry)
    }

    private func keys(_ sightings: [Sighting]) -> [[String]] {
        SightingGroups.groups(of: sightings).map { $0.map(\.entry.id.key).sorted() }.sorted { $0[0] < $1[0] }
    }

    @Test("any form of one arXiv id")
    func sameID() throws {
        let forms = ["2511.01234v2", "https://huggingface.co/papers/2511.01234", "oai:arXiv.org:2511.01234"]
        #expect(SightingGroups.groups(of: try forms.map { try sighting($0) }).count == 1)
    }

    @Test("a preprint and the journal's article that it names, also over a third")
    func journal() throws {
        let preprint = try sighting("10.1101/2026.01.02.123456", doi: "10.1038/s41586-026-1")
        let article = try sighting("https://doi.org/10.1038/s41586-026-1")
        let arXiv = try sighting("2511.01234", doi: "https://doi.org/10.1038/S41586-026-1")
        #expect(keys([preprint, article, arXiv]).count == 1)
        #expect(Paper(merging: SightingGroups.groups(of: [article, preprint, arXiv])[0])?.id.key == "arxiv:2511.01234")
    }

    @Test("a title and its first author, whatever the writing")
    func title() throws {
        let one = try sighting("https://a.org/1", "Naïve Bayes, Revisited: A Long Look", author: "Ada Gödel")
        let two = try sighting("https://b.org/2", "naive bayes revisited – a long look", author: "A. GODEL")
        let other = try sighting("https://c.org/3", "Naive Bayes Revisited: a long look", author: "Kurt Frege")
        #expect(keys([one, two, other]) == [["url:https://a.org/1", "url:https://b.org/2"], ["url:https://c.org/3"]])
    }

    @Test("a short title tells nothing")
    func shortTitle() throws {
        #expect(
            keys([
                try sighting("https://a.org/1", "Editorial", author: "A"),
                try sighting("https://b.org/2", "Editorial", author: "A"),
            ]).count == 2)
    }

    @Test("two arXiv ids stay two papers, whatever they share")
    func twoIDs() throws {
        let one = try sighting("2511.01234", "A very long title about something", author: "A B", doi: "10.1038/1")
        let two = try sighting("2511.99999", "A very long title about something", author: "A B", doi: "10.1038/1")
        #expect(keys([one, two]).count == 2)
    }

    @Test("the order of arrival changes nothing")
    func order() throws {
        var all = [
            try sighting("2511.01234", doi: "10.1038/1"), try sighting("10.1038/1"),
            try sighting("https://a.org/1", "A title that is long enough", author: "X Y"),
            try sighting("10.1101/2026.01.02.1", "A title that is long enough", author: "X Y"),
            try sighting("2511.00001"),
        ]
        let expected = SightingGroups.groups(of: all)
        #expect(expected.count == 3)
        var generator = SplitMix64(seed: 3)
        for _ in 0..<50 {
            all.shuffle(using: &generator)
            #expect(SightingGroups.groups(of: all) == expected)
        }
    }

    @Test(
        "DOIs in publishers' addresses",
        arguments: [
            ("https://www.biorxiv.org/content/10.1101/2026.01.02.123456v2.full", "doi:10.1101/2026.01.02.123456"),
            ("https://www.biorxiv.org/content/10.64898/2026.07.31.741992v1.full.pdf", "doi:10.64898/2026.07.31.741992"),
            ("https://dl.acm.org/doi/pdf/10.1145/1234.5678", "doi:10.1145/1234.5678"),
            ("https://onlinelibrary.wiley.com/doi/10.1002/abc.123/full", "doi:10.1002/abc.123"),
            (
                "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0123456",
                "doi:10.1371/journal.pone.0123456"
            ),
            ("https://link.springer.com/article/10.1007/s00222-026-1", "doi:10.1007/s00222-026-1"),
            ("https://example.org/v/10.1234/x", "url:https://example.org/v/10.1234/x"),
            ("https://example.org/blog/10.5-ways", "url:https://example.org/blog/10.5-ways"),
        ])
    func publishers(_ address: String, key: String) { #expect(PaperID(parsing: address)?.key == key) }
}
