import Core
import Embedded
import Feeds
import Foundation
import Papers
import Site
import Store
import Transport

/// Whether the feeds file can be read, when each feed was last had, and whether those that were not had lately can be.
struct FeedsCheck: Sendable {
    let settings: Settings
    /// Nil where it cannot be asked.
    let database: Database?
    let isOffline: Bool
    let now: Date

    private static let day: TimeInterval = 86_400
    private static let mend =
        "see what `broadsheet feeds check URL` reports; `broadsheet feeds disable` switches it off"

    /// What a server's clock showed, by host, and when.
    typealias Times = [(host: String, shown: Date, here: Date)]

    func run() async -> ([Finding], Times) {
        let file: FeedsFile
        do {
            file =
                try settings.feedsFile.map { try FeedsFile(file: $0) }
                ?? FeedsFile(text: Embedded.feeds, name: "the built-in feeds")
        } catch {
            return ([.failed("feeds", error)], [])
        }
        guard let database else {
            return ([.ok("feeds", "\(file.feeds.count) named; nothing is known of them without the database")], [])
        }
        do {
            return await run(try await database.feeds.all().filter(\.isEnabled), named: file.feeds.count)
        } catch {
            return ([.failed("feeds", error)], [])
        }
    }

    private func run(_ feeds: [StoredFeed], named: Int) async -> ([Finding], Times) {
        guard !feeds.isEmpty else {
            return (
                [
                    .warning(
                        "feeds", "\(named) are named, none was ever asked",
                        mend: "run `broadsheet ingest --once`, or start the service")
                ], []
            )
        }
        let (answers, times) = isOffline ? ([:], []) : await probe(feeds)
        let troubled = feeds.compactMap { finding($0, answers[$0.id]) }
        let oldest = feeds.compactMap(\.fetchedAt).min()
        let well = "\(feeds.count - troubled.count) of \(feeds.count) feeds are well"
        let age = oldest.map { "; the oldest fetch was \(Self.age(now.timeIntervalSince($0)))" } ?? ""
        return (troubled + (troubled.isEmpty ? [.ok("feeds", well + age)] : []), times)
    }

    private func finding(_ feed: StoredFeed, _ answer: Result<Int, any Error>?) -> Finding? {
        let address = feed.url
        if case .failure(let error) = answer {
            let age = feed.fetchedAt.map { now.timeIntervalSince($0) } ?? .infinity
            let text = "\(address) cannot be fetched now: \(error)"
            return age > Self.day
                ? .failed("feeds", text, mend: Self.mend) : .warning("feeds", text, mend: Self.mend)
        }
        let answers = answer == nil ? "" : ", though it answers now"
        guard let fetched = feed.fetchedAt else {
            return .warning(
                "feeds", "\(address) has never been fetched\(answers)",
                mend: "run `broadsheet ingest --once`, or start the service")
        }
        let age = now.timeIntervalSince(fetched)
        if age > max(Self.day, 4 * settings.feedsInterval) {
            return .warning(
                "feeds", "\(address) was last fetched \(Self.age(age)) ago\(answers)",
                mend: "see that `broadsheet serve` runs, or that cron runs `broadsheet ingest --once`")
        }
        if let error = feed.lastError, feed.failures > 0 {
            return .warning("feeds", "\(address) failed \(counted(feed.failures, "time")): \(error)", mend: Self.mend)
        }
        guard let stale = feed.staleSince else { return nil }
        return .warning(
            "feeds", "\(address) brings nothing new since \(stale.formatted(.iso8601)), though its source publishes",
            mend: "look at it in a browser; its archive fills the gap meanwhile")
    }

    /// Asks those that were not had lately, and one in any case, whose clock is of use; of each host just one.
    private func probe(_ feeds: [StoredFeed]) async -> ([Int64: Result<Int, any Error>], Times) {
        let isLate = { (feed: StoredFeed) in
            feed.failures > 0 || now.timeIntervalSince(feed.fetchedAt ?? .distantPast) > 2 * settings.feedsInterval
        }
        var hosts: Set<String> = []
        var asked = feeds.filter { isLate($0) && hosts.insert(Self.host($0)).inserted }
        if asked.isEmpty, let any = feeds.first(where: { $0.url.hasPrefix("http") }) { asked = [any] }
        return await withTaskGroup(of: (Int64, Result<HTTPResponse, any Error>, String).self) { group in
            for feed in asked { group.addTask { (feed.id, await ask(feed), Self.host(feed)) } }
            var answers: [Int64: Result<Int, any Error>] = [:]
            var times: Times = []
            for await (id, result, host) in group {
                answers[id] = result.map(\.status)
                let response = try? result.get()
                if let shown = response?.headers["date"].flatMap({ FeedDate.parse($0) }) {
                    times.append((host, shown, .now))
                }
            }
            return (answers, times)
        }
    }

    private func ask(_ feed: StoredFeed) async -> Result<HTTPResponse, any Error> {
        var request = feed.request
        request.maxBytes = settings.feedsMaxBytes
        request.timeout = .seconds(min(settings.feedsTimeout, 30))
        do {
            let response = try await HTTPFetcher(userAgent: ProgramVersion.userAgent("+\(settings.baseURL)")).fetch(
                request)
            if response.status == 304 { return .success(response) }
            guard response.status == 200 else { throw IngestProblem("it answers with status \(response.status)") }
            let document = FeedDocument(
                bytes: response.body, contentType: response.headers["content-type"], url: response.finalURL)
            _ = try ParsedFeed(parsing: document)
            return .success(response)
        } catch {
            return .failure(error)
        }
    }

    private static func host(_ feed: StoredFeed) -> String { URL(string: feed.url)?.host() ?? feed.url }

    static func age(_ seconds: TimeInterval) -> String {
        switch seconds {
        case ..<5400: counted(Int(seconds / 60), "minute")
        case ..<(2 * day): counted(Int(seconds / 3600), "hour")
        default: counted(Int(seconds / day), "day")
        }
    }
}
