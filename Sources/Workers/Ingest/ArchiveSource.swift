import Core
import Foundation
import Papers
import Store

/// Where the past days of a feed can be asked for: an address with a place for the day.
///
/// `{date}` is asked once for each day, `{from}` and `{until}` once for the whole range; days are `2026-11-23`, or
/// `20261123` for `{from_compact}` and `{until_compact}`. `{page}`
/// counts from 0, `{start}` and `{cursor}` count the entries read so far.
struct ArchiveSource: Sendable {
    let feed: StoredFeed
    /// Addresses that together give the days; where they fail, the next such list is asked.
    let layers: [[String]]
    /// The zone whose days the source means.
    let timeZone: CivilZone

    /// The archive that the feeds file names, else the one that is known for the host; nil where there is none.
    init?(_ feed: StoredFeed) {
        self.feed = feed
        let url = URLComponents(string: feed.url)
        let host = url?.host?.lowercased() ?? ""
        timeZone = host.hasSuffix("arxiv.org") ? ArXivCalendar.timeZone : .utc
        if let named = feed.archive {
            layers = [[named]]
        } else if host == "rss.arxiv.org", let path = url?.path {
            layers = Self.arXiv(categories: path.split(separator: "/").last.map(String.init) ?? "")
        } else if host == "huggingface.co", url?.path == "/api/daily_papers" {
            layers = [["https://huggingface.co/api/daily_papers?date={date}&limit=100&p={page}"]]
        } else if let server = Self.bioRxivServer(host) {
            layers = [["https://api.biorxiv.org/details/\(server)/{from}/{until}/{cursor}/json"]]
        } else {
            return nil
        }
        guard layers.first?.isEmpty == false else { return nil }
    }

    private static func bioRxivServer(_ host: String) -> String? {
        ["biorxiv", "medrxiv"].first { host == "connect.\($0).org" || host == "\($0).org" || host == "www.\($0).org" }
    }

    private static let physics: Set<String> = [
        "astro-ph", "cond-mat", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nlin", "nucl-ex",
        "nucl-th",
        "physics", "quant-ph",
    ]

    /// OAI-PMH first, one set for each category (`cs:cs:LG`): it takes any range and has no limit of items. The query API
    /// last: it turns even polite clients away.
    private static func arXiv(categories: String) -> [[String]] {
        let names = categories.split(whereSeparator: { $0 == "+" || $0 == " " }).map(String.init)
        let sets = names.compactMap { category -> String? in
            let parts = category.split(separator: ".", maxSplits: 1).map(String.init)
            guard let archive = parts.first else { return nil }
            let group = physics.contains(archive) ? "physics" : archive
            let set = ([group] + (group == archive && parts.count == 1 ? [] : parts)).joined(separator: ":")
            return "https://oaipmh.arxiv.org/oai?verb=ListRecords&metadataPrefix=arXiv&set=\(set)&from={from}"
        }
        let query = names.map { "cat:\($0)" }.joined(separator: "+OR+")
        let range = "submittedDate:%5B{from_compact}0000+TO+{until_compact}2359%5D"
        return [
            sets,
            [
                "https://export.arxiv.org/api/query?search_query=(\(query))+AND+\(range)&sortBy=submittedDate&max_results=500&start={start}"
            ],
        ]
    }

    /// An address to ask, with its places for pages still open.
    struct Request {
        let address: String
        /// The one day it gives, `2026-11-23`; nil where it gives several.
        let day: String?
    }

    /// What to ask for those days.
    func requests(layer: Int = 0, from: Date, to: Date) -> [Request] {
        let days = days(from: from, to: to)
        guard let first = days.first, let last = days.last else { return [] }
        return layers[layer].flatMap { template in
            if template.contains("{date}") {
                return days.map { Request(address: template.replacing("{date}", with: $0), day: $0) }
            }
            let address = template.replacing("{from}", with: first).replacing("{until}", with: last)
                .replacing("{from_compact}", with: first.replacing("-", with: ""))
                .replacing("{until_compact}", with: last.replacing("-", with: ""))
            return [Request(address: address, day: first == last ? first : nil)]
        }
    }

    /// The day of an entry in the source's calendar: that of its list, else that of its publication; nil where it has none.
    func day(of entry: Entry) -> String? {
        if let day = entry.listedOn { return day }
        guard let published = entry.published else { return nil }
        // A date without a time is written as UTC's midnight.
        let isDate = published.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400) == 0
        return (isDate ? CivilZone.utc : timeZone).day(of: published).description
    }

    /// The source's days from one moment to another, both included.
    func days(from: Date, to: Date) -> [String] {
        let (first, last) = (timeZone.day(of: from).daysSince1970, timeZone.day(of: to).daysSince1970)
        return first <= last ? (first...last).map { CivilDate(daysSince1970: $0).description } : []
    }
}
