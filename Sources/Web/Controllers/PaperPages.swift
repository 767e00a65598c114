import Digests
import Foundation
import Hummingbird
import Papers
import Store
import Workers

/// The page of each paper.
struct PaperPages: Sendable {
    let site: PublicSite
    private var installation: Installation { site.installation }

    private static let related = 8
    private static let root = "/paper/"

    /// A paper by any form of its identifier; other forms than the page's own lead there.
    func page(_ request: Request) async throws -> Response {
        let path = request.uri.path
        guard
            let named = path.hasPrefix(Self.root)
                ? String(path.dropFirst(Self.root.count)).removingPercentEncoding : nil,
            let stored = try await paper(named), !stored.isHidden
        else { return try await export(request) }
        let address = SiteAddress.paper(stored)
        guard address.removingPercentEncoding == Self.root + named else {
            return Response(
                status: .movedPermanently,
                headers: [.location: address, .cacheControl: "public, max-age=3600"])
        }
        return try await site.answer(request, address) { site.render(try await page(of: stored), maxAge: 300) }
    }

    /// A paper for reference managers. No paper has a name that ends as theirs do, so that it is looked for as a page first.
    private func export(_ request: Request) async throws -> Response {
        guard let named = request.uri.path.dropFirst(Self.root.count).removingPercentEncoding,
            let asked = CitationFormat.split(named), let stored = try await paper(asked.named), !stored.isHidden
        else { throw HTTPError(.notFound) }
        let address = SiteAddress.paper(stored)
        return try await site.answer(request, "\(address) \(asked.format)") {
            PaperExport.render([stored], as: asked.format, name: stored.paper.id.value)
        }
    }

    private func paper(_ named: String) async throws -> StoredPaper? {
        let store = installation.database.papers
        if named.hasPrefix("no/") {
            guard let seq = WholeNumber.parse(named.dropFirst(3)) else { return nil }
            return try await store.papers(seqs: [seq]).first
        }
        let text = named.hasPrefix("doi/") ? "doi:\(named.dropFirst(4))" : named
        guard let id = PaperID(parsing: text), id.scheme == .arxiv || id.scheme == .doi else { return nil }
        return try await store.paper(id: id)
    }

    private func page(of stored: StoredPaper) async throws -> PaperPage {
        var page = PaperPage(ListedPaper(stored))
        let sightings = try await installation.database.papers.sightings(of: stored.seq)
        let titles = Dictionary(
            try await installation.database.feeds.all().map { ($0.url, $0.title) },
            uniquingKeysWith: { first, _ in first })
        let zone = installation.settings.digestTimeZone
        var feeds: Set<String> = []
        page.sightings = sightings.sorted { $0.seenAt < $1.seenAt }.compactMap { sighting in
            // A feed's address may be private; its host says enough where it has no title.
            guard let name = (titles[sighting.feedAddress] ?? nil) ?? URL(string: sighting.feedAddress)?.host() else {
                return nil
            }
            // A feed that gave the paper and a notice about it is one.
            guard feeds.insert(sighting.feedAddress).inserted else { return nil }
            return PaperPage.Sighting(feed: name, day: zone.day(of: sighting.seenAt))
        }
        let language = installation.currentLanguage
        page.topics = try await PaperTopics.of(stored, in: installation).map { ($0.slug, $0.title[language]) }
        page.related = try await site.related.papers(like: stored, limit: Self.related).map { ListedPaper($0) }
        return page
    }
}
