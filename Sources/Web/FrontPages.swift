import Digests
import Foundation
import Hummingbird
import Workers

/// The first page, what trended in a week and a month, and the box to subscribe.
struct FrontPages: Sendable {
    let installation: Installation

    /// The most papers that are listed.
    private static let listed = 50

    func home(_ period: TrendingPeriod = .day) async throws -> Response { installation.answer(try await page(period)) }

    func style() -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "public, max-age=3600"],
            body: .init(
                byteBuffer: ByteBuffer(
                    string: StyleSheet.render(installation.templates[.english], site: installation.appearance))))
    }

    /// The first page with what was typed still in its box, and what is wrong with it.
    func retry(_ form: SignupForm) async throws -> Response {
        var page = try await page(.day, ticked: Set(form.topics), email: form.email, problem: form.problem)
        page.stamp = form.stamp
        return installation.answer(page, status: .unprocessableContent)
    }

    private func page(
        _ period: TrendingPeriod, ticked: Set<String> = [], email: String? = nil, problem: String? = nil
    ) async throws -> HomePage {
        let trending = try await Trending(period, in: installation)
        return HomePage(
            day: CalendarDay(trending.newest ?? installation.clock.now, in: installation.settings.digestTimeZone),
            period: period, papers: trending.papers.prefix(Self.listed).map(\.paper),
            more: max(0, trending.papers.count - Self.listed), topics: installation.topicTicks(ticked),
            stamp: installation.formStamp, email: email, problem: problem)
    }
}

extension Installation {
    /// The topics as boxes to tick.
    func topicTicks(_ ticked: Set<String>) -> [TopicTick] {
        topics.all.map {
            TopicTick(slug: $0.slug, title: $0.title, about: $0.about, isTicked: ticked.contains($0.slug))
        }
    }
}
