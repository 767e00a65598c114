import Core
import Foundation
import Mail
import Site
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Confirming, pausing and leaving")
struct LifeCycleTests {
    private func add(_ address: String, topics: [String] = ["diffusion"], to test: TestInstallation) async throws
        -> Subscriber
    {
        try #require(
            try await test.desk.add(try Address(address), interests: Interests(topics: topics), source: "test"))
    }

    private func token(_ purpose: TokenPurpose, _ subscriber: Subscriber, in test: TestInstallation) -> String {
        Token(
            purpose: purpose, subscriberID: subscriber.id, epoch: subscriber.tokenEpoch,
            madeOn: Links.day(of: test.clock.now)
        ).text(
            key: test.installation.key)
    }

    private func pending(_ address: String, in test: TestInstallation) async throws -> String {
        try await test.desk.subscribe(
            try Address(address), interests: Interests(topics: ["diffusion"]), source: "test")
        return token(.confirm, try await test.subscriber(address), in: test)
    }

    private func events(of address: String, in test: TestInstallation) async throws -> [String] {
        try await test.desk.consent(of: try Address(address)).map(\.event)
    }

    private func mails(_ kind: DeliveryKind, to subscriber: Subscriber, in test: TestInstallation) async throws
        -> [DeliveryRecord]
    {
        try await test.installation.database.ledger.history(of: subscriber.id, limit: 100).filter { $0.kind == kind }
    }

    // MARK: - Confirming

    @Test("today's papers come at once where they are wanted, and the next morning's on the next morning only")
    func papersNow() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion for images"])
        test.clock.move(to: TestInstallation.morning.addingTimeInterval(-3600))  // 06:00
        let link = try await pending("ada@example.org", in: test)
        let confirmed = try await test.desk.confirm(token: link, sendsNow: true, source: "test")
        #expect(confirmed.hasDigest)
        // The digest of this morning has come: 07:00 is not for this reader today.
        #expect(confirmed.subscriber.nextDigestAt == TestInstallation.morning.addingTimeInterval(86_400))
        _ = try await test.sender.drain()
        let received = await test.receiver.messages().map { ParsedMessage($0.bytes) }
        // The welcome says that papers follow it, so they do, whichever of the connections is faster.
        #expect(received.map { $0.fields["subject"] } == ["Welcome to Broadsheet", "Diffusion for images"])
        let welcome = try #require(received.first?.part("text/plain")?.text)
        #expect(welcome.contains("Today’s papers follow this mail."))
        #expect(welcome.contains("Wednesday, 25 November 2026, 07:00"))

        try await test.store(["Diffusion again"], firstID: 50)
        test.clock.move(to: TestInstallation.morning)
        #expect(try await Scheduler(test.installation).round() == 0)
        test.clock.advance(by: 86_400)
        #expect(try await Scheduler(test.installation).round() == 1)
        #expect(try await test.lastDigest(of: "ada@example.org") == ["Diffusion again"])
    }

    @Test("where nothing new matches, nothing comes at once and the first morning is told")
    func nothingNow() async throws {
        let test = try await TestInstallation()
        let link = try await pending("ada@example.org", in: test)
        let confirmed = try await test.desk.confirm(token: link, sendsNow: true, source: "test")
        #expect(confirmed.isNew && !confirmed.hasDigest)
        #expect(confirmed.subscriber.nextDigestAt == TestInstallation.morning)
    }

    @Test("many who confirm at once make one subscription, one welcome and one digest")
    func confirmRace() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion for images"])
        let link = try await pending("ada@example.org", in: test)
        let news = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 {
                group.addTask { try await test.desk.confirm(token: link, sendsNow: true, source: "test").isNew }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(news == 1)
        let reader = try await test.subscriber("ada@example.org")
        #expect(try await mails(.welcome, to: reader, in: test).count == 1)
        #expect(try await mails(.digest, to: reader, in: test).count == 1)
        #expect(try await events(of: "ada@example.org", in: test).filter { $0 == "confirmed" }.count == 1)
    }

    // MARK: - Pausing

    @Test("a pause ends by itself as the day begins in the reader's zone, and the digest of that day comes")
    func pauseEnds() async throws {
        let test = try await TestInstallation()
        var reader = try await add("ada@example.org", to: test)
        reader.schedule.timeZone = CivilZone(stored: "Pacific/Auckland")
        try await test.desk.update(reader, source: "test")
        reader = try await test.subscriber("ada@example.org")
        let end = try test.desk.endOfPause("2026-12-07", for: reader.schedule)
        #expect(end.formatted(.iso8601) == "2026-12-06T11:00:00Z")
        let paused = try #require(try await test.desk.pause(reader, until: end, source: "test"))
        #expect(paused.state == .paused && paused.nextDigestAt == nil && paused.resumeDay == "2026-12-07")

        test.clock.move(to: end.addingTimeInterval(-1))
        try await test.store(["Diffusion of the pause"])
        #expect(try await Scheduler(test.installation).round() == 0)
        #expect(try await test.subscriber("ada@example.org").state == .paused)

        test.clock.move(to: end)
        #expect(try await Scheduler(test.installation).round() == 0)
        let resumed = try await test.subscriber("ada@example.org")
        #expect(resumed.state == .active)
        #expect(resumed.resumeAt == nil)
        #expect(resumed.nextDigestAt == end.addingTimeInterval(7 * 3600))
        #expect(try await events(of: "ada@example.org", in: test) == ["subscribed", "changed", "paused", "resumed"])
    }

    @Test(
        "the papers of a pause are passed over, and a scheduler that slept over its end still sends that day's digest")
    func pausePassesOver() async throws {
        let test = try await TestInstallation()
        let reader = try await add("ada@example.org", to: test)
        let end = try test.desk.endOfPause("2026-12-07", for: reader.schedule)
        _ = try await test.desk.pause(reader, until: end, source: "test")
        test.clock.advance(by: 5 * 86_400)
        try await test.store(["Diffusion of the pause"])
        test.clock.move(to: end.addingTimeInterval(9 * 3600))
        try await test.store(["Diffusion of today"], firstID: 50)
        #expect(try await Scheduler(test.installation).round() == 1)
        #expect(try await test.lastDigest(of: "ada@example.org") == ["Diffusion of today"])
    }

    @Test("two schedulers that see the end of a pause resume it once")
    func pauseRace() async throws {
        let test = try await TestInstallation()
        let reader = try await add("ada@example.org", to: test)
        _ = try await test.desk.pause(
            reader, until: try test.desk.endOfPause("2026-11-25", for: reader.schedule), source: "test")
        test.clock.advance(by: 3 * 86_400)
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await test.desk.resumeThoseWhosePauseIsOver() } }
            return try await group.reduce(0, +)
        }
        #expect(counts == 1)
    }

    @Test(
        "a pause needs a day that is ahead and within a year",
        arguments: ["2026-11-23", "2025-01-01", "2027-12-01", "2026-02-30", "tomorrow", "", "2026-12", "-1-1-1"])
    func badDays(day: String) async throws {
        let test = try await TestInstallation()
        #expect(throws: ServiceRefusal.self) {
            try test.desk.endOfPause(day, for: DeliverySchedule(timeZone: .utc, minute: 420))
        }
    }

    @Test("a pause ends on the same day when the reader moves to another zone, and the end can be changed")
    func pauseMoves() async throws {
        let test = try await TestInstallation()
        let reader = try await add("ada@example.org", to: test)
        let end = try test.desk.endOfPause("2026-12-07", for: reader.schedule)
        var paused = try #require(try await test.desk.pause(reader, until: end, source: "test"))
        paused.schedule.timeZone = CivilZone(stored: "Asia/Tokyo")
        try await test.desk.update(paused, source: "test")
        paused = try await test.subscriber("ada@example.org")
        #expect(paused.resumeDay == "2026-12-07")
        #expect(paused.resumeAt == end.addingTimeInterval(-9 * 3600))
        #expect(try await test.desk.pause(paused, source: "test")?.resumeAt == nil)
        #expect(try await test.desk.resume(paused, source: "test")?.state == .active)
        #expect(try await test.desk.resume(paused, source: "test") == nil)
    }

    @Test("saving other preferences keeps a digest due that is due now")
    func keepsDue() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion"])
        let reader = try await add("ada@example.org", to: test)
        test.clock.move(to: TestInstallation.morning.addingTimeInterval(1))
        var changed = reader
        changed.maxPapers = 3
        try await test.desk.update(changed, source: "test")
        #expect(try await Scheduler(test.installation).round() == 1)
    }

    // MARK: - Leaving

    @Test("leaving says goodbye once a day, and taking it back restores what was, the waiting digest too")
    func undo() async throws {
        let test = try await TestInstallation.due(readers: 1)
        let reader = try await test.subscriber("reader1@example.org")
        let left = try await test.desk.unsubscribe(
            token: token(.unsubscribe, reader, in: test), source: "one-click"
        ).subscriber
        #expect(left.state == .unsubscribed && left.leftFrom == .active)
        #expect(try await mails(.digest, to: reader, in: test).map(\.state) == [.skipped])
        #expect(try await mails(.goodbye, to: reader, in: test).count == 1)

        let back = try await test.desk.undoLeaving(token: token(.left, reader, in: test), source: "test")
        #expect(back.state == .active && back.leftFrom == nil)
        #expect(back.confirmedAt == reader.confirmedAt)
        #expect(back.nextDigestAt == reader.nextDigestAt)
        #expect(try await mails(.digest, to: reader, in: test).map(\.state) == [.pending])
        _ = try await test.sender.drain()
        // The goodbye was not sent: nobody has left.
        #expect(try await mails(.goodbye, to: reader, in: test).map(\.state) == [.skipped])
        #expect(await test.receiver.messages().count == 1)
        _ = try await test.desk.leave(back, source: "test")
        #expect(try await mails(.goodbye, to: reader, in: test).count == 1)
        #expect(
            try await events(of: "reader1@example.org", in: test)
                == ["subscribed", "unsubscribed", "returned", "unsubscribed"])
    }

    @Test("who left while paused is paused again, until the same day")
    func undoPaused() async throws {
        let test = try await TestInstallation()
        let reader = try await add("ada@example.org", to: test)
        let end = try test.desk.endOfPause("2026-12-07", for: reader.schedule)
        let paused = try #require(try await test.desk.pause(reader, until: end, source: "test"))
        _ = try await test.desk.leave(paused, source: "test")
        let back = try await test.desk.undoLeaving(token: token(.left, reader, in: test), source: "test")
        #expect(back.state == .paused && back.resumeAt == end)
    }

    @Test("leaving cannot be taken back after a week, by somebody deleted, or against a suppression")
    func noUndo() async throws {
        let test = try await TestInstallation()
        let late = try await add("late@example.org", to: test)
        let gone = try await add("gone@example.org", to: test)
        let stopped = try await add("stopped@example.org", to: test)
        for reader in [late, gone, stopped] { _ = try await test.desk.leave(reader, source: "test") }
        _ = try await test.desk.remove(gone, source: "test")
        await #expect(throws: Token.Refusal.forged) {
            try await test.desk.undoLeaving(token: token(.left, gone, in: test), source: "test")
        }
        _ = try await test.desk.suppress(stopped.address, reason: "asked", source: "test")
        let still = try await test.desk.undoLeaving(token: token(.left, stopped, in: test), source: "test")
        #expect(still.state == .unsubscribed)
        test.clock.advance(by: Links.undoLifetime + 1)
        let late2 = try await test.desk.undoLeaving(token: token(.left, late, in: test), source: "test")
        #expect(late2.state == .unsubscribed)
    }

    @Test("an operator's suppression says no goodbye")
    func silent() async throws {
        let test = try await TestInstallation()
        let reader = try await add("ada@example.org", to: test)
        _ = try await test.desk.suppress(reader.address, reason: "asked", source: "cli")
        #expect(try await mails(.goodbye, to: reader, in: test).isEmpty)
    }

    @Test("why somebody left is kept once, cut and cleaned, and goes with them")
    func reasons() async throws {
        let test = try await TestInstallation()
        let reader = try await add("ada@example.org", to: test)
        let link = token(.left, reader, in: test)
        let store = test.installation.database.subscribers
        _ = try await test.desk.setReason(token: link, choice: "no time", words: "x")
        #expect(try await store.reason(of: reader.id) == nil)  // Nobody has left.
        _ = try await test.desk.leave(reader, source: "test")
        for words in ["first", String(repeating: "long ", count: 300), "two\r\nlines"] {
            _ = try await test.desk.setReason(token: link, choice: "no time", words: words)
        }
        #expect(try await store.reason(of: reader.id)?.words == "two lines")
        #expect(try await store.reasons(since: TestInstallation.start).count == 1)
        _ = try await test.desk.remove(reader, source: "test")
        #expect(try await store.reasons(since: TestInstallation.start).isEmpty)
    }

    // MARK: - Deleting

    @Test("nothing is left of a deleted person but a line under a code, and a suppression where they asked for it")
    func deletes() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion"])
        for (address, never) in [("ada@example.org", false), ("grace@example.org", true)] {
            let reader = try await add(address, to: test)
            _ = try await test.installation.database.marks.set(
                Mark(paperSeq: 1, isLiked: true, at: test.clock.now), of: reader.id)
            _ = try await test.desk.leave(reader, source: "test")
            #expect(try await test.desk.remove(reader, neverAgain: never, source: "web"))
            #expect(try await test.desk.remove(reader, neverAgain: never, source: "web") == false)
            #expect(try await test.installation.database.ledger.history(of: reader.id, limit: 10).isEmpty)
            #expect(try await test.installation.database.marks.marks(of: [reader.id]).isEmpty)
            #expect(try await events(of: address, in: test) == ["subscribed", "unsubscribed", "removed"])
            let hash = test.installation.key.addressHash(address)
            #expect((try await test.installation.database.suppressions.reason(addressHash: hash) != nil) == never)
        }
        try await test.desk.subscribe(
            try Address("grace@example.org"), interests: Interests(), source: "test")
        #expect(
            try await test.installation.database.subscribers.subscriber(address: Address("grace@example.org")) == nil)
    }
}
