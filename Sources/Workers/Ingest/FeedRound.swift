import Core
import Feeds
import Foundation
import Logging
import Papers
import Store
import Transport

/// One round of asking feeds: hosts beside each other, the feeds of one host one after the other.
public struct FeedRound: Sendable {
    private let installation: Installation
    private let fetcher: FeedFetcher
    /// Seconds after which an archive that failed is asked again.
    private static let archivePause: TimeInterval = 3600

    /// - Parameters:
    ///   - pacer: what knows when each host was last asked; a worker keeps one over its rounds.
    ///   - chance: from 0 to 1, for the jitter of retries.
    public init(
        _ installation: Installation, pacer: HostPacer = HostPacer(),
        chance: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.installation = installation
        fetcher = FeedFetcher(installation, pacer: pacer, chance: chance)
    }

    /// Asks the feeds given and stores what they say. A broken feed never stops the others: its failure is in the report
    /// and in the database.
    ///
    /// - Throws: `StoreError` when the database fails, which concerns every feed.
    public func run(_ feeds: [StoredFeed]) async throws -> [FetchReport] {
        let queues = Dictionary(grouping: feeds) { HostQueue(url: $0.address, isPrivate: $0.allowsPrivate) }
        return try await withThrowingTaskGroup(of: [FetchReport].self) { group in
            for (queue, feeds) in queues { group.addTask { try await run(feeds, in: queue) } }
            var reports: [FetchReport] = []
            for try await some in group { reports += some }
            return reports.sorted { $0.feed.id < $1.feed.id }
        }
    }

    private func run(_ feeds: [StoredFeed], in queue: HostQueue) async throws -> [FetchReport] {
        var reports: [FetchReport] = []
        var closedUntil: Date?
        for feed in feeds {
            try Task.checkCancellation()
            if let until = [feed.notBefore, closedUntil].compactMap(\.self).max(), until > installation.clock.now {
                if feed.notBefore != until { try await installation.database.feeds.putOff(id: feed.id, until: until) }
                reports.append(FetchReport(feed: feed, outcome: .putOff(until: until)))
                continue
            }
            let (report, notBefore) = try await ask(feed, in: queue)
            reports.append(report)
            if queue.isOneService { closedUntil = notBefore ?? closedUntil }
        }
        return reports
    }

    /// Asks one feed. What its server said of patience counts for its whole queue.
    private func ask(_ feed: StoredFeed, in queue: HostQueue) async throws -> (FetchReport, notBefore: Date?) {
        switch try await attempt(feed, in: queue) {
        case .report(let report): return (report, nil)
        case .gone(let problem):
            if let report = try await askOldPlace(of: feed, isGone: true, because: problem) { return (report, nil) }
            return (try await switchOff(feed, problem), nil)
        case .failed(let problem):
            if let report = try await askOldPlace(of: feed, because: problem) { return (report, nil) }
            return (try await fail(feed, problem), nil)
        case .wait(let until, let reason):
            // A server that is asked in vain for long has more than a bad hour.
            if feed.failures >= Self.patientFailures,
                let report = try await askOldPlace(of: feed, because: reason)
            {
                return (report, nil)
            }
            let later =
                until
                ?? fetcher.plan.afterFailure(at: installation.clock.now, failuresBefore: feed.failures, notBefore: nil)
            return (try await fail(feed, reason, notBefore: later), later)
        }
    }

    /// After how many failures in a row the old address of a feed is asked though the new one only wants patience.
    private static let patientFailures = 3

    /// What came of asking one address.
    private enum Attempt {
        case report(FetchReport)
        case gone(String)
        case wait(until: Date?, reason: String)
        case failed(String)
    }

