import Foundation
import Papers

/// A feed as lines of JSON, for people who pipe: first the feed, then each entry.
public enum FeedReport {
    /// `{"feed": {…}}`: title, kind, charset, url, updated, entries (their number), repairs.
    public static func feedLine(_ feed: ParsedFeed) -> String {
        var json = JSONWriter()
        json.object("feed") { json in
            json.member("title", feed.title)
            json.member("kind", feed.kind.rawValue)
            json.member("charset", feed.charset)
            json.member("url", feed.url)
            json.member("updated", feed.updated)
            json.member("entries", feed.entries.count)
            json.member("repairs", feed.repairs)
            if !feed.dropped.isEmpty { json.member("dropped", feed.dropped.map(\.description)) }
            if !feed.deleted.isEmpty { json.member("deleted", feed.deleted) }
            json.member("resumption_token", feed.resumptionToken)
            json.member("total", feed.total)
        }
        return json.text
    }

    /// `{"entry": {…}}`; values that the feed did not give are left out, times are RFC 3339 in UTC.
    public static func entryLine(_ entry: Entry) -> String {
        var json = JSONWriter()
        json.object("entry") { json in
            json.member("id", entry.id.key)
            json.member("title", entry.title)
            json.member("url", entry.url)
            json.member("pdf_url", entry.pdfURL)
            json.member("doi", entry.doi)
            json.member("authors", entry.authors.map(\.name))
            json.member("categories", entry.categories)
            json.member("published", entry.published)
            json.member("updated", entry.updated)
            json.member("summary", entry.abstract)
            json.member("content", entry.content)
            json.member("upvotes", entry.upvotes)
            json.member("comments", entry.comments)
            json.member("organization", entry.organization)
            json.member("code_url", entry.codeURL)
            json.member("project_url", entry.projectURL)
            json.member("announce_type", entry.announceType?.rawValue)
        }
        return json.text
    }

    /// Both kinds of line, in order.
    public static func lines(_ feed: ParsedFeed) -> [String] { [feedLine(feed)] + feed.entries.map(entryLine) }
}
