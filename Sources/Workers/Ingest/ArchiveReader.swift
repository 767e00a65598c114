import Feeds
import Foundation
import Papers
import Store
import Transport

/// Reads past days from a feed's archive, page by page, and stores what they hold as sightings of that feed.
///
/// What is of a day that is over is put on that day and is no news, so that no mail brings an archive.
struct ArchiveReader: Sendable {
    let fetcher: FeedFetcher
    /// Whether all of it is news all the same, as where the feed should have held it today.
    var isNews = false

    private static let mostPages = 200

    struct Result {
        var counts = RecordedEntries()
        /// How many papers are new and of today.
        var news = 0
        /// Why not all was read; what could be is stored.
        var problem: String?
        /// When its server may be asked again, where it said so.
        var notBefore: Date?
    }

    /// Reads every address, or, where one fails, those of the next layer too.
    ///
    /// - Parameter progress: called with the share of the addresses that are done, 0 to 1.
    func read(
        _ archive: ArchiveSource, from: Date, to: Date, progress: @Sendable (Double) -> Void = { _ in }
    ) async throws -> Result {
        var result = Result()
        for layer in archive.layers.indices {
            result.problem = nil
            let requests = archive.requests(layer: layer, from: from, to: to)
            for (index, request) in requests.enumerated() {
                try await read(request, archive, since: from, into: &result)
                progress(Double(index + 1) / Double(requests.count))
                if result.notBefore != nil { break }
            }
            if result.problem == nil { break }
        }
        return result
    }

    /// One address with its pages. A day that fails costs that day.
    private func read(
        _ request: ArchiveSource.Request, _ archive: ArchiveSource, since: Date, into result: inout Result
    ) async throws {
        do {
            try await pages(of: request, archive, since: since, into: &result)
        } catch let error as StoreError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch let patience as Patience {
            result.notBefore = patience.until ?? fetcher.installation.clock.now.addingTimeInterval(3600)
            result.problem = result.problem ?? patience.description
        } catch {
            result.problem = result.problem ?? "\(error)"
        }
    }

    private func pages(
        of request: ArchiveSource.Request, _ archive: ArchiveSource, since: Date, into result: inout Result
    ) async throws {
        let template = request.address
        var next: String? = template
        var known: Set<PaperID> = []
        var read = 0
        for page in 0..<Self.mostPages {
            guard let template = next else { return }
            let url = template.replacing("{page}", with: "\(page)").replacing("{start}", with: "\(read)")
                .replacing("{cursor}", with: "\(read)")
            let feed = try await document(url, archive.feed)
            let fresh = feed.entries.filter { known.insert($0.id).inserted }
            let entries = Self.news(fresh, kind: feed.kind, since: since)
            let days = Dictionary(grouping: entries) { pastDay(of: $0, request, archive, since: since) }
            for (day, entries) in days.sorted(by: { ($0.key ?? "~") < ($1.key ?? "~") }) {
                let stored = try await fetcher.installation.database.papers.record(
                    entries, feed: archive.feed.url, trust: feed.kind.trust, seenAt: fetcher.installation.clock.now,
                    day: day.flatMap(noon))
                result.counts.add(stored)
                if day == nil { result.news += stored.new }
            }
            read += feed.entries.count
            guard !fresh.isEmpty else { return }
            next = Self.next(after: feed, template: template)
        }
        if next != nil { throw IngestProblem("\(template) has more than \(Self.mostPages) pages; ask for fewer days") }
    }

    /// The day that an entry is put on, in the source's calendar; nil for what is news: all of today.
    private func pastDay(
        of entry: Entry, _ request: ArchiveSource.Request, _ archive: ArchiveSource, since: Date
    ) -> String? {
        guard !isNews else { return nil }
        let day =
            request.day ?? archive.day(of: entry) ?? archive.timeZone.day(of: since).description
        return day < archive.timeZone.day(of: fetcher.installation.clock.now).description ? day : nil
    }

    /// The middle of a day where this installation is, whose pages have its days.
    private func noon(of day: String) -> Date? {
        guard let moments = ListPeriod(day)?.moments(in: fetcher.installation.settings.digestTimeZone) else {
            return nil
        }
        return moments.lowerBound.addingTimeInterval(moments.upperBound.timeIntervalSince(moments.lowerBound) / 2)
    }

    /// OAI-PMH lists every record that was touched; those first published long before the range are no news.
    private static func news(_ entries: [Entry], kind: FeedKind, since: Date) -> [Entry] {
        guard kind == .oaiArXiv || kind == .oaiDublinCore else { return entries }
        let oldest = since.addingTimeInterval(-7 * 86_400)
        return entries.filter { $0.published.map { $0 >= oldest } ?? true }
    }

    private static func next(after feed: ParsedFeed, template: String) -> String? {
        if let token = feed.resumptionToken, feed.kind == .oaiArXiv || feed.kind == .oaiDublinCore,
            let base = template.split(separator: "?").first,
            let coded = token.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        {
            return "\(base)?verb=ListRecords&resumptionToken=\(coded)"
        }
        return ["{page}", "{start}", "{cursor}"].contains { template.contains($0) } ? template : nil
    }

    private func document(_ url: String, _ feed: StoredFeed) async throws -> ParsedFeed {
        switch try await fetcher.ask(feed.request(for: url), queue: HostQueue(url: url, isPrivate: feed.allowsPrivate))
        {
        case .document(let response):
            return try ParsedFeed(
                parsing: FeedDocument(
                    bytes: response.body, contentType: response.headers["content-type"], url: response.finalURL,
                    mostEntries: fetcher.installation.settings.feedsMaxEntries))
        case .unchanged: throw IngestProblem("\(url) answered that nothing changed, though it was not asked so")
        case .wait(let until, let reason): throw Patience(until: until, description: reason)
        case .gone: throw IngestProblem("\(url) is gone (status 410)")
        }
    }
}

/// A server wants no request for a while.
private struct Patience: Error {
    let until: Date?
    let description: String
}