    /// - Parameter hadMoved: whether its address before a move is asked.
    private func attempt(_ feed: StoredFeed, in queue: HostQueue, hadMoved: Bool = false) async throws -> Attempt {
        do {
            switch try await fetcher.ask(feed.request, queue: queue) {
            case .document(let response):
                var report = try await take(response, of: feed, in: queue, hadMoved: hadMoved)
                report.notes += try await catchUp(feed)
                return .report(report)
            case .unchanged(let response):
                var report = try await unchanged(feed, response)
                report.notes += try await catchUp(feed)
                return .report(report)
            case .gone: return .gone("\(feed.address) is gone for good (status 410)")
            case .wait(let until, let reason): return .wait(until: until, reason: reason)
            }
        } catch let error as StoreError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return .failed("\(error)")
        }
    }

    /// Asks a feed that has moved for good at its own address, since its new one fails: some moves are taken back, and some
    /// were none. Nil where it has not moved.
    ///
    /// - Parameter isGone: whether the new place says that it is gone for good.
    private func askOldPlace(
        of feed: StoredFeed, isGone: Bool = false, because problem: String
    ) async throws -> FetchReport? {
        guard feed.movedTo != nil else { return nil }
        let queue = HostQueue(url: feed.url, isPrivate: feed.allowsPrivate)
        switch try await attempt(feed.beforeMove, in: queue, hadMoved: true) {
        case .report(var report):
            report.notes.insert("where it had moved to fails (\(problem)): \(feed.url) was asked again", at: 0)
            return report
        case .gone(let old):
            if isGone { return try await switchOff(feed, "\(problem), and \(old)") }
            return try await fail(feed, "\(problem), and \(old)")
        case .wait(_, let old), .failed(let old):
            return try await fail(feed, "\(problem), and its old address fails too: \(old)")
        }
    }

    private func switchOff(_ feed: StoredFeed, _ problem: String) async throws -> FetchReport {
        let problem = "\(problem): it is switched off; remove it, or name another"
        try await installation.database.feeds.setEnabled(id: feed.id, false, reason: problem)
        return FetchReport(feed: feed, outcome: .failed(problem))
    }

    /// Written before the fetch counts as done, so that missed days are not forgotten by a crash or a failing archive.
    private func rememberMissed(_ feed: StoredFeed, at now: Date) async throws {
        guard feed.missedSince == nil, let since = Backfill.missedSince(feed, at: now) else { return }
        try await installation.database.feeds.setMissed(id: feed.id, since: since)
    }

    /// Asks the archive for the days that were missed since the last good fetch, such as while the machine was off.
    private func catchUp(_ feed: StoredFeed) async throws -> [String] {
        let now = installation.clock.now
        guard let since = Backfill.missedSince(feed, at: now), let archive = ArchiveSource(feed),
            feed.archiveAfter.map({ $0 <= now }) ?? true
        else { return [] }
        let result = try await ArchiveReader(fetcher: fetcher).read(archive, from: since, to: now)
        let day = archive.days(from: since, to: since).first ?? ""
        if let problem = result.problem {
            let later = result.notBefore ?? now.addingTimeInterval(Self.archivePause)
            try await installation.database.feeds.setMissed(id: feed.id, since: since, archiveAfter: later)
            return [
                "the days since \(day) were missed and could not all be fetched (\(problem)); the next round tries again"
            ]
        }
        try await installation.database.feeds.setMissed(id: feed.id, since: nil)
        return ["the days since \(day) were missed and fetched now: \(counted(result.counts.new, "new paper"))"]
    }

    /// - Parameter hadMoved: whether the feed had moved for good and its own address was asked again.
    private func take(
        _ response: HTTPResponse, of feed: StoredFeed, in queue: HostQueue, hadMoved: Bool
    ) async throws -> FetchReport {
        let now = installation.clock.now
        var parsed = try ParsedFeed(
            parsing: FeedDocument(
                bytes: response.body, contentType: response.headers["content-type"], url: response.finalURL,
                mostEntries: installation.settings.feedsMaxEntries))
        let pages = try await PagedFeed(fetcher: fetcher, queue: queue).complete(&parsed, of: feed)
        let counts = try await installation.database.papers.record(
            parsed.entries, feed: feed.url, trust: parsed.kind.trust, seenAt: now)
        let movedTo = response.permanentAddress.flatMap { $0 == feed.address ? nil : $0 }
        try await rememberMissed(feed, at: now)
        let broughtNew = counts.newToFeed > 0
        var next = fetcher.plan.afterSuccess(
            at: now, cacheControl: response.headers["cache-control"], hints: parsed.refresh)
        if parsed.kind.isArXivListing {
            next = fetcher.plan.afterArXiv(at: now, broughtNew: broughtNew, lastNewAt: feed.lastNewAt)
        }
        try await installation.database.feeds.recordSuccess(
            id: feed.id,
            FeedFetchRecord(
                kind: parsed.kind.rawValue, title: parsed.title,
                etag: pages == .complete ? response.headers["etag"] : nil,
                lastModified: pages == .complete ? response.headers["last-modified"] : nil,
                entries: parsed.entries.count, broughtNew: broughtNew, movedTo: movedTo, hasMovedBack: hadMoved),
            at: now, next: next)
        var report = FetchReport(feed: feed, outcome: .stored(counts, parsed: parsed))
        if case .incomplete(let reason, let notBefore) = pages {
            report.notes.append("its further pages could not be read (\(reason)); the next round tries again")
            let later = fetcher.plan.afterFailure(at: now, failuresBefore: 0, notBefore: notBefore)
            try await installation.database.feeds.putOff(id: feed.id, until: notBefore ?? later)
        }
        if let movedTo { report.notes.append("moved for good to \(movedTo), which is asked from now on") }
        for sentence in FetchReport.told(parsed.dropped) {
            installation.logger.notice("feed \(feed.url): an entry was left out: \(sentence)")
        }
        report.notes += try await StalenessCheck(fetcher: fetcher).check(
            feed, kind: parsed.kind, broughtNew: broughtNew)
        return report
    }

    private func unchanged(_ feed: StoredFeed, _ response: HTTPResponse) async throws -> FetchReport {
        let now = installation.clock.now
        try await rememberMissed(feed, at: now)
        var next = fetcher.plan.afterSuccess(
            at: now, cacheControl: response.headers["cache-control"], hints: RefreshHints())
        if feed.kind.flatMap(FeedKind.init)?.isArXivListing == true {
            next = fetcher.plan.afterArXiv(at: now, broughtNew: false, lastNewAt: feed.lastNewAt)
        }
        try await installation.database.feeds.recordUnchanged(id: feed.id, at: now, next: next)
        var report = FetchReport(feed: feed, outcome: .unchanged)
        report.notes += try await StalenessCheck(fetcher: fetcher).check(
            feed, kind: feed.kind.flatMap(FeedKind.init), broughtNew: false)
        return report
    }

    /// - Parameter notBefore: until when the server wants no request, where it asked for patience.
    private func fail(_ feed: StoredFeed, _ problem: String, notBefore: Date? = nil) async throws -> FetchReport {
        let now = installation.clock.now
        let next = fetcher.plan.afterFailure(at: now, failuresBefore: feed.failures, notBefore: notBefore)
        try await installation.database.feeds.recordFailure(
            id: feed.id, error: problem, next: next, notBefore: notBefore)
        let patience = notBefore.map { "; not asked again before \($0.formatted(.iso8601))" } ?? ""
        return FetchReport(feed: feed, outcome: .failed(problem + patience))
    }
}

