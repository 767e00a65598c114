import Foundation
import Mail
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("The scheduler")
struct SchedulerTests {
    /// The next morning at which a subscriber of the test installation is due: 07:00 UTC.
    private let morning = TestInstallation.start.addingTimeInterval(23 * 3600)

    private func add(_ address: String, _ interests: Interests = Interests(), to test: TestInstallation) async throws {
        _ = try await test.desk.add(try Address(address), interests: interests, source: "test")
    }

    @Test("readers get the papers of their own topics and filters, and each only once")
    func topics() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion for images", "A robot that folds", "Protein folding"])
        try await add("ada@example.org", Interests(topics: ["diffusion"]), to: test)
        try await add("grace@example.org", Interests(topics: ["robots"], filters: ["protein"]), to: test)
        test.clock.move(to: morning)
        #expect(try await Scheduler(test.installation).round() == 2)
        #expect(try await test.lastDigest(of: "ada@example.org") == ["Diffusion for images"])
        #expect(Set(try await test.lastDigest(of: "grace@example.org")) == ["A robot that folds", "Protein folding"])
        #expect(try await Scheduler(test.installation).round() == 0)
    }

    @Test("a reader without topics gets what curators listed, not the whole archive")
    func trending() async throws {
        let test = try await TestInstallation()
        try await test.store(["Archived"], feed: "arxiv", trust: .archive)
        try await test.store(["Curated"], firstID: 50)
        try await add("ada@example.org", to: test)
        test.clock.move(to: morning)
        #expect(try await Scheduler(test.installation).round() == 1)
        #expect(try await test.lastDigest(of: "ada@example.org") == ["Curated"])
    }

    @Test("a paper that trends days after it was archived still comes, but not to who has had it")
    func surfacing() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion early"], feed: "arxiv", trust: .archive)
        try await add("had@example.org", Interests(topics: ["diffusion"]), to: test)
        try await test.store(["Something else"], firstID: 50)
        try await add("trending@example.org", to: test)
        test.clock.move(to: morning)
        _ = try await Scheduler(test.installation).round()
        #expect(try await test.lastDigest(of: "trending@example.org") == ["Something else"])

        try await test.store(["Diffusion early"])
        test.clock.advance(by: 86_400)
        #expect(try await Scheduler(test.installation).round() == 1)
        #expect(try await test.lastDigest(of: "trending@example.org") == ["Diffusion early"])
    }

    @Test("no new paper, no mail; the next morning comes all the same")
    func quietDay() async throws {
        let test = try await TestInstallation()
        try await add("ada@example.org", Interests(topics: ["diffusion"]), to: test)
        test.clock.move(to: morning)
        #expect(try await Scheduler(test.installation).round() == 0)
        #expect(try await test.subscriber("ada@example.org").nextDigestAt == morning.addingTimeInterval(86_400))
        try await test.store(["Diffusion at last"])
        test.clock.advance(by: 86_400)
        #expect(try await Scheduler(test.installation).round() == 1)
    }

    @Test("at most max papers come, and the digest says how many more there were")
    func capped() async throws {
        let test = try await TestInstallation()
        try await test.store((1...30).map { "Diffusion number \($0)" })
        let added = try await test.desk.add(
            try Address("ada@example.org"), interests: Interests(topics: ["diffusion"]), maxPapers: 4, source: "test")
        let reader = try #require(added)
        test.clock.move(to: morning)
        _ = try await Scheduler(test.installation).round()
        let contents = try #require(
            try await test.installation.database.ledger.history(of: reader.id, limit: 1).first?.contents)
        #expect(contents.items.count == 4)
        #expect(contents.more == 26)
    }

    @Test("readers of one topic get the same of it, as far as each wants it")
    func alike() async throws {
        let test = try await TestInstallation()
        try await test.store((1...6).map { "Diffusion number \($0)" })
        for (name, most) in [("ada", 4), ("bob", 4), ("cleo", 2)] {
            _ = try await test.desk.add(
                try Address("\(name)@example.org"), interests: Interests(topics: ["diffusion"]), maxPapers: most,
                source: "test")
        }
        test.clock.move(to: morning)
        #expect(try await Scheduler(test.installation).round() == 3)
        let ada = try await test.lastDigest(of: "ada@example.org")
        #expect(ada.count == 4)
        #expect(try await test.lastDigest(of: "bob@example.org") == ada)
        #expect(try await test.lastDigest(of: "cleo@example.org") == Array(ada.prefix(2)))
    }

    @Test("a new reader's first digest reaches back as far as the settings say")
    func lookBack() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion of last week"])
        test.clock.advance(by: 3 * 86_400)
        try await test.store(["Diffusion of today"], firstID: 50)
        try await add("ada@example.org", Interests(topics: ["diffusion"]), to: test)
        test.clock.advance(by: 86_400)
        _ = try await Scheduler(test.installation).round()
        #expect(try await test.lastDigest(of: "ada@example.org") == ["Diffusion of today"])
    }

    @Test("a round that is asked for sends one digest, however late")
    func slept() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion"])
        try await add("ada@example.org", Interests(topics: ["diffusion"]), to: test)
        test.clock.advance(by: 5 * 86_400)
        #expect(try await Scheduler(test.installation, onRequest: true).round() == 1)
        #expect(try await Scheduler(test.installation, onRequest: true).round() == 0)
        #expect(try await test.subscriber("ada@example.org").nextDigestAt == morning.addingTimeInterval(5 * 86_400))
    }

    @Test(
        "what is written late is the issue of the last morning that has come, which no earlier one's mail may pass for",
        arguments: [
            (Cadence.daily, 0.5, "2026-11-24"), (.daily, 23.9, "2026-11-24"), (.daily, 24, "2026-11-25"),
            (.daily, 100, "2026-11-28"), (.weekdays, 100, "2026-11-27"), (.weekly, 100, "2026-11-24"),
            (.weekly, 7 * 24 + 1, "2026-12-01"),
        ])
    func late(cadence: Cadence, hours: Double, slot: String) async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion"])
        let schedule = DeliverySchedule(timeZone: .utc, minute: 420, cadence: cadence, weekday: 2)
        let reader = try #require(
            try await test.desk.add(
                try Address("ada@example.org"), interests: Interests(topics: ["diffusion"]), schedule: schedule,
                source: "test"))
        test.clock.move(to: morning.addingTimeInterval(hours * 3600))
        #expect(try await Scheduler(test.installation, onRequest: true).round() == 1)
        let digests = try await test.installation.database.ledger.history(of: reader.id, limit: 9)
        #expect(digests.filter { $0.kind == .digest }.map(\.slot) == [slot])
    }
}
