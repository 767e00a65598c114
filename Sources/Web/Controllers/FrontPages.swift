import Core
import Digests
import Filters
import Foundation
import Hummingbird
import Mail
import Papers
import Site
import Store
import Workers

/// The lists of papers by time, and the box to subscribe.
struct FrontPages: Sendable {
    let site: PublicSite
    private var installation: Installation { site.installation }

    /// A list of papers by time, before it becomes a page or a feed.
    private struct List {
        var span: HomePage.Span
        var papers: [StoredPaper]
        var previous: ListPeriod?
        var next: ListPeriod?
    }

    // MARK: - What is asked for

    /// `/`, `/week`, `/month` and `/trending`.
    func page(_ period: TrendingPeriod, _ request: Request) async throws -> Response {
        let query = FormFields(request.uri.query ?? "")
        let number = try Self.pageNumber(query)
        let topic = query["topic"].flatMap { installation.topics[slug: $0] }?.slug
        let filter = query["filter"].flatMap { $0.isEmpty ? nil : try? Filter($0).source }
        // Whatever the filter is, it is the same page: the text is filled in for each reader.
        let isFiltered = filter != nil
        let address = "\(period) \(number) \(topic ?? "")\(isFiltered ? " filtered" : "")"
        return try await site.answer(request, address, filter: filter) {
            var page = page(try await list(period), number)
            page.topics = installation.topicTicks(Set([topic].compactMap(\.self)))
            page.filter = isFiltered ? .open : nil
            return try shown(page)
        }
    }

    func feed(_ period: TrendingPeriod, _ format: PaperFeed.Format, _ request: Request) async throws -> Response {
        try await site.answer(request, "\(period) \(format)") {
            var list = try await list(period)
            if period == .day { try await fill(&list) }
            return try feed(list, format)
        }
    }

    /// `/papers/2026-11-20` and its like.
    func page(of text: String, _ request: Request) async throws -> Response {
        guard let period = ListPeriod(text) else { throw HTTPError(.notFound) }
        let number = try Self.pageNumber(FormFields(request.uri.query ?? ""))
        return try await site.answer(request, "papers \(period) \(number)") {
            try shown(page(try await list(period), number))
        }
    }

    func feed(of text: String, _ format: PaperFeed.Format, _ request: Request) async throws -> Response {
        guard let period = ListPeriod(text) else { throw HTTPError(.notFound) }
        return try await site.answer(request, "papers \(period) \(format)") {
            try feed(try await list(period), format)
        }
    }

    func export(_ period: TrendingPeriod, _ format: CitationFormat, _ request: Request) async throws -> Response {
        try await site.answer(request, "\(period) \(format)") {
            let list = try await list(period)
            let name = if case .latest(let day) = list.span { day.description } else { "\(period)" }
            return PaperExport.render(list.papers, as: format, name: "papers-\(name)")
        }
    }

    func export(of text: String, _ format: CitationFormat, _ request: Request) async throws -> Response {
        guard let period = ListPeriod(text) else { throw HTTPError(.notFound) }
        return try await site.answer(request, "papers \(period) \(format)") {
            PaperExport.render(try await list(period).papers, as: format, name: "papers-\(period)")
        }
    }

    private static func pageNumber(_ query: FormFields) throws -> Int {
        guard let text = query["page"] else { return 1 }
        guard let number = WholeNumber.parse(text, in: 1...1000) else { throw HTTPError(.notFound) }
        return Int(number)
    }

    // MARK: - Lists

    private func list(_ period: TrendingPeriod) async throws -> List {
        let trending = try await Trending(period, in: installation)
        let zone = installation.settings.digestTimeZone
        let now = installation.clock.now
        let day = zone.day(of: trending.newest ?? now)
        var list = List(span: period == .day ? .latest(day) : .trending(period), papers: trending.papers)
        let kinds: [TrendingPeriod: ListPeriod.Kind] = [.day: .day, .week: .week, .month: .month]
        if let kind = kinds[period] {
            let current = ListPeriod(kind, of: period == .day ? trending.newest ?? now : now, in: zone)
            list.previous = try await neighbour(before: current)
        }
        return list
    }

    /// - Throws: 404 for what has not begun.
    private func list(_ period: ListPeriod) async throws -> List {
        let moments = period.moments(in: installation.settings.digestTimeZone)
        guard moments.lowerBound <= installation.clock.now else { throw HTTPError(.notFound) }
        let trending = try await Trending(period, in: installation)
        let later = try await installation.database.papers.firstSurfacing(from: moments.upperBound)
        return List(
            span: .period(period), papers: trending.papers, previous: try await neighbour(before: period),
            next: later.map { ListPeriod(period.kind, of: $0, in: installation.settings.digestTimeZone) })
    }

    private func neighbour(before period: ListPeriod) async throws -> ListPeriod? {
        let zone = installation.settings.digestTimeZone
        let moment = period.moments(in: zone).lowerBound
        return try await installation.database.papers.lastSurfacing(before: moment)
            .map { ListPeriod(period.kind, of: $0, in: zone) }
    }

    /// Adds the days before, each in its own order, until there are as many papers as a feed holds: a feed reader that asks
    /// seldom misses no day.
    private func fill(_ list: inout List) async throws {
        var day = list.previous
        while list.papers.count < PaperFeed.most, let earlier = day {
            list.papers += try await Trending(earlier, in: installation).papers
            day = try await neighbour(before: earlier)
        }
    }

    private func page(_ list: List, _ number: Int) -> HomePage {
        let most = HomePage.mostPapers
        var page = HomePage(
            list.span, papers: list.papers.dropFirst((number - 1) * most).prefix(most).map { ListedPaper($0) },
            count: list.papers.count, topics: installation.topicTicks([]))
        page.stamp = RenderedPage.Gap.stamp.mark
        page.number = number
        page.previous = list.previous
        page.next = list.next
        return page
    }

    /// - Throws: 404 for a page behind the last.
    private func shown(_ page: HomePage) throws -> RenderedPage {
        guard page.number == 1 || !page.papers.isEmpty else { throw HTTPError(.notFound) }
        return site.render(page)
    }

    private func feed(_ list: List, _ format: PaperFeed.Format) throws -> RenderedPage {
        let page = page(list, 1)
        return try site.feed(format, title: page.title(site.texts), of: page, list.papers)
    }

    // MARK: - Subscribing

    /// The first page with what was typed still in its box, and what is wrong with it.
    func retry(_ form: SignupForm) async throws -> Response {
        var page = page(try await list(.day), 1)
        page.topics = installation.topicTicks(Set(form.topics))
        page.filter = form.filter.map { .text($0) }
        page.email = form.email
        page.problem = form.problem
        page.stamp = form.stamp
        return installation.answer(page, status: .unprocessableContent)
    }
}

extension Installation {
    /// The topics as boxes to tick.
    ///
    /// - Parameter language: that of the page; nil for the request's.
    func topicTicks(_ ticked: Set<String>, in language: Language? = nil) -> [TopicTick] {
        let language = language ?? currentLanguage
        return topics.all.map {
            TopicTick(
                slug: $0.slug, title: $0.title[language], about: $0.about[language],
                isTicked: ticked.contains($0.slug))
        }
    }
}