extension StoredFeed {
    /// The address to ask: the feed's own, or where it has moved for good.
    var address: String { movedTo ?? url }

    /// What to ask for, with the validators of the last answer.
    var request: HTTPRequest {
        var request = request(for: address)
        request.etag = etag
        request.lastModified = lastModified
        return request
    }

    /// A request for another document of the same source, with the same leave.
    func request(for url: String) -> HTTPRequest {
        var request = HTTPRequest(url: url)
        request.accept =
            "application/atom+xml, application/rss+xml, application/feed+json, application/json, application/xml;q=0.9, */*;q=0.8"
        // The leave to be on a private address is for the scheme, host and port that the operator named.
        let isNamed = [self.url, archive].compactMap(\.self).contains {
            HTTPRequest.haveSameOrigin(Self.plain($0), url)
        }
        request.allowsPrivateAddresses = allowsPrivate && isNamed
        // What anybody on the way could change is not read unless the operator said so.
        if !request.allowsPrivateAddresses, !allowsHTTP { request.allowedSchemes = ["https"] }
        // Only the operator's own file may name a file; `feeds add` refuses one.
        if origin == .file, url.lowercased().hasPrefix("file:") { request.allowedSchemes.insert("file") }
        return request
    }
}

extension StoredFeed {
    /// An address without the places of a template, which no URL may hold.
    private static func plain(_ template: String) -> String { String(template.prefix { $0 != "{" }) }
}

extension FeedKind {
    /// Whether arXiv's calendar says when there is news.
    var isArXivListing: Bool { self == .arXivRSS || self == .arXivAtom }
}

extension HTTPResponse {
    /// Where the document is for good, as far as redirects that are for good led; nil without any.
    var permanentAddress: String? { redirects.prefix(while: \.isPermanent).last?.to }
}
