import Foundation
import Testing

@testable import Store

@Suite("The operator's sessions")
struct AdminSessionStoreTests {
    private let start = TestDatabase.start
    private var end: Date { start.addingTimeInterval(3600) }

    @Test("one is open from when it began until it is over or ended, by whomever")
    func one() async throws {
        let test = try await TestDatabase()
        let (here, there) = (test.database.adminSessions, try Database(url: test.place.url).adminSessions)
        #expect(try await here.isOpen("a", at: start) == false)
        try await here.begin("a", expiresAt: end, at: start)
        try await here.begin("b", expiresAt: end, at: start)
        for store in [here, there] {
            #expect(try await store.isOpen("a", at: start))
            #expect(try await store.isOpen("a", at: end.addingTimeInterval(-1)))
            #expect(try await store.isOpen("a", at: end) == false)
            #expect(try await store.isOpen("", at: start) == false)
        }
        try await there.end("a")
        try await there.end("a")
        #expect(try await here.isOpen("a", at: start) == false)
        #expect(try await here.isOpen("b", at: start))
    }

    @Test("all are ended at once, and those that are over go when another begins")
    func all() async throws {
        let test = try await TestDatabase()
        let store = test.database.adminSessions
        for name in ["a", "b", "c"] { try await store.begin(name, expiresAt: end, at: start) }
        let later = end.addingTimeInterval(1)
        try await store.begin("d", expiresAt: later.addingTimeInterval(3600), at: later)
        #expect(try await test.database.contents().filter { $0.hasPrefix("admin_sessions:") }.count == 1)
        try await store.begin("e", expiresAt: later.addingTimeInterval(60), at: later)
        #expect(try await store.endAll(at: later.addingTimeInterval(61)) == 1)
        #expect(try await store.endAll(at: later) == 0)
        #expect(try await store.isOpen("d", at: later) == false)
    }
}
