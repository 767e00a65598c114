import Core
import Digests
import Foundation
import Hummingbird
import Papers
import Store
import Workers

/// `/admin`: how the service fares, in numbers.
struct AdminOverview: Sendable {
    let desk: AdminDesk

    private static let days = 14

    func show() async throws -> Response {
        let now = desk.now
        let statistics = desk.database.statistics
        var page = AdminOverviewPage(days: DayChart.lastDays(Self.days, before: now, in: .utc))
        let first = StatisticsStore.day(of: now) - Int64(Self.days) + 1
        page.counts = try await statistics.days(since: first).reduce(into: [:]) { counts, day in
            counts[CivilDate(daysSince1970: Int(day.key))] = day.value
        }
        page.queue = try await statistics.queue(at: now)
        page.oldestDigest = try await statistics.oldestDue(at: now)
        page.readers = try await desk.database.subscribers.counts()
        page.feeds = try await desk.database.feeds.all()
        page.relays = try await desk.database.relays.all(at: now).flatMap(\.sentences)
        page.breakers = try await desk.database.breakers.open(at: now)
        let start = now.addingTimeInterval(-Double(Self.reasonDays) * 86_400)
        page.reasons = try await desk.database.subscribers.reasonCounts(since: start)
        page.words = try await desk.database.subscribers.reasons(since: start).filter { !$0.words.isEmpty }
        return desk.answer(page)
    }

    /// Days for which is shown why readers left.
    static let reasonDays = 90
}

struct AdminOverviewPage: AdminPage {
    static let template = TemplateName.adminOverview
    let title = "Overview"
    let section: AdminSection? = .overview

    /// Days of UTC, the oldest first.
    var days: [CivilDate]
    /// What was counted on each, by the names of ``StatisticsStore``.
    var counts: [CivilDate: [String: Int]] = [:]
    var queue = StatisticsStore.Queue()
    /// When the digest was due that is due longest.
    var oldestDigest: Date?
    var readers: [SubscriberState: Int] = [:]
    var feeds: [StoredFeed] = []
    /// What was learnt of the mail servers, a sentence each.
    var relays: [String] = []
    /// Who refuses everybody's mail.
    var breakers: [Breaker] = []
    /// Why readers left: how often each reason was given, and what they wrote, the newest first.
    var reasons: [String: Int] = [:]
    var words: [LeavingReason] = []

    /// The most of what they wrote that is shown.
    private static let mostWords = 20

    func context(_ words: AdminWords) -> TemplateContext {
        var context = TemplateContext()
        context.set("facts", facts(words))
        context.set("hasRefusals", !breakers.isEmpty)
        context.set(
            "refusals",
            breakers.map { breaker in
                let words = BreakerWords(breaker)
                return TemplateContext(["found": words.found, "mend": words.mend])
            })
        context.set("charts", charts.map { $0.context(words) })
        context.set("tallies", tallies.map { $0.context(words) })
        context.set("hasWords", !self.words.isEmpty)
        context.set(
            "words",
            self.words.prefix(Self.mostWords).map {
                TemplateContext([
                    "at": words.time($0.at), "choice": LeavingReason.label($0.choice),
                    "words": DisplayText.line($0.words),
                ])
            })
        let troubled = feeds.filter { !["ok", "new"].contains($0.state(at: words.now)) }
        context.set("hasFeeds", !troubled.isEmpty)
        context.set("feeds", troubled.map { AdminFeedsPage.row($0, words) })
        context.set("hasRelays", !relays.isEmpty)
        context.set("relays", relays.map { TemplateContext(["sentence": $0]) })
        context.set("feedsAbout", "\(feeds.count - troubled.count) of \(feeds.count) are well.")
        return context
    }

    private func facts(_ words: AdminWords) -> [TemplateContext] {
        let late = oldestDigest.map { words.now.timeIntervalSince($0) } ?? 0
        let failed = sum("mail failed")
        return [
            fact(
                "Active readers", words.number(readers[.active] ?? 0),
                "of \(words.number(readers.values.reduce(0, +)))"),
            fact(
                "Oldest due digest", oldestDigest == nil ? "none" : words.span(late),
                oldestDigest.map { "due since \(words.time($0))" } ?? "all are written", late > 900 ? .bad : .calm),
            fact(
                "Mails waiting", words.number(queue.due + queue.sending + queue.later),
                "\(words.number(queue.later)) of them refused for now", queue.later > 0 ? .wait : .calm),
            fact("Failed mails", words.number(failed), "in \(counted(days.count, "day"))", failed > 0 ? .bad : .calm),
        ]
    }

    private func fact(_ label: String, _ value: String, _ about: String, _ tone: Tone = .calm) -> TemplateContext {
        TemplateContext(["label": label, "value": value, "about": about, "tone": tone.rawValue])
    }

    private var charts: [DayChart] {
        [
            chart("Papers", [series("Papers", .calm, "papers")]),
            chart(
                "Mails",
                [
                    series("Sent", .good, "mail sent"), series("Deferred", .wait, "mail deferred"),
                    series("Failed", .bad, "mail failed"),
                ]),
            chart("Bounces", [series("Bounces and complaints", .bad, "bounce ")]),
        ]
    }

    private func chart(_ heading: String, _ series: [DayChart.Series]) -> DayChart {
        DayChart(heading: heading, unit: "in \(counted(days.count, "day"))", days: days, series: series)
    }

    /// - Parameter prefix: what the names of the counts begin with that are summed.
    private func series(_ name: String, _ tone: Tone, _ prefix: String) -> DayChart.Series {
        .init(name: name, tone: tone, counts: counts.mapValues { Self.sum($0, prefix) })
    }

    private static func sum(_ counts: [String: Int], _ prefix: String) -> Int {
        counts.reduce(0) { $1.key.hasPrefix(prefix) ? $0 + $1.value : $0 }
    }

    private func sum(_ prefix: String) -> Int { counts.values.reduce(0) { $0 + Self.sum($1, prefix) } }

    private var tallies: [Tally] {
        [
            Tally(
                heading: "Subscribers",
                lines: SubscriberState.allCases.map { state in
                    .init(
                        label: state.rawValue, count: readers[state] ?? 0, tone: state.tone,
                        address: "/admin/subscribers?state=\(state.rawValue)")
                }),
            Tally(
                heading: "Queue",
                lines: [
                    .init(label: "due", count: queue.due, tone: .calm, address: "/admin/mails?state=pending"),
                    .init(
                        label: "being sent", count: queue.sending, tone: .good, address: "/admin/mails?state=sending"),
                    .init(
                        label: "refused for now", count: queue.later, tone: .wait,
                        address: "/admin/mails?state=deferred"),
                ]),
            Tally(
                heading: "Replies", about: "Of mail servers, in \(counted(days.count, "day")).",
                lines: [
                    .init(label: "2xx taken", count: sum("reply 2xx"), tone: .good),
                    .init(label: "4xx refused for now", count: sum("reply 4xx"), tone: .wait),
                    .init(label: "5xx refused for good", count: sum("reply 5xx"), tone: .bad),
                    .init(label: "no reply", count: sum("reply none"), tone: .idle),
                ]),
        ] + leaving
    }

    /// Nothing where nobody has said why.
    private var leaving: [Tally] {
        guard !reasons.isEmpty else { return [] }
        let lines = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            Tally.Line(label: LeavingReason.label($0.key), count: $0.value, tone: .idle)
        }
        return [Tally(heading: "Why readers left", about: "In \(AdminOverview.reasonDays) days.", lines: lines)]
    }
}
