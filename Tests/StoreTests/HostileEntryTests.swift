import Foundation
import Papers
import Synchronization
import Testing

@testable import Store

@Suite("Entries built to do harm")
struct HostileEntryTests {
    private let now = TestDatabase.start

    @Test(
        "an instant beyond the numbers is the last there is",
        arguments: [(1e300, Int64.max), (.infinity, .max), (-1e300, .min), (9.3e15, .max), (-0.0004, 0), (1.5, 1500)])
    func instants(seconds: Double, milliseconds: Int64) {
        #expect(Date(timeIntervalSince1970: seconds).milliseconds == milliseconds)
    }

    @Test("rows that cannot be read are passed over, and told once")
    func damagedRows() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        var twin = try entry("https://a.org/1", "A title that is long enough to link by")
        twin.authors = [Author("Ada Lovelace")]
        var other = twin
        other.id = try #require(PaperID(parsing: "https://b.org/2"))
        _ = try await papers.record([twin, entry("2511.00001", "A sound one")], feed: "a", trust: .other, seenAt: now)
        try await test.database.driver.write { sql in
            try sql.execute("UPDATE papers SET paper_key = 'doi:10.1234/a b' WHERE paper_key = 'url:https://a.org/1'")
            try sql.execute(
                "UPDATE sightings SET entry = replace(entry, 'url:https://a.org/1', 'doi:10.1234/a b') WHERE entry_key LIKE 'url:%'"
            )
        }
        #expect(try await papers.newest(limit: 10).map(\.paper.title) == ["A sound one"])
        #expect(try await papers.surfaced(after: 0, limit: 10).count == 1)
        #expect(try await papers.sightings(of: [1, 2]).values.joined().count == 1)
        #expect(try await papers.sightings(of: 1).isEmpty)
        // What hangs together with it is stored all the same.
        #expect(try await papers.record([other], feed: "b", trust: .other, seenAt: now).new == 1)
        #expect(try await papers.paper(id: other.id)?.paper.title == other.title)
        _ = try await papers.record([other, twin], feed: "a", trust: .other, seenAt: now)
        #expect(try await papers.newest(limit: 10).count == 2)
    }

    @Test("what is wrong with a row is told once, and not without end")
    func tellsOnce() {
        let rows = DamagedRows()
        let told = Mutex<[String]>([])
        rows.tell { sentence in told.withLock { $0.append(sentence) } }
        for number in 0..<1000 { for _ in 0..<2 { rows.note("row \(number) is no row") } }
        let sentences = told.withLock(\.self)
        #expect(sentences.count == 100)
        #expect(sentences.first?.hasPrefix("row 0 is no row: ") == true)
    }

    @Test("hundreds of entries of one title and author are merged no more than a few times", .timeLimit(.minutes(10)))
    func oneTitle() async throws {
        let test = try await TestDatabase()
        let entries = try (0..<400).map { number in
            var entry = try entry("https://a.org/\(number)", "A title that all of these entries have in common")
            entry.authors = [Author("Ada Lovelace")]
            entry.abstract = String(repeating: "word ", count: 200)
            return entry
        }
        let counts = try await test.database.papers.record(entries, feed: "a", trust: .other, seenAt: now)
        #expect(counts.passedOver == entries.count - SightingRecorder.mostOfOneFeed)
        #expect(try await test.database.papers.count() == 1)
        // Another feed's word counts as ever.
        let other = try await test.database.papers.record(
            [entries[399]], feed: "b", trust: .archive, seenAt: now.addingTimeInterval(60))
        #expect(other.changed == 1)
    }
}
