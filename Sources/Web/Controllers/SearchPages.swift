import Digests
import Filters
import Foundation
import Hummingbird
import Papers
import Site
import Store
import Workers

/// What is found by filters: the search, and the topics, which are filters with a name.
struct SearchPages: Sendable {
    let site: PublicSite
    private var installation: Installation { site.installation }

    /// Papers of one page, and of one feed.
    private static let size = 30
    private static let feedSize = 50

    // MARK: - Search

    func search(_ request: Request) async throws -> Response {
        let fields = FormFields(request.uri.query ?? "")
        let query = fields["q"] ?? ""
        guard !query.isEmpty else {
            return try await site.answer(request, "search") { site.render(SearchPage(query: "")) }
        }
        let wording: SearchWording
        do throws(FilterError) {
            wording = try SearchWording(query)
        } catch {
            var page = SearchPage(query: query)
            page.problem = SearchPage.Problem(error, installation.currentTexts)
            return installation.answer(page, status: .unprocessableContent)
        }
        let place = try Self.place(fields, wording)
        return try await site.answer(request, "search \(place) \(query)") {
            site.render(try await page(wording, query, place))
        }
    }

    private func page(
        _ wording: SearchWording, _ query: String, _ place: SearchIndex.Place
    ) async throws -> SearchPage {
        let found = try await site.search.search(wording, from: place, size: Self.size)
        let filter = wording.filter
        var page = SearchPage(query: query)
        if wording.kind == .filter || wording.words.telling.count < Self.fewWords {
            page.warnings = filter.cautions.map { site.texts($0) }
        }
        let path = SiteAddress.search(query)
        func url(_ place: SearchIndex.Place) -> String { "\(path)&\(Self.query(place))" }
        var result = SearchPage.Result(
            rows: found.papers.map { .init(paper: ListedPaper($0), title: filter.marked(titleOf: $0.paper)) },
            newerURL: found.newer.map(url), olderURL: found.older.map(url), filter: filter.source)
        result.isLoose = found.isLoose
        if case .best = place { result.isBest = true }
        if !wording.words.isEmpty { result.otherOrderURL = path + (result.isBest ? "&sort=newest" : "&sort=best") }
        page.result = result
        return page
    }

    /// Of so few words it is worth telling that one was meant as an operator.
    private static let fewWords = 4

    func feed(_ format: PaperFeed.Format, _ request: Request) async throws -> Response {
        let query = FormFields(request.uri.query ?? "")["q"] ?? ""
        let filter: Filter
        do throws(FilterError) {
            filter = try SearchWording(query).filter
        } catch {
            throw HTTPError(.unprocessableContent)
        }
        return try await site.answer(request, "search \(format) \(query)") {
            let found = try await site.search.search(filter, size: Self.feedSize)
            var page = SearchPage(query: query)
            page.result = SearchPage.Result(rows: [], filter: query)
            return try site.feed(format, title: query, of: page, found.papers)
        }
    }

    /// What a search finds, in the order of its page.
    func export(_ format: CitationFormat, _ request: Request) async throws -> Response {
        let fields = FormFields(request.uri.query ?? "")
        let query = fields["q"] ?? ""
        let wording: SearchWording
        do throws(FilterError) {
            wording = try SearchWording(query)
        } catch {
            throw HTTPError(.unprocessableContent)
        }
        let place = try Self.place(fields, wording)
        return try await site.answer(request, "search \(format) \(place) \(query)") {
            let found = try await site.search.search(wording, from: place, size: PaperExport.most)
            return PaperExport.render(found.papers, as: format, name: "papers-\(query)")
        }
    }

    func export(ofTopic slug: String, _ format: CitationFormat, _ request: Request) async throws -> Response {
        guard let topic = installation.topics[slug: slug] else { throw HTTPError(.notFound) }
        return try await site.answer(request, "topic \(slug) \(format)") {
            let found = try await site.search.search(topic.filter, size: PaperExport.most)
            return PaperExport.render(found.papers, as: format, name: "papers-\(slug)")
        }
    }

    // MARK: - Topics

    func topics(_ request: Request) async throws -> Response {
        try await site.answer(request, "topics") {
            let report = try await TopicReport(days: 7, in: installation)
            let lines = Dictionary(report.lines.map { ($0.slug, $0.papers) }, uniquingKeysWith: { first, _ in first })
            let language = installation.currentLanguage
            let rows = installation.topics.all.map { topic in
                TopicsPage.Row(
                    slug: topic.slug, title: topic.title[language], about: topic.about[language],
                    papers: lines[topic.slug] ?? 0)
            }
            return site.render(TopicsPage(rows: rows, days: report.days.count), maxAge: 300)
        }
    }

    func topic(_ slug: String, _ request: Request) async throws -> Response {
        guard let topic = installation.topics[slug: slug] else { throw HTTPError(.notFound) }
        let place = try Self.place(FormFields(request.uri.query ?? ""))
        // The first page is the same for everybody; there are as many others as there are numbers.
        let work: RequestLimits.Work = place == .newest ? .page : .search
        return try await site.answer(request, "topic \(slug) \(place)", counts: work) {
            let found = try await site.search.search(topic.filter, from: place, size: Self.size)
            return site.render(page(topic, found))
        }
    }

    func feed(ofTopic slug: String, _ format: PaperFeed.Format, _ request: Request) async throws -> Response {
        guard let topic = installation.topics[slug: slug] else { throw HTTPError(.notFound) }
        return try await site.answer(request, "topic \(slug) \(format)") {
            let found = try await site.search.search(topic.filter, size: Self.feedSize)
            let title = topic.title[installation.currentLanguage]
            return try site.feed(format, title: title, of: page(topic, found), found.papers)
        }
    }

    private func page(_ topic: Topic, _ found: SearchIndex.Page) -> TopicPage {
        let path = SiteAddress.topic(topic.slug)
        let language = installation.currentLanguage
        return TopicPage(
            slug: topic.slug, heading: topic.title[language], about: topic.about[language],
            filter: topic.filter.source,
            papers: found.papers.map { ListedPaper($0) }, newerURL: found.newer.map { "\(path)?\(Self.query($0))" },
            olderURL: found.older.map { "\(path)?\(Self.query($0))" })
    }

    // MARK: - Places in a list

    /// - Throws: 404 for a place that no page leads to.
    private static func place(_ fields: FormFields, _ wording: SearchWording? = nil) throws -> SearchIndex.Place {
        func number(_ name: String) throws -> Int64? {
            guard let text = fields[name] else { return nil }
            guard let number = WholeNumber.parse(text) else { throw HTTPError(.notFound) }
            return number
        }
        if let before = try number("before") { return .before(before) }
        if let after = try number("after") { return .after(after) }
        guard let wording else { return .newest }
        // No more are ranked than this.
        if let start = try number("from") { return .best(Int(min(start, 10_000))) }
        let isBest = fields["sort"].map { $0 == "best" } ?? wording.asksForBest
        return isBest && !wording.words.isEmpty ? .best(0) : .newest
    }

    private static func query(_ place: SearchIndex.Place) -> String {
        switch place {
        case .newest: ""
        case .best(let start): "from=\(start)"
        case .before(let number): "before=\(number)"
        case .after(let number): "after=\(number)"
        }
    }
}
