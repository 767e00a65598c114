import Core
import Foundation
import Logging
import Mail
import Papers
import Site
import Store
import Synchronization
import TestTools
import Workers

/// A year of mornings, a quarter of an hour at a time: readers in 40 zones, with every daylight-saving change, nights
/// without power, and papers coming in. Each mail is written and sent for real; only the clock is not.
///
/// What is expected is worked out by Python's `zoneinfo`, which knows nothing of this program.
struct YearBenchmark {
    let subscribers: Int
    let days: Int

    private static let step: TimeInterval = 900
    /// 2026-01-01T00:00:00Z
    private static let start = Date(timeIntervalSince1970: 1_767_225_600)
    private static let zones = """
        Africa/Cairo Africa/Casablanca Africa/Lagos America/Asuncion America/Bogota America/Chicago America/Denver \
        America/Havana America/Los_Angeles America/Mexico_City America/New_York America/Santiago America/Sao_Paulo \
        America/St_Johns Antarctica/Troll Asia/Beirut Asia/Dubai Asia/Gaza Asia/Jerusalem Asia/Kathmandu Asia/Kolkata \
        Asia/Seoul Asia/Shanghai Asia/Tehran Asia/Tokyo Atlantic/Azores Australia/Adelaide Australia/Lord_Howe \
        Australia/Sydney Europe/Berlin Europe/Dublin Europe/Lisbon Europe/London Europe/Zurich Pacific/Apia \
        Pacific/Auckland Pacific/Chatham Pacific/Easter Pacific/Kiritimati UTC
        """.split(separator: " ").map(String.init)

    private struct Reader {
        let address: String
        let schedule: DeliverySchedule
    }

    private final class Clock: Sendable {
        private let time = Mutex(YearBenchmark.start)
        var now: Date {
            get { time.withLock { $0 } }
            set { time.withLock { $0 = newValue } }
        }
    }

