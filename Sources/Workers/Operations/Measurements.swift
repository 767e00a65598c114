import Foundation
import Store

/// What `/metrics` tells: how feeds, papers, queue, mail, bounces and subscribers fare, from the database, so that it is the
/// same whichever process is asked.
public struct Measurements: Sendable {
    public static let contentType = Exposition.contentType

    private let installation: Installation
    private let started = Date.now

    public init(_ installation: Installation) { self.installation = installation }

    /// Asks the database and writes the page.
    ///
    /// - Throws: `StoreError` where the database does not answer.
    public func page() async throws -> String {
        let begun = ContinuousClock.now
        var page = Exposition()
        addProgram(&page)
        try await addFeeds(&page)
        try await addPeople(&page)
        try await addMail(&page)
        let took = begun.duration(to: .now).components
        page.add(
            "collect_seconds", .gauge, "How long gathering this page took.",
            Double(took.seconds) + Double(took.attoseconds) / 1e18)
        return page.text
    }

    private func addProgram(_ page: inout Exposition) {
        page.add(
            "build_info", .gauge, "Always 1; the labels say which program this is.",
            [([("version", ProgramVersion.text), ("schema", "\(Database.currentSchemaVersion)")], 1)])
        page.add(
            "process_start_time_seconds", .gauge, "When this process began, in seconds since 1970.",
            started.timeIntervalSince1970.rounded())
        if let bytes = ProcessMemory.resident {
            page.add("process_resident_memory_bytes", .gauge, "Memory that this process holds.", Double(bytes))
        }
    }

    private func addFeeds(_ page: inout Exposition) async throws {
        let now = installation.clock.now
        let feeds = try await installation.database.feeds.all().filter(\.isEnabled)
        func samples(_ value: (StoredFeed) -> Double?) -> [([(String, String)], Double)] {
            feeds.compactMap { feed in value(feed).map { ([("feed", Self.shown(feed.url))], $0) } }
        }
        page.add(
            "feed_age_seconds", .gauge, "Time since a feed was last fetched well.",
            samples { $0.fetchedAt.map { max(0, now.timeIntervalSince($0)) } })
        page.add(
            "feed_failures", .gauge, "How many fetches of a feed failed in a row.", samples { Double($0.failures) })
        page.add(
            "feed_stale", .gauge, "1 where a feed brings nothing new although its source publishes.",
            samples { $0.staleSince == nil ? 0 : 1 })
        page.add("feed_entries", .gauge, "Entries of a feed's last good fetch.", samples { Double($0.entries) })
        page.add(
            "papers_stored_last_day", .gauge, "Papers first seen in the last 24 hours.",
            Double(try await installation.database.statistics.papers(since: now.addingTimeInterval(-86_400))))
    }

    private func addPeople(_ page: inout Exposition) async throws {
        let database = installation.database
        let counts = try await database.subscribers.counts()
        page.add(
            "subscribers", .gauge, "Subscribers by state.",
            SubscriberState.allCases.map { ([("state", $0.rawValue)], Double(counts[$0] ?? 0)) })
        let now = installation.clock.now
        let due = try await database.statistics.oldestDue(at: now)
        page.add(
            "oldest_due_digest_age_seconds", .gauge, "How long the longest due digest has not been written; 0 if none.",
            due.map { max(0, now.timeIntervalSince($0)) } ?? 0)
    }

    private func addMail(_ page: inout Exposition) async throws {
        let statistics = installation.database.statistics
        let queue = try await statistics.queue(at: installation.clock.now)
        page.add(
            "queue_deliveries", .gauge,
            "Mails that wait: due now, in a sender's hands (sending), or to be tried again later.",
            [("due", queue.due), ("sending", queue.sending), ("later", queue.later)].map {
                ([("state", $0.0)], Double($0.1))
            })
        let mails = try await statistics.mails()
        page.add(
            "deliveries_total", .counter, "Attempts to send by outcome; sent is what the mail server took.",
            [DeliveryState.sent, .deferred, .failed, .skipped].map {
                ([("outcome", $0.rawValue)], Double(mails[$0.rawValue] ?? 0))
            })
        let replies = try await statistics.replies()
        page.add(
            "smtp_replies_total", .counter, "Answers of mail servers by class; none where there was no answer.",
            ["2xx", "4xx", "5xx", "none"].map { ([("class", $0)], Double(replies[$0] ?? 0)) })
        let open = try await installation.database.breakers.open(at: installation.clock.now)
        page.add(
            "refusing_everybody", .gauge,
            "Relays, domains and providers that refuse all mail now; 0 where none does.",
            BlanketRefusal.Scope.allCases.map { scope in
                ([("scope", scope.rawValue)], Double(open.count { $0.scope == scope }))
            })
        page.add(
            "refused_readers_waiting", .gauge, "Readers whose mails wait for those that refuse all mail.",
            Double(open.map { max($0.waiting, $0.readers) }.max() ?? 0))
        let bounces = try await statistics.bounces()
        page.add(
            "bounces_total", .counter, "Refusals of recipients, bounces and complaints, by fault.",
            DeliveryFault.allCases.filter { $0 != .forgiven }.map {
                ([("fault", $0.rawValue)], Double(bounces[$0.rawValue] ?? 0))
            })
    }

    /// An address without user and password.
    private static func shown(_ url: String) -> String {
        guard var parts = URLComponents(string: url), parts.user != nil || parts.password != nil else { return url }
        (parts.user, parts.password) = (nil, nil)
        return parts.string ?? "a feed"
    }
}

/// What this process holds of the machine's memory.
enum ProcessMemory {
    /// Bytes; nil where `/proc` does not tell.
    static var resident: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
