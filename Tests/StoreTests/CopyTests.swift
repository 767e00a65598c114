import Filters
import Foundation
import Mail
import Papers
import TestSupport
import Testing

@testable import Store

@Suite("Copying a database into another")
struct CopyTests {
    /// Something in every table, with text of every sort.
    private func fill(_ test: TestDatabase) async throws {
        let (now, database) = (TestDatabase.start, test.database)
        var odd = try entry("2511.00002", "“Ünïcode” 数理 \u{1F9EA} '; DROP TABLE papers; --\n\t\\ %")
        odd.authors = [Author("Łukasz", affiliation: ""), Author("Ada")]
        odd.categories = ["cs.LG"]
        odd.doi = "10.1000/X"
        odd.status = .retracted
        (odd.synopsis, odd.synopsisWriter) = ("In one sentence.", .authors)
        let many = try (100..<240).map { try entry("2511.\(String(format: "%05d", $0))", "Paper \($0)") }
        _ = try await database.papers.record([odd] + many, feed: "a", trust: .curator, seenAt: now)
        _ = try await database.feeds.add(FeedDeclaration(url: "https://example.org/a"), origin: .admin)
        try await database.installation.set("site_key", "secret")
        var readers: [Subscriber] = []
        for number in 0..<60 {
            let interests = Interests(
                topics: ["x"], filters: ["word\(number % 7)"], authors: [try AuthorName("Ada Love\(number % 5)")])
            readers.append(try await test.subscriber("reader\(number)@example.org", interests: interests, at: now))
        }
        _ = try await test.digest(
            for: readers[0], slot: "2025-11-20", seqs: [1, 2], at: now.addingTimeInterval(90_000))
        _ = try await database.marks.set(Mark(paperSeq: 1, isLiked: true, at: now), of: readers[1].id)
        let shelved = LibraryEntry(
            title: "Ünïcode", authors: [Author("Łukasz")], abstract: "\u{1F9EA}", keywords: ["a", "b"], year: 2017,
            ids: [odd.id])
        _ = try await database.libraries.add(
            [shelved, LibraryEntry(title: "Nowhere to be found")], to: readers[1].id, at: now)
        try await database.suppressions.add(addressHash: "abc", reason: "asked", at: now)
        _ = try await database.subscribers.move(
            id: readers[2].id, from: [.active], to: .unsubscribed, consent: test.consent("unsubscribed"))
        _ = try await database.subscribers.setReason(
            LeavingReason(choice: "often", words: "", at: now), of: readers[2].id)
        try await database.subscribers.usePreferencesLink(of: readers[4].id, madeOn: 20_000, on: 20_001, ended: 0)
        _ = try await database.subscribers.remove(id: readers[3].id, consent: test.consent("removed"))
        let bounce = NewBounce(
            deliveryID: 1, fault: .policy, diagnostic: "550", source: "mail", addressHash: "abc", at: now)
        _ = try await database.bounces.take(bounce, by: BounceScore(limit: 5))
        _ = try await database.setAside.add("a hash", reason: "too large", at: now)
        try await database.breakers.note(
            .domain, "example.org", .policy, said: "550 no", holds: true, at: now)
        try await database.breakers.learn("domain example.org", atMost: 20_000, at: now)
        try await database.adminSessions.begin("abc", expiresAt: now.addingTimeInterval(60), at: now)
        try await database.relays.store(
            .init(address: "smtp://relay.example:25", identity: "esmtp | PIPELINING", pipelining: "full"), at: now)
    }

    @Test("there and back again is the same, row by row, and goes on with new numbers")
    func roundTrip() async throws {
        let test = try await TestDatabase()
        try await fill(test)
        let before = try await test.database.contents()
        for table in StoredTable.all where table.name != "removed_filters" {
            #expect(before.contains { $0.hasPrefix(table.name + ":") }, "\(table.name)")
        }
        // A SQLite file between, whichever database is tested.
        let file = try Database(url: "sqlite:\(test.folder.path)/between.sqlite")
        try await file.migrate(now: TestDatabase.start)
        let counts = try await DatabaseCopy(from: test.database, to: file).run()
        #expect(counts.map(\.rows).reduce(0, +) == before.count)
        #expect(try await file.contents() == before)

        let back = try await TestDatabase()
        _ = try await DatabaseCopy(from: file, to: back.database).run()
        #expect(try await back.database.contents() == before)
        let added = try await back.subscriber("new@example.org")
        #expect(added.id > 60)
        let paper = try await back.database.papers.record(
            [entry("2512.00001", "A later one")], feed: "b", trust: .archive, seenAt: TestDatabase.start)
        #expect(paper.new == 1)
    }

    @Test("a database that holds anything is not copied to, and stays as it is")
    func refuses() async throws {
        let (source, target) = (try await TestDatabase(), try await TestDatabase())
        try await fill(source)
        _ = try await target.subscriber("ada@example.org")
        let before = try await target.database.contents()
        let error = await #expect(throws: StoreError.self) {
            _ = try await DatabaseCopy(from: source.database, to: target.database).run()
        }
        #expect(error?.description.contains("subscribers") == true)
        #expect(try await target.database.contents() == before)
    }

    @Test("a database without the schema is refused on either side", arguments: [true, false])
    func unmigrated(isSource: Bool) async throws {
        let test = try await TestDatabase()
        let empty = try Database(url: "sqlite:\(test.folder.path)/empty.sqlite")
        let copy =
            isSource ? DatabaseCopy(from: empty, to: test.database) : DatabaseCopy(from: test.database, to: empty)
        let error = await #expect(throws: StoreError.self) { _ = try await copy.run() }
        #expect(error?.description.contains("broadsheet migrate") == true)
    }

    @Test("every table of the schema is copied")
    func complete() async throws {
        let test = try await TestDatabase()
        let names = try await test.database.driver.read { sql in
            try sql.rows(sql.dialect.tables).map { try $0.need("name") }
        }
        #expect(Set(names) == Set(StoredTable.all.map(\.name) + ["schema_versions"]))
    }
}
