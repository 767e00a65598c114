import Foundation
import Testing

@testable import Store

@Suite("What digests hold")
struct ContentsTests {
    private let now = TestDatabase.start

    private func stored(_ test: TestDatabase) async throws -> Int64 {
        try await test.database.driver.read {
            try $0.row("SELECT count(*) AS count FROM digest_contents")?.number("count") ?? 0
        }
    }

    @Test("readers who get the same of one morning share it, and each is sent it")
    func shared() async throws {
        let test = try await TestDatabase()
        for (name, seqs) in [("ada", [1, 2]), ("bob", [1, 2]), ("eve", [2])] {
            let reader = try await test.subscriber("\(name)@example.org", at: now.addingTimeInterval(-86_400))
            _ = try await test.digest(for: reader, slot: "2025-11-20", seqs: seqs.map(Int64.init), at: now)
        }
        #expect(try await stored(test) == 2)
        let claimed = try await test.database.ledger.claim(limit: 9, by: "me", at: now, lease: 300)
        #expect(claimed.map { $0.contents?.items.map(\.seq) } == [[1, 2], [1, 2], [2]])
        #expect(claimed[0].contentsKey == claimed[1].contentsKey && claimed[1].contentsKey != claimed[2].contentsKey)
    }

    @Test("the same papers of another morning are another digest")
    func mornings() async throws {
        let test = try await TestDatabase()
        var reader = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        _ = try await test.digest(for: reader, slot: "2025-11-20", seqs: [1], at: now)
        reader = try #require(try await test.database.subscribers.subscriber(id: reader.id))
        _ = try await test.digest(for: reader, slot: "2025-11-21", seqs: [1], at: now.addingTimeInterval(86_400))
        #expect(try await stored(test) == 2)
    }

    @Test("with a person goes what their digests held, unless somebody else's held the same")
    func deletion() async throws {
        let test = try await TestDatabase()
        let ada = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        let bob = try await test.subscriber("bob@example.org", at: now.addingTimeInterval(-86_400))
        for (reader, seqs) in [(ada, [1]), (bob, [1, 2])] {
            _ = try await test.digest(for: reader, slot: "2025-11-20", seqs: seqs.map(Int64.init), at: now)
        }
        let eve = try await test.subscriber("eve@example.org", at: now.addingTimeInterval(-86_400))
        _ = try await test.digest(for: eve, slot: "2025-11-20", seqs: [1, 2], at: now)
        #expect(try await stored(test) == 2)
        #expect(try await test.database.subscribers.remove(id: ada.id, consent: test.consent("deleted")))
        #expect(try await stored(test) == 1)
        #expect(try await test.database.subscribers.remove(id: bob.id, consent: test.consent("deleted")))
        #expect(try await test.database.ledger.history(of: eve.id, limit: 1).first?.contents?.items.count == 2)
    }

    @Test("what went with a person is written again for who gets the same that morning")
    func writtenAgain() async throws {
        let test = try await TestDatabase()
        let before = now.addingTimeInterval(-86_400)
        let ada = try await test.subscriber("ada@example.org", at: before)
        _ = try await test.digest(for: ada, slot: "2025-11-20", seqs: [1], at: now)
        _ = try await test.database.subscribers.remove(id: ada.id, consent: test.consent("removed"))
        #expect(try await stored(test) == 0)
        let bob = try await test.subscriber("bob@example.org", at: before)
        _ = try await test.digest(for: bob, slot: "2025-11-20", seqs: [1], at: now)
        let claimed = try await test.database.ledger.claim(limit: 9, by: "me", at: now, lease: 300)
        #expect(claimed.map { $0.contents?.items.map(\.seq) } == [[1]])
    }
}
