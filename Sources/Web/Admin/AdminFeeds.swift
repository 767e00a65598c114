import Core
import Digests
import Foundation
import Hummingbird
import Papers
import Store

/// `/admin/feeds`: every feed, how it fares, and what can be done about it.
struct AdminFeeds: Sendable {
    let desk: AdminDesk
    private var store: FeedStore { desk.database.feeds }

    func list(_ request: Request) async throws -> Response {
        desk.answer(AdminFeedsPage(feeds: try await store.all()), notice: request.done)
    }

    func act(_ act: String, id: Int64) async throws -> Response {
        guard let feed = try await store.feed(id: id) else { throw HTTPError(.notFound) }
        switch act {
        case "enable":
            try await store.setEnabled(id: id, true)
            return done(.enabled, feed)
        case "disable":
            try await store.setEnabled(id: id, false, reason: "switched off by the operator")
            return done(.disabled, feed)
        case "ask":
            if let until = feed.notBefore, until > desk.now {
                let page = AdminFeedsPage(feeds: try await store.all())
                return desk.answer(
                    page, problem: "\(feed.url) is not fetched yet: its server asked us to wait (see “next”).",
                    status: .conflict)
            }
            guard try await store.askNow(id: id) else { throw HTTPError(.conflict) }
            return done(.asked, feed)
        default: throw HTTPError(.notFound)
        }
    }

    private func done(_ notice: AdminNotice, _ feed: StoredFeed) -> Response {
        desk.audit("feed \(feed.url) \(notice.rawValue)")
        return desk.redirect(to: "/admin/feeds", notice)
    }
}

struct AdminFeedsPage: AdminPage {
    static let template = TemplateName.adminFeeds
    let title = "Feeds"
    let section: AdminSection? = .feeds

    var feeds: [StoredFeed]

    func context(_ words: AdminWords) -> TemplateContext {
        var context = TemplateContext([
            "about":
                "\(counted(feeds.count, "feed")), \(feeds.count { $0.isEnabled }) of them switched on. Those in the feeds file are added and removed there."
        ])
        context.set(
            "feeds", feeds.sorted { Self.rank($0, words.now) < Self.rank($1, words.now) }.map { Self.row($0, words) })
        return context
    }

    /// The troubled ones first, those that are off last.
    private static func rank(_ feed: StoredFeed, _ now: Date) -> Int {
        ["failing", "stale", "waiting", "new", "ok", "off"].firstIndex(of: feed.state(at: now)) ?? 0
    }

    static func row(_ feed: StoredFeed, _ words: AdminWords) -> TemplateContext {
        let state = feed.state(at: words.now)
        let tone: Tone =
            switch state {
            case "ok": .good
            case "failing": .bad
            case "waiting", "stale": .wait
            case "off": .idle
            default: .calm
            }
        let next = feed.nextFetchAt <= words.now ? "at once" : words.time(feed.nextFetchAt)
        var context = TemplateContext([
            "id": String(feed.id), "name": feed.title ?? feed.url, "url": feed.url,
            "state": feed.failures > 0 && state == "failing" ? "failing \(feed.failures)×" : state,
            "tone": tone.rawValue, "fetched": feed.fetchedAt.map(words.time), "next": feed.isEnabled ? next : nil,
            "entries": feed.entries == 1 ? "1 entry" : "\(words.number(feed.entries)) entries", "error": feed.lastError,
            "moved": feed.movedTo,
        ])
        context.set("isEnabled", feed.isEnabled)
        return context
    }
}
