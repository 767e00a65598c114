import Feeds
import Foundation
import Logging
import Papers
import Store
import Transport

/// What came of asking one feed.
public struct FetchReport: Sendable {
    public enum Outcome: Sendable {
        case stored(RecordedEntries, parsed: ParsedFeed)
        /// The server said 304, or the document is the same.
        case unchanged
        /// One line: what, where, how to mend it.
        case failed(String)
    }

    public let feed: StoredFeed
    public let outcome: Outcome
}

/// One round of asking feeds: hosts beside each other, the feeds of one host one after the other.
public struct FeedRound: Sendable {
    private let installation: Installation
    private let fetcher: HTTPFetcher

    public init(_ installation: Installation) {
        self.installation = installation
        fetcher = HTTPFetcher(userAgent: "Broadsheet/1.0 (+\(installation.settings.baseURL))")
    }

    /// Asks the feeds given and stores what they say. A broken feed never stops the others: its failure is in the report
    /// and in the database.
    ///
    /// - Throws: `StoreError` when the database fails, which concerns every feed.
    public func run(_ feeds: [StoredFeed]) async throws -> [FetchReport] {
        let byHost = Dictionary(grouping: feeds) { URL(string: $0.url)?.host ?? "" }
        return try await withThrowingTaskGroup(of: [FetchReport].self) { group in
            for (_, feeds) in byHost {
                group.addTask {
                    var reports: [FetchReport] = []
                    for feed in feeds {
                        try Task.checkCancellation()
                        reports.append(FetchReport(feed: feed, outcome: try await ask(feed)))
                    }
                    return reports
                }
            }
            var reports: [FetchReport] = []
            for try await some in group { reports += some }
            return reports.sorted { $0.feed.id < $1.feed.id }
        }
    }

    private func ask(_ feed: StoredFeed) async throws -> FetchReport.Outcome {
        let now = installation.clock.now
        do {
            let response = try await fetcher.fetch(request(for: feed))
            if response.status == 304 {
                try await installation.database.feeds.recordUnchanged(id: feed.id, at: now, next: next(after: now))
                return .unchanged
            }
            guard response.status == 200 else {
                throw IngestProblem("\(feed.url) answered with status \(response.status)")
            }
            let parsed = try ParsedFeed(
                parsing: FeedDocument(
                    bytes: response.body, contentType: response.headers["content-type"], url: response.finalURL))
            return try await store(parsed, of: feed, response: response, now: now)
        } catch let error as StoreError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return try await fail(feed, "\(error)", now: now)
        }
    }

    private func store(
        _ parsed: ParsedFeed, of feed: StoredFeed, response: HTTPResponse, now: Date
    ) async throws -> FetchReport.Outcome {
        let counts = try await installation.database.papers.record(
            parsed.entries, feed: feed.url, trust: parsed.kind.trust, seenAt: now)
        try await installation.database.feeds.recordSuccess(
            id: feed.id,
            FeedFetchRecord(
                kind: parsed.kind.rawValue, title: parsed.title, etag: response.headers["etag"],
                lastModified: response.headers["last-modified"], entries: parsed.entries.count),
            at: now, next: next(after: now))
        for dropped in parsed.dropped {
            installation.logger.notice("feed \(feed.url): an entry was left out: \(dropped)")
        }
        return .stored(counts, parsed: parsed)
    }

    private func fail(_ feed: StoredFeed, _ problem: String, now: Date) async throws -> FetchReport.Outcome {
        // Twice as long after each failure in a row, at most a day.
        let wait = min(installation.settings.feedsInterval * pow(2, Double(min(feed.failures, 10))), 86_400)
        try await installation.database.feeds.recordFailure(
            id: feed.id, error: problem, next: now.addingTimeInterval(wait))
        return .failed(problem)
    }

    private func next(after now: Date) -> Date { now.addingTimeInterval(installation.settings.feedsInterval) }

    private func request(for feed: StoredFeed) -> HTTPRequest {
        var request = HTTPRequest(url: feed.url)
        request.etag = feed.etag
        request.lastModified = feed.lastModified
        request.allowsPrivateAddresses = feed.allowsPrivate
        // Only the operator's own file may name a file; `feeds add` refuses one.
        if feed.origin == .file, feed.url.lowercased().hasPrefix("file:") { request.allowedSchemes.insert("file") }
        return request
    }
}

/// A failure of one feed that no lower module has a word for.
struct IngestProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