    func run() async throws -> [Figure] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sink = try SinkProcess()
        defer { sink.stop() }
        let clock = Clock()
        let installation = try await Self.installation(folder, clock, port: sink.port)
        var random = SplitMix64(seed: 11)
        let readers = (0..<subscribers).map { Self.reader($0, &random) }
        for reader in readers {
            _ = try await SubscriptionService(installation).add(
                try Address(reader.address), interests: Interests(filters: ["paper"]), schedule: reader.schedule,
                source: "benchmark")
        }
        let nights = Self.nights(days: days, &random)
        let begun = ContinuousClock.now
        let sent = try await live(installation, clock, nights)
        let seconds = begun.duration(to: .now) / .seconds(1)
        let expected = try Self.expected(readers, days: days, in: folder)
        let found = try Self.found(in: folder, until: clock.now)
        let missing = expected.subtracting(found.mails)
        let extra = found.mails.subtracting(expected)
        guard missing.isEmpty, extra.isEmpty, sent == expected.count else {
            throw BenchmarkFailure(
                "\(missing.count) missing \(missing.sorted().prefix(5)), \(extra.count) too many \(extra.sorted().prefix(5)), \(sent) sent"
            )
        }
        return [
            Figure(name: "year.mails", values: [Double(found.mails.count)], unit: "mails, exactly those expected"),
            Figure(
                name: "year.delay", values: [found.delay / 3600], unit: "hours at most, after a night without power"),
            Figure(name: "year.time", values: [seconds], unit: "s"),
        ]
    }

    /// Passes the time; the machine is off in some nights.
    private func live(_ installation: Installation, _ clock: Clock, _ nights: [Range<Date>]) async throws -> Int {
        let scheduler = Scheduler(installation)
        let sender = try Sender(installation)
        var sent = 0
        let end = Self.start + Double(days) * 86_400
        var number = 0
        // Whoever is due in the first hours has something to read too.
        try await Self.publish(number, installation)
        while clock.now < end {
            clock.now += Self.step
            number += 1
            if nights.contains(where: { $0.contains(clock.now) }) { continue }
            if number % 16 == 0 { try await Self.publish(number, installation) }
            let written = try await scheduler.round()
            if written > 0 || number % 8 == 0 { sent += try await sender.drain().sent }
        }
        return sent
    }

    private static func publish(_ number: Int, _ installation: Installation) async throws {
        guard let id = PaperID(parsing: "2601.\(String(format: "%05d", number))") else { return }
        var entry = Entry(id: id, title: "Paper \(number)")
        entry.abstract = "A paper."
        _ = try await installation.database.papers.record(
            [entry], feed: "benchmark", trust: .curator, seenAt: installation.clock.now)
    }

    private static func reader(_ number: Int, _ random: inout SplitMix64) -> Reader {
        let zone = CivilZone(stored: zones[number % zones.count])
        // The hours of daylight-saving changes as often as all others.
        let minute =
            15
            * (Bool.random(using: &random)
                ? Int.random(in: 0..<16, using: &random) : Int.random(in: 0..<96, using: &random))
        return Reader(
            address: "reader\(number)@example.org",
            schedule: DeliverySchedule(
                timeZone: zone, minute: minute, cadence: Cadence.allCases[number / zones.count % 3],
                weekday: Int.random(in: 1...7, using: &random)))
    }

    private static func nights(days: Int, _ random: inout SplitMix64) -> [Range<Date>] {
        (0..<(days / 18)).map { _ in
            let begin = start + Double(Int.random(in: 0..<(days * 96), using: &random)) * step
            return begin..<(begin + Double(Int.random(in: 1...40, using: &random)) * step)
        }
    }

    private static func installation(_ folder: URL, _ clock: Clock, port: Int) async throws -> Installation {
        let environment = [
            "BROADSHEET_DATABASE": "sqlite:\(folder.path)/year.sqlite", "BROADSHEET_SMTP_TLS": "none",
            "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(port)", "BROADSHEET_MAIL_FROM": "Papers <papers@example.org>",
            "BROADSHEET_WEB_BASE_URL": "https://papers.example.org",
        ]
        var logger = Logger(label: "benchmarks")
        logger.logLevel = .warning
        return try await Installation(
            settings: try await Settings(file: nil, environment: environment), clock: SiteClock { clock.now },
            logger: logger)
    }

    /// `NUMBER DAY` of every mail that is due, by local days.
    private static func expected(_ readers: [Reader], days: Int, in folder: URL) throws -> Set<String> {
        let list = folder.appendingPathComponent("readers")
        let lines = readers.enumerated().map {
            let schedule = $1.schedule
            return
                "\($0 + 1) \(schedule.timeZone.identifier) \(schedule.minute) \(schedule.cadence.rawValue) \(schedule.weekday)\n"
        }
        try Data(lines.joined().utf8).write(to: list)
        let script = """
            import sys
            from datetime import date, datetime, time, timedelta, timezone
            from zoneinfo import ZoneInfo
            start = datetime(2026, 1, 1, tzinfo=timezone.utc)
            end = start + timedelta(days=\(days))
            for line in open(sys.argv[1]):
                number, zone, minute, cadence, weekday = line.split()
                for offset in range(-2, \(days) + 3):
                    day = date(2026, 1, 1) + timedelta(days=offset)
                    if cadence == "weekdays" and day.isoweekday() > 5: continue
                    if cadence == "weekly" and day.isoweekday() != int(weekday): continue
                    local = datetime.combine(day, time(int(minute) // 60, int(minute) % 60), ZoneInfo(zone))
                    if start < local.astimezone(timezone.utc) <= end: print(f"{number}/{day}")
            """
        let output = try Peer.run("/usr/bin/env", ["python3", "-c", script, list.path])
        return Set(output.split(separator: "\n").map(String.init))
    }

    /// What the ledger holds, and how late the latest was written.
    private static func found(in folder: URL, until end: Date) throws -> (mails: Set<String>, delay: TimeInterval) {
        let script = """
            import sqlite3, sys
            from datetime import datetime, timezone
            from zoneinfo import ZoneInfo
            db = sqlite3.connect(sys.argv[1])
            for number, slot, at, zone, minute in db.execute("SELECT subscriber_id, slot, deliveries.created_at, time_zone, "
                    "send_minute FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id WHERE kind = 'digest' "
                    "AND deliveries.state = 'sent'"):
                day = datetime.fromisoformat(slot).replace(hour=minute // 60, minute=minute % 60, tzinfo=ZoneInfo(zone))
                print(f"{number}/{slot}", int(at / 1000 - day.timestamp()))
            """
        let file = folder.appendingPathComponent("year.sqlite").path
        var mails: Set<String> = []
        var delay = 0.0
        for line in try Peer.run("/usr/bin/env", ["python3", "-c", script, file]).split(separator: "\n") {
            let words = line.split(separator: " ")
            let late = Double(words[1]) ?? 0
            guard late >= 0, mails.insert(String(words[0])).inserted else {
                throw BenchmarkFailure("a mail too early or twice: \(line)")
            }
            delay = max(delay, late)
        }
        return (mails, delay)
    }
}
