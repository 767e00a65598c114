import Digests
import Filters
import Foundation
import Hummingbird
import Mail
import Store
import Workers

/// What the public pages share: the installation, what was rendered a moment ago, and what finds papers.
struct PublicSite: Sendable {
    let installation: Installation
    let cache: PageCache
    let search: SearchIndex
    let related: RelatedPapers
    private let limits: RequestLimits
    /// In the language of the request.
    var texts: Texts { installation.currentTexts }

    /// - Parameter interval: how often it is asked whether papers changed, at most.
    init(_ installation: Installation, limits: RequestLimits, interval: Duration) {
        self.installation = installation
        self.limits = limits
        search = SearchIndex(installation)
        related = RelatedPapers(installation)
        cache = PageCache(interval: interval, logger: installation.logger) {
            let day = ListPeriod(.day, of: installation.clock.now, in: installation.settings.digestTimeZone)
            return PageCache.Edition(
                change: try await installation.database.papers.lastChange(), day: day.description)
        }
    }

    /// Answers with what was kept under an address, or with what `make` renders.
    ///
    /// - Parameters:
    ///   - address: what tells the page from every other.
    ///   - work: as what it counts where it has to be rendered.
    ///   - filter: what its box asks for, where the page leaves that open.
    /// - Throws: `HTTPError` 429 for a client that had very much rendered lately.
    func answer(
        _ request: Request, _ address: String, counts work: RequestLimits.Work = .page, filter: String? = nil,
        _ make: @escaping @Sendable () async throws -> RenderedPage
    ) async throws -> Response {
        let key = PageCache.Key(address: address, language: installation.currentLanguage)
        let page = try await cache.page(
            key, admit: { try limits.take(work, by: CurrentClient.address, at: installation.clock.now) }, make)
        return page.answer(to: request, stamp: { installation.formStamp }, filter: filter)
    }

    func render(_ page: some Page, maxAge: Int = 60) -> RenderedPage {
        let language = installation.currentLanguage
        return RenderedPage(
            page.render(installation.templates[language], site: installation.appearance(in: language)),
            language: language, maxAge: maxAge)
    }

    /// The feed of a page that lists papers.
    func feed(
        _ format: PaperFeed.Format, title: String, of page: some Page, _ papers: [StoredPaper]
    ) throws -> RenderedPage {
        try PaperFeed(
            format, title: title, list: page.meta(texts)?.feedList ?? "/", papers: papers,
            site: installation.appearance(in: installation.currentLanguage), texts: texts
        ).render(format, installation.currentLanguage)
    }
}
