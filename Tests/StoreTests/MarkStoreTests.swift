import Foundation
import Testing

@testable import Store

@Suite("What readers said of papers")
struct MarkStoreTests {
    @Test("the last word counts, the oldest of too many are forgotten, and a paper that is not there is not marked")
    func marks() async throws {
        let test = try await TestDatabase()
        let ada = try await test.subscriber("ada@example.org")
        let store = test.database.marks
        let count = MarkStore.mostPerReader + 5
        let entries = try (1...count).map { try entry("2611.\(String(format: "%05d", $0))") }
        _ = try await test.database.papers.record(entries, feed: "hf", trust: .curator, seenAt: TestDatabase.start)
        for number in 1...Int64(count) {
            let at = TestDatabase.start.addingTimeInterval(Double(number))
            #expect(try await store.set(Mark(paperSeq: number, isLiked: true, at: at), of: ada.id))
        }
        #expect(
            try await store.set(
                Mark(paperSeq: 10, isLiked: false, at: TestDatabase.start.addingTimeInterval(999)), of: ada.id))
        #expect(try await store.set(Mark(paperSeq: 9999, isLiked: true, at: TestDatabase.start), of: ada.id) == false)
        let marks = try await store.marks(of: [ada.id, 77])
        #expect(marks[77] == nil)
        #expect(marks[ada.id]?.count == MarkStore.mostPerReader)
        #expect(
            marks[ada.id]?.first == Mark(paperSeq: 10, isLiked: false, at: TestDatabase.start.addingTimeInterval(999)))
        #expect(marks[ada.id]?.last?.paperSeq == 6)
        #expect(try await store.remove([10, 11], of: ada.id) == 2)
        #expect(try await store.remove([], of: ada.id) == 0)
        #expect(try await test.database.subscribers.remove(id: ada.id, consent: test.consent("removed")))
        #expect(try await store.marks(of: [ada.id]).isEmpty)
    }
}
