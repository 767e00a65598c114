import Foundation
import Papers
import TestSupport
import Testing

@testable import Store

@Suite("A paper is itself, once")
struct PaperIdentityTests {
    private let now = TestDatabase.start

    private func page(_ guid: String, _ title: String) throws -> Entry {
        var entry = try entry("https://a.org/list", title)
        entry.url = "https://a.org/list"
        entry.guid = guid
        return entry
    }

    private func record(_ entries: [Entry], in test: TestDatabase, feed: String = "a", after seconds: Double = 0)
        async throws
        -> RecordedEntries
    {
        try await test.database.papers.record(
            entries, feed: feed, trust: .other, seenAt: now.addingTimeInterval(seconds))
    }

    @Test("entries behind one link stay what they were while others come and go")
    func parts() async throws {
        let test = try await TestDatabase()
        let (one, two, three) = (try page("1", "One"), try page("2", "Two"), try page("3", "Three"))
        #expect(try await record([one], in: test) == RecordedEntries(new: 1))
        // With two of them in the document, its format tells them apart.
        let apart = [one, two].map { entry in
            var entry = entry
            entry.id = entry.id.part(named: entry.guid ?? "")
            return entry
        }
        #expect(try await record(apart, in: test, after: 60) == RecordedEntries(new: 1, unchanged: 1))
        #expect(try await record([three], in: test, after: 120) == RecordedEntries(new: 1))
        #expect(try await record([two], in: test, after: 180) == RecordedEntries(unchanged: 1))
        #expect(try await record([one], in: test, after: 240) == RecordedEntries(unchanged: 1))
        #expect(try await test.database.papers.count() == 3)
    }

    @Test("a name that changes under one title, and a title that changes under one name, are one paper")
    func revised() async throws {
        let test = try await TestDatabase()
        _ = try await record([page("1", "One")], in: test)
        #expect(try await record([page("1", "One, revised")], in: test, after: 60).changed == 1)
        #expect(try await record([page("fresh", "One, revised")], in: test, after: 120).changed == 1)
        #expect(try await test.database.papers.count() == 1)
        let stored = try #require(try await test.database.papers.newest(limit: 1).first)
        #expect(stored.revisedAt == now.addingTimeInterval(60), "another name is no other text")
        #expect(stored.surfacedAt == now)
    }

    @Test("what only another feed says first is no revision again at each fetch")
    func alternating() async throws {
        let test = try await TestDatabase()
        let (left, right) = (try entry("2511.00001", "One way"), try entry("2511.00001", "Another way"))
        _ = try await record([left], in: test)
        _ = try await record([right], in: test, feed: "b", after: 60)
        for round in 1...3 {
            _ = try await record([left], in: test, after: Double(round) * 1000)
            _ = try await record([right], in: test, feed: "b", after: Double(round) * 1000 + 60)
        }
        #expect(try await test.database.papers.newest(limit: 1).first?.revisedAt == now.addingTimeInterval(60))
    }

    @Test("a notice marks the paper it is about, whichever comes first, and is none itself")
    func notices() async throws {
        let test = try await TestDatabase()
        let paper = try entry("10.1000/a", "A paper")
        var notice = try entry("10.1000/a", "Retraction: A paper")
        notice.announceType = .notice
        notice.status = .retracted
        #expect(try await record([notice], in: test).passedOver == 1)
        #expect(
            try await record([paper, notice], in: test, after: 60) == RecordedEntries(new: 1, changed: 1, newToFeed: 2))
        // The feed gives the paper again as it was.
        _ = try await record([paper], in: test, after: 120)
        let stored = try #require(try await test.database.papers.paper(id: paper.id))
        #expect(stored.paper.status == .retracted)
        #expect(stored.paper.title == "A paper")
        #expect(stored.revisedAt == now.addingTimeInterval(60))
        #expect(try await test.database.papers.count() == 1)
    }

    @Test("a paper that a feed gives under a second identifier is found by it")
    func otherIdentifiers() async throws {
        let test = try await TestDatabase()
        var paper = try entry("10.1000/a", "A paper")
        paper.add(otherIDs: [try entry("PMID: 1234").id])
        _ = try await record([try entry("https://pubmed.ncbi.nlm.nih.gov/1234/", "A paper.")], in: test)
        _ = try await record([paper], in: test, feed: "b", after: 60)
        #expect(try await test.database.papers.count() == 1)
        #expect(try await test.database.papers.paper(id: try entry("PMID: 1234").id)?.paper.id == paper.id)
    }

    // MARK: Past days

    @Test("a past day's papers stand on that day and are no news")
    func pastDay() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        _ = try await record([try entry("2511.00001")], in: test)
        let before = try await papers.latestSeq()
        let day = now.addingTimeInterval(-40 * 86_400)
        let old = [try entry("2510.00001"), try entry("2510.00002")]
        let counts = try await papers.record(old, feed: "hf", trust: .curator, seenAt: now, day: day)
        #expect(counts.new == 2)
        #expect(try await papers.surfaced(after: before, limit: 10).isEmpty)
        #expect(try await papers.surfaced(after: 0, limit: 10).map(\.paper.id.value) == ["2511.00001"])
        let listed = try await papers.surfaced(
            from: day.addingTimeInterval(-3600), until: day.addingTimeInterval(3600), limit: 10)
        #expect(Set(listed.map(\.paper.id)) == Set(old.map(\.id)))
        #expect(listed.allSatisfy { $0.isCurated })
        #expect(try await papers.page(.visible, before: nil, limit: 10).count == 3)
        // New readers begin with what came last, not with what was read last.
        #expect(try await papers.seq(before: now.addingTimeInterval(60)) >= 1)
        _ = try await papers.record([try entry("2511.00009")], feed: "a", trust: .other, seenAt: now)
        #expect(try await papers.surfaced(after: before, limit: 10).map(\.paper.id.value) == ["2511.00009"])
    }

    @Test("a paper that is known goes to its list's day, and its next mail is what it was")
    func knownOnPastDay() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        let paper = try entry("2511.00001")
        _ = try await papers.record(
            [paper], feed: "arxiv", trust: .archive, seenAt: now.addingTimeInterval(-5 * 86_400))
        let day = now.addingTimeInterval(-3 * 86_400)
        _ = try await papers.record([paper], feed: "hf", trust: .curator, seenAt: now, day: day)
        let stored = try #require(try await papers.paper(id: paper.id))
        #expect(stored.surfacedSeq == stored.seq)
        #expect(stored.surfacedAt == day)
        #expect(stored.isCurated)
    }

    @Test(
        "a paper of an archive becomes news when it is announced or listed now, and not by an old announcement",
        arguments: [(AnnounceType.new, 0.0, true), (.new, 40, false), (.replace, 0, false)])
    func announcedLater(_ kind: AnnounceType, _ age: Double, _ isNews: Bool) async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        let paper = try entry("2511.00001")
        _ = try await papers.record(
            [paper], feed: "arxiv", trust: .archive, seenAt: now, day: now.addingTimeInterval(-86_400))
        let before = try await papers.latestSeq()
        var announced = paper
        announced.announceType = kind
        announced.published = now.addingTimeInterval(-age * 86_400)
        let later = now.addingTimeInterval(3600)
        _ = try await papers.record([announced], feed: "arxiv", trust: .archive, seenAt: later)
        #expect(try await papers.surfaced(after: before, limit: 10).count == (isNews ? 1 : 0))
        _ = try await papers.record([paper], feed: "hf", trust: .curator, seenAt: later.addingTimeInterval(60))
        let listed = try #require(try await papers.paper(id: paper.id))
        #expect(listed.surfacedSeq > before)
    }
}
