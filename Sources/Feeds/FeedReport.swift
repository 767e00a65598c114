import Foundation
import Papers

/// A feed as lines of JSON, for people who pipe: first the feed, then each entry.
public enum FeedReport {
    /// `{"feed": {…}}`: title, kind, charset, charset_source, url, updated, entries (their number), repairs; then, where
    /// there is any, dropped, deleted, resumption_token, total, and how often it wants to be asked: ttl (in seconds),
    /// skip_hours (0 to 23, GMT), skip_days (1 is Monday).
    public static func feedLine(_ feed: ParsedFeed) -> String {
        var json = JSONWriter()
        json.object("feed") { json in
            json.member("title", feed.title)
            json.member("kind", feed.kind.rawValue)
            json.member("charset", feed.charset)
            json.member("charset_source", feed.charsetSource)
            json.member("url", feed.url)
            json.member("updated", feed.updated)
            json.member("entries", feed.entries.count)
            json.member("repairs", feed.repairs)
            if !feed.dropped.isEmpty { json.member("dropped", feed.dropped.map(\.description)) }
            if !feed.deleted.isEmpty { json.member("deleted", feed.deleted) }
            json.member("resumption_token", feed.resumptionToken)
            json.member("total", feed.total)
            json.member("ttl", feed.refresh.timeToLive.map { Int($0) })
            json.member("skip_hours", feed.refresh.skippedHours.sorted())
            json.member("skip_days", feed.refresh.skippedDays.sorted())
        }
        return json.text
    }

    /// `{"entry": {…}}`: every field that is kept. Values that the feed did not give are left out, times are RFC 3339 in
    /// UTC, and affiliations stand in the order of the authors, empty where one has none.
    public static func entryLine(_ entry: Entry) -> String {
        var json = JSONWriter()
        json.object("entry") { json in
            json.member("id", entry.id.key)
            json.member("title", entry.title)
            json.member("url", entry.url)
            json.member("pdf_url", entry.pdfURL)
            json.member("discussion_url", entry.discussionURL)
            json.member("doi", entry.doi)
            if let others = entry.otherIDs { json.member("other_ids", others.map(\.key)) }
            json.member("guid", entry.guid)
            json.member("authors", entry.authors.map(\.name))
            if entry.authors.contains(where: { $0.affiliation != nil }) {
                json.member("affiliations", entry.authors.map { $0.affiliation ?? "" })
            }
            json.member("categories", entry.categories)
            if !entry.keywords.isEmpty { json.member("keywords", entry.keywords) }
            json.member("published", entry.published)
            json.member("updated", entry.updated)
            json.member("summary", entry.abstract)
            json.member("content", entry.content)
            json.member("synopsis", entry.synopsis)
            json.member("upvotes", entry.upvotes)
            json.member("comments", entry.comments)
            json.member("organization", entry.organization)
            json.member("synopsis_writer", entry.synopsisWriter?.rawValue)
            json.member("code_url", entry.codeURL)
            json.member("stars", entry.stars)
            json.member("project_url", entry.projectURL)
            json.member("journal", entry.journal)
            json.member("announce_type", entry.announceType?.rawValue)
            json.member("status", entry.status?.rawValue)
            json.member("listed_on", entry.listedOn)
        }
        return json.text
    }

    /// Both kinds of line, in order.
    public static func lines(_ feed: ParsedFeed) -> [String] { [feedLine(feed)] + feed.entries.map(entryLine) }
}
