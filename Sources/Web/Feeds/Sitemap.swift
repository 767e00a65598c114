import Foundation
import Store
import Workers

/// What search engines are told of: the lists, the days, the topics and the papers of the last 60 days
/// (https://www.sitemaps.org/protocol.html).
struct Sitemap: Sendable {
    let baseURL: String
    let topics: [String]
    let days: [ListPeriod]
    let papers: [PaperLocation]

    /// The protocol allows 50,000 addresses; the rest is left to those of lists and topics.
    static let mostPapers = 40_000
    static let mostDays = 5_000
    static let reach: TimeInterval = 60 * 86_400

    static func read(_ installation: Installation) async throws -> Sitemap {
        let store = installation.database.papers
        let zone = installation.settings.digestTimeZone
        var days: [ListPeriod] = []
        for quarter in try await store.quarters(limit: 50 * mostDays) {
            let day = ListPeriod(.day, of: quarter, in: zone)
            if day != days.last { days.append(day) }
        }
        return Sitemap(
            baseURL: installation.settings.baseURL, topics: installation.topics.all.map(\.slug),
            days: Array(days.prefix(mostDays)),
            papers: try await store.addresses(
                since: installation.clock.now.addingTimeInterval(-reach), limit: mostPapers))
    }

    func render() -> RenderedPage {
        var xml = XMLText("urlset", attributes: [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")])
        for path in ["/", "/week", "/month", "/trending", "/topics", "/about", "/privacy", "/imprint"] {
            xml.group("url") { $0.element("loc", baseURL + path) }
        }
        for slug in topics { xml.group("url") { $0.element("loc", baseURL + SiteAddress.topic(slug)) } }
        for day in days { xml.group("url") { $0.element("loc", "\(baseURL)/papers/\(day)") } }
        for paper in papers {
            xml.group("url") {
                $0.element("loc", baseURL + SiteAddress.paper(paper.id, seq: paper.seq))
                $0.element("lastmod", paper.surfacedAt.formatted(.iso8601))
            }
        }
        return RenderedPage(xml.closed("urlset"), contentType: "application/xml; charset=utf-8", maxAge: 3600)
    }
}

/// `/robots.txt` (RFC 9309): what is behind a token, and searches without end, are not for robots.
enum Robots {
    static func render(baseURL: String) -> RenderedPage {
        let closed = ["/search", "/filters/try", "/confirm", "/unsubscribe", "/preferences", "/mark", "/subscribe"]
        let text =
            "User-agent: *\n" + closed.map { "Disallow: \($0)\n" }.joined() + "\nSitemap: \(baseURL)/sitemap.xml\n"
        return RenderedPage(text, contentType: "text/plain; charset=utf-8", maxAge: 86_400)
    }
}
