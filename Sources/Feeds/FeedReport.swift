import Foundation
import Papers

/// A feed as lines of JSON, for people who pipe: first the feed, then each entry. Values that the feed did not give are left
/// out, keys are sorted, times are RFC 3339 in UTC.
public enum FeedReport {
    /// Both kinds of line, in order.
    public static func lines(_ feed: ParsedFeed) -> [String] { [feedLine(feed)] + feed.entries.map(entryLine) }

    /// `{"feed": {…}}`: what the document says of itself, how it was read, and what was left out.
    public static func feedLine(_ feed: ParsedFeed) -> String { line(["feed": Head(feed)]) }

    /// `{"entry": {…}}`: every field that is kept.
    public static func entryLine(_ entry: Entry) -> String { line(["entry": Fields(entry)]) }

    private struct Head: Encodable {
        let title: String?
        let kind: String
        let charset: String
        let charsetSource: String
        let url: String?
        let updated: Date?
        /// How many there are.
        let entries: Int
        let repairs: [String]
        let dropped: [String]?
        let deleted: [String]?
        let resumptionToken: String?
        let total: Int?
        /// How often the feed wants to be asked: in seconds, and not in these hours (0 to 23, GMT) and days (1 is Monday).
        let ttl: Int?
        let skipHours: [Int]?
        let skipDays: [Int]?

        init(_ feed: ParsedFeed) {
            title = feed.title
            kind = feed.kind.rawValue
            charset = feed.charset
            charsetSource = feed.charsetSource
            url = feed.url
            updated = feed.updated
            entries = feed.entries.count
            repairs = feed.repairs
            dropped = feed.dropped.isEmpty ? nil : feed.dropped.map(\.description)
            deleted = feed.deleted.isEmpty ? nil : feed.deleted
            resumptionToken = feed.resumptionToken
            total = feed.total
            ttl = feed.refresh.timeToLive.map { Int($0) }
            skipHours = feed.refresh.skippedHours.isEmpty ? nil : feed.refresh.skippedHours.sorted()
            skipDays = feed.refresh.skippedDays.isEmpty ? nil : feed.refresh.skippedDays.sorted()
        }
    }

    private struct Fields: Encodable {
        let id: String
        let title: String
        let url: String?
        let pdfURL: String?
        let discussionURL: String?
        let doi: String?
        // As `other_ids`, which a second capital would tear apart.
        let otherIds: [String]?
        let guid: String?
        let authors: [String]
        /// In the order of the authors, empty where one has none.
        let affiliations: [String]?
        let categories: [String]
        let keywords: [String]?
        let published: Date?
        let updated: Date?
        let summary: String?
        let content: String?
        let synopsis: String?
        let synopsisWriter: String?
        let upvotes: Int?
        let comments: Int?
        let organization: String?
        let codeURL: String?
        let stars: Int?
        let projectURL: String?
        let journal: String?
        let announceType: String?
        let status: String?
        let listedOn: String?

        init(_ entry: Entry) {
            id = entry.id.key
            title = entry.title
            url = entry.url
            pdfURL = entry.pdfURL
            discussionURL = entry.discussionURL
            doi = entry.doi
            otherIds = entry.otherIDs?.map(\.key)
            guid = entry.guid
            authors = entry.authors.map(\.name)
            let hasAffiliations = entry.authors.contains { $0.affiliation != nil }
            affiliations = hasAffiliations ? entry.authors.map { $0.affiliation ?? "" } : nil
            categories = entry.categories
            keywords = entry.keywords.isEmpty ? nil : entry.keywords
            published = entry.published
            updated = entry.updated
            summary = entry.abstract
            content = entry.content
            synopsis = entry.synopsis
            synopsisWriter = entry.synopsisWriter?.rawValue
            upvotes = entry.upvotes
            comments = entry.comments
            organization = entry.organization
            codeURL = entry.codeURL
            stars = entry.stars
            projectURL = entry.projectURL
            journal = entry.journal
            announceType = entry.announceType?.rawValue
            status = entry.status?.rawValue
            listedOn = entry.listedOn
        }
    }

    private static func line(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.rfc3339(date))
        }
        // Texts, numbers and dates: there is nothing that cannot be written.
        guard let data = try? encoder.encode(value) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}
