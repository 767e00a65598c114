import Foundation
import Mail
import TestSupport
import Testing

@testable import Store
@testable import Workers

@Suite("Mornings that are not as usual")
struct MorningRulesTests {
    private let hour: TimeInterval = 3600

    private func installation(
        _ environment: [String: String] = [:], cadence: Cadence = .daily
    ) async throws -> TestInstallation {
        let test = try await TestInstallation(environment: environment)
        try await test.store(["Diffusion for images"])
        var schedule = test.desk.defaultSchedule
        schedule.cadence = cadence
        // The morning of the test installation is a Tuesday.
        schedule.weekday = 2
        _ = try await test.desk.add(
            try Address("ada@example.org"), interests: Interests(topics: ["diffusion"]), schedule: schedule,
            source: "test")
        return test
    }

    private func round(_ test: TestInstallation, at date: Date) async throws -> Int {
        test.clock.move(to: date)
        return try await Scheduler(test.installation).round()
    }

    @Test("a machine that wakes within the window sends once")
    func wakesInTime() async throws {
        let test = try await installation()
        #expect(try await round(test, at: TestInstallation.morning + 17.9 * hour) == 1)
        #expect(try await round(test, at: TestInstallation.morning + 18 * hour) == 0)
        let next = try await test.subscriber("ada@example.org").nextDigestAt
        #expect(next == TestInstallation.morning + 24 * hour)
    }

    @Test(
        "a machine that wakes later lets the papers join the next digest, a weekly reader's a day later",
        arguments: [Cadence.daily, .weekdays, .weekly])
    func wakesLate(cadence: Cadence) async throws {
        let test = try await installation(cadence: cadence)
        let morning = TestInstallation.morning
        #expect(try await test.subscriber("ada@example.org").nextDigestAt == morning)
        #expect(try await round(test, at: morning + 67 * hour) == 0)
        try await test.store(["Diffusion, second"], firstID: 50)
        #expect(try await test.subscriber("ada@example.org").nextDigestAt == morning + 72 * hour)
        #expect(try await round(test, at: morning + 72 * hour) == 1)
        #expect(try await test.lastDigest(of: "ada@example.org").count == 2)
        let next = try await test.subscriber("ada@example.org").nextDigestAt
        // Saturday, the Monday after it, and the weekly reader's own day again.
        let days = [Cadence.daily: 4.0, .weekdays: 6, .weekly: 7]
        #expect(next == morning + (days[cadence] ?? 0) * 24 * hour)
    }

