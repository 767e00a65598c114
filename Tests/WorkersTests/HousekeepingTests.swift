import Foundation
import Mail
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Addresses that are never confirmed")
struct HousekeepingTests {
    private let hour: TimeInterval = 3600

    private func mails(_ test: TestInstallation) async throws -> Int {
        _ = try await test.sender.drain()
        return await test.receiver.messages().count
    }

    @Test("are reminded once after a day, with a link that works, and forgotten after a week")
    func life() async throws {
        let test = try await TestInstallation()
        let keeping = Housekeeping(test.installation)
        let address = try Address("ada@example.org")
        try await test.desk.subscribe(address, interests: Interests(), source: "web")
        #expect(try await mails(test) == 1)
        test.clock.advance(by: 23 * hour)
        #expect(try await keeping.round() == .init())
        test.clock.advance(by: hour)
        #expect(try await keeping.round() == .init(reminded: 1))
        #expect(try await keeping.round() == .init())
        #expect(try await mails(test) == 2)
        let reminder = ParsedMessage(try #require(await test.receiver.messages().last).bytes)
        #expect(reminder.fields["subject"] == "Reminder: confirm your subscription to Broadsheet")
        #expect(reminder.part("text/plain")?.text.contains("/confirm?token=") == true)

        test.clock.advance(by: 6 * 24 * hour - 1)
        #expect(try await keeping.round() == .init())
        test.clock.advance(by: 1)
        #expect(try await keeping.round() == .init(forgotten: 1))
        #expect(try await test.installation.database.subscribers.subscriber(address: address) == nil)
        #expect(try await test.desk.consent(of: address).map(\.event) == ["subscribed", "reminded", "forgotten"])
        #expect(try await mails(test) == 2)
    }

    @Test("who confirms is neither reminded nor forgotten")
    func confirmed() async throws {
        let test = try await TestInstallation()
        _ = try await test.desk.add(try Address("ada@example.org"), interests: Interests(), source: "test")
        test.clock.advance(by: 30 * 24 * hour)
        #expect(try await Housekeeping(test.installation).round() == .init())
    }

    @Test("a reminder that was written is not sent to somebody who confirms first")
    func confirmsFirst() async throws {
        let test = try await TestInstallation()
        try await test.desk.subscribe(try Address("ada@example.org"), interests: Interests(), source: "web")
        #expect(try await mails(test) == 1)
        test.clock.advance(by: 25 * hour)
        #expect(try await Housekeeping(test.installation).round() == .init(reminded: 1))
        let reader = try await test.subscriber("ada@example.org")
        let link = test.installation.links.confirm(
            subscriber: reader.id, epoch: reader.tokenEpoch, now: test.clock.now)
        _ = try await test.desk.confirm(token: String(link.split(separator: "=")[1]), source: "web")
        _ = try await mails(test)
        let states = try await test.installation.database.ledger.history(of: reader.id, limit: 10)
        #expect(states.first { $0.kind == .confirmAgain }?.state == .skipped)
        #expect(states.first { $0.kind == .welcome }?.state == .sent)
    }

    @Test("typing the address again counts anew, so that no link dies with its owner forgotten")
    func typedAgain() async throws {
        let test = try await TestInstallation()
        let address = try Address("ada@example.org")
        try await test.desk.subscribe(address, interests: Interests(), source: "web")
        test.clock.advance(by: 6 * 24 * hour)
        try await test.desk.subscribe(address, interests: Interests(), source: "web")
        test.clock.advance(by: 2 * 24 * hour - 1)
        #expect(try await Housekeeping(test.installation).round().forgotten == 0)
        test.clock.advance(by: 6 * 24 * hour)
        #expect(try await Housekeeping(test.installation).round().forgotten == 1)
    }

    @Test("imported people whom nobody has asked yet stay, and get no mail")
    func imported() async throws {
        let test = try await TestInstallation()
        let new = NewSubscriber(
            address: try Address("ada@example.org"), state: .pending, schedule: test.desk.defaultSchedule, maxPapers: 5,
            lastSeq: 0)
        let person = ImportedSubscriber(new: new, addressHash: "x", createdAt: .distantPast, confirmedAt: nil)
        _ = try await test.installation.database.subscribers.take(
            [person], policy: .init(source: "import"), at: test.clock.now)
        test.clock.advance(by: 90 * 24 * hour)
        #expect(try await Housekeeping(test.installation).round() == .init())
    }

    @Test("a setting turns reminders off, another says how long an address is kept")
    func settings() async throws {
        let test = try await TestInstallation(environment: [
            "BROADSHEET_SIGNUP_REMIND_AFTER": "0", "BROADSHEET_SIGNUP_FORGET_AFTER": "3",
        ])
        try await test.desk.subscribe(try Address("ada@example.org"), interests: Interests(), source: "web")
        _ = try await mails(test)
        test.clock.advance(by: 48 * hour)
        #expect(try await Housekeeping(test.installation).round() == .init())
        test.clock.advance(by: 24 * hour)
        #expect(try await Housekeeping(test.installation).round() == .init(forgotten: 1))
    }

    @Test("a long list is dealt with in batches, each person once")
    func many() async throws {
        let test = try await TestInstallation()
        for number in 1...230 {
            try await test.desk.subscribe(
                try Address("reader\(number)@example.org"), interests: Interests(), source: "web")
        }
        test.clock.advance(by: 8 * 24 * hour)
        #expect(try await Housekeeping(test.installation).round() == .init(forgotten: 230))
        #expect(try await test.installation.database.subscribers.list().isEmpty)
    }
}

@Suite("Mails of long ago")
struct LedgerKeepingTests {
    @Test("are forgotten after the days of the setting, many in one round, and never with 0", arguments: [400, 60, 0])
    func pruning(days: Int) async throws {
        let test = try await TestInstallation.due(
            readers: 30, environment: ["BROADSHEET_LEDGER_KEEP_DAYS": "\(days)"])
        _ = try await test.sender.drain()
        let keeping = Housekeeping(test.installation)
        test.clock.move(to: TestInstallation.morning.addingTimeInterval(Double(days == 0 ? 1000 : days) * 86_400))
        #expect(try await keeping.round() == .init())
        test.clock.advance(by: 1)
        // The last one stays, so that its number is never given again.
        #expect(try await keeping.round() == .init(pruned: days == 0 ? 0 : 29))
        #expect(try await keeping.round() == .init())
    }
}

@Suite("Those who refused everybody")
struct BreakerKeepingTests {
    @Test("are forgotten a month after it was over")
    func pruning() async throws {
        let test = try await TestInstallation()
        let breakers = test.installation.database.breakers
        let contents = try await test.installation.database.contents()
        try await breakers.note(.domain, "big.example", .policy, said: "550 no", holds: false, at: test.clock.now)
        let breaker = try #require(try await breakers.open(at: test.clock.now).first)
        try await breakers.close(breaker, at: test.clock.now)
        let keeping = Housekeeping(test.installation)
        test.clock.advance(by: 30 * 86_400)
        #expect(try await keeping.round() == .init())
        #expect(try await test.installation.database.contents() != contents)
        test.clock.advance(by: 1)
        #expect(try await keeping.round() == .init())
        #expect(try await test.installation.database.contents() == contents)
    }
}
