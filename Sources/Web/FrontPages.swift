import Digests
import Foundation
import Hummingbird
import Mail
import Store
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
                    string: StyleSheet.render(installation.templates, site: installation.appearance))))
    }

    /// The answer is the same whatever becomes of the address: who is subscribed is nobody else's business.
    func subscribe(_ posted: Posted) async throws -> Response {
        // People do not see this field; programs that fill in everything do.
        guard posted.fields["website"] ?? "" == "" else { return installation.answer(CheckInboxPage()) }
        let typed = posted.fields["email"] ?? ""
        let ticked = posted.fields.all("topic").filter { installation.topics[slug: $0] != nil }
        let address: Address
        do {
            address = try Address(typed)
        } catch {
            let page = try await page(.day, ticked: Set(ticked), email: typed, problem: "\(error)")
            return installation.answer(page, status: .unprocessableContent)
        }
        try await SubscriptionDesk(installation).subscribe(
            address, interests: Interests(topics: ticked), source: "web /subscribe")
        return installation.answer(CheckInboxPage())
    }

    private func page(
        _ period: TrendingPeriod, ticked: Set<String> = [], email: String? = nil, problem: String? = nil
    ) async throws -> HomePage {
        let trending = try await Trending(period, in: installation)
        return HomePage(
            day: CalendarDay(trending.newest ?? installation.clock.now, in: installation.settings.digestTimeZone),
            period: period, papers: trending.papers.prefix(Self.listed).map(\.paper),
            more: max(0, trending.papers.count - Self.listed), topics: installation.topicTicks(ticked), email: email,
            problem: problem)
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