    @Test(
        "a machine that slept through several mornings sends once for the last of them, where it wakes in time for that",
        arguments: [Cadence.daily, .weekdays, .weekly])
    func wakesAfterDays(cadence: Cadence) async throws {
        let test = try await installation(cadence: cadence)
        let morning = TestInstallation.morning
        #expect(try await round(test, at: morning + 48.1 * hour) == 1)
        #expect(try await round(test, at: morning + 48.2 * hour) == 0)
        let days = [Cadence.daily: 3.0, .weekdays: 3, .weekly: 7]
        #expect(
            try await test.subscriber("ada@example.org").nextDigestAt == morning + (days[cadence] ?? 0) * 24 * hour)
    }

    @Test("a clock that was ahead neither doubles a mail nor silences anybody", arguments: [1.0, 3, 30, 4000])
    func clockAhead(days: Double) async throws {
        let test = try await installation()
        let morning = TestInstallation.morning
        let scheduler = Scheduler(test.installation)
        #expect(try await scheduler.round() == 0)
        // Ahead, at the reader's hour.
        test.clock.move(to: morning + (days * 24 - 1) * hour)
        _ = try await scheduler.round()
        test.clock.move(to: morning + days * 24 * hour)
        _ = try await scheduler.round()
        // Put right: the next mornings come with what is new, one mail a day.
        for day in 0..<4 {
            try await test.store(["Diffusion of day \(day)"], firstID: 100 + day)
            test.clock.move(to: morning + Double(day) * 24 * hour - 60)
            _ = try await scheduler.round()
            for _ in 0..<2 {
                test.clock.move(to: morning + Double(day) * 24 * hour)
                _ = try await scheduler.round()
            }
        }
        let reader = try await test.subscriber("ada@example.org")
        let digests = try await test.installation.database.ledger.history(of: reader.id, limit: 20)
        #expect(Set(digests.map(\.slot)).count == digests.count)
        let seqs = digests.flatMap { $0.contents?.items.map(\.seq) ?? [] }
        #expect(Set(seqs).count == seqs.count)
        // Every paper came, but where the last slot was used up while the clock was ahead: then it comes a day later.
        #expect(seqs.count >= 4)
        #expect(reader.nextDigestAt == morning + 4 * 24 * hour)
    }

    @Test("a clock that was set back while nobody ran is noticed at the start")
    func clockBackBetweenRuns() async throws {
        let test = try await installation()
        _ = try await round(test, at: TestInstallation.morning + 365 * 24 * hour)
        #expect(try await round(test, at: TestInstallation.start) == 0)
        #expect(try await test.subscriber("ada@example.org").nextDigestAt == TestInstallation.morning)
    }

    @Test("nothing new: no mail, or a note where the operator wants one", arguments: [false, true])
    func nothingNew(sendsNote: Bool) async throws {
        let test = try await installation(sendsNote ? ["BROADSHEET_DIGEST_EMPTY": "note"] : [:])
        #expect(try await round(test, at: TestInstallation.morning) == 1)
        #expect(try await test.sender.drain().sent == 1)
        #expect(try await round(test, at: TestInstallation.morning + 24 * hour) == (sendsNote ? 1 : 0))
        #expect(try await test.sender.drain().sent == (sendsNote ? 1 : 0))
        guard sendsNote else { return }
        let message = try #require(await test.receiver.messages().last)
        let parsed = ParsedMessage(message.bytes)
        #expect(parsed.fields["subject"] == "Nothing new on Broadsheet for you today")
        #expect(parsed.fields["list-unsubscribe-post"] == "List-Unsubscribe=One-Click")
    }

    struct Feed: Sendable {
        let name: String
        let isAwaited: Bool
        var fetchedHoursAgo: Double? = 1
        var nextInHours = 1.0
        var failures = 0
        var staleHours: Double?
    }

    @Test(
        "feeds that worked lately and are late are awaited",
        arguments: [
            Feed(name: "fine", isAwaited: false),
            Feed(name: "never fetched", isAwaited: false, fetchedHoursAgo: nil, nextInHours: -1, failures: 3),
            Feed(name: "due now", isAwaited: true, nextInHours: 0),
            Feed(name: "failing", isAwaited: true, failures: 2),
            Feed(name: "away for days", isAwaited: false, fetchedHoursAgo: 50, failures: 40),
            Feed(name: "without today's news", isAwaited: true, staleHours: 3),
            Feed(name: "without news for days", isAwaited: false, staleHours: 60),
        ])
    func arrival(feed: Feed) {
        let now = TestInstallation.morning
        let stored = StoredFeed(
            id: 1, url: "https://example.org/feed", title: nil, kind: nil, origin: .file, isEnabled: true,
            allowsPrivate: false, allowsHTTP: false, archive: nil, movedTo: nil, etag: nil, lastModified: nil,
            fetchedAt: feed.fetchedHoursAgo.map { now - $0 * hour }, nextFetchAt: now + feed.nextInHours * hour,
            notBefore: nil, lastNewAt: nil, staleSince: feed.staleHours.map { now - $0 * hour }, missedSince: nil,
            archiveAfter: nil, failures: feed.failures, lastError: nil, entries: 1)
        #expect(FeedArrival.isAwaited(stored, at: now) == feed.isAwaited, "\(feed.name)")
    }

    @Test("digests wait for a late feed up to the configured time")
    func waits() async throws {
        let test = try await installation(["BROADSHEET_DIGEST_WAIT_FOR_FEEDS": "45"])
        let feeds = test.installation.database.feeds
        try await feeds.synchronise(with: [FeedDeclaration(url: "https://example.org/feed")])
        let feed = try #require(try await feeds.all().first)
        test.clock.move(to: TestInstallation.morning)
        try await feeds.recordSuccess(
            id: feed.id,
            FeedFetchRecord(
                kind: "rss", title: nil, etag: nil, lastModified: nil, entries: 1, broughtNew: true, movedTo: nil),
            at: TestInstallation.morning - 600, next: TestInstallation.morning - 60)
        #expect(try await round(test, at: TestInstallation.morning + 44 * 60) == 0)
        #expect(try await round(test, at: TestInstallation.morning + 45 * 60) == 1)
    }
}

@Suite("A copy of an installation")
struct InstanceTests {
    @Test("sends nothing until it takes over, and the first sends nothing then")
    func takesOver() async throws {
        let test = try await TestInstallation.due(readers: 2)
        let copy = try test.place.copy()
        let elsewhere = try await Installation(
            settings: {
                var settings = test.installation.settings
                settings.database = copy.url
                return settings
            }(), clock: test.clock.clock, logger: test.installation.logger)
        let sender = try Sender(elsewhere)
        await #expect(throws: InstanceGuard.Conflict.self) { _ = try await sender.drain() }
        await #expect(throws: InstanceGuard.Conflict.self) { _ = try await Scheduler(elsewhere).round() }
        #expect(await test.receiver.messages().isEmpty)
        let before = try await InstanceGuard(elsewhere).takeOver()
        #expect(before?.hasSuffix(TestPlace.isOnServer ? "a database server" : "test.sqlite") == true)
        #expect(try await InstanceGuard(elsewhere).takeOver() == nil)
        #expect(try await sender.drain().sent == 2)
    }

    @Test("a name from the settings makes it the same machine wherever it runs")
    func named() async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_SITE_INSTANCE": "papers-1"])
        try await InstanceGuard(test.installation).check()
        let names = try await InstanceGuard(test.installation).names()
        #expect(names.sending == "papers-1" && names.here == "papers-1")
    }
}
