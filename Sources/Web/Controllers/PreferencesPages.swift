import Core
import Digests
import Filters
import Foundation
import Hummingbird
import Papers
import Store
import Workers

/// What a reader gets and when, behind the signed link of their mails.
struct PreferencesPages: Sendable {
    let installation: Installation
    private var service: SubscriptionService { SubscriptionService(installation) }

    /// The most papers that a preview looks through, and that it lists of each filter.
    private static let looked = 3000
    private static let listed = 4
    private static let day: TimeInterval = 86_400

    func show(_ token: String) async throws -> Response {
        try await installation.withPreferences(token) {
            let subscriber = try await service.subscriber(token: token, purpose: .preferences)
            return installation.answer(
                try await installation.preferencesPage(of: subscriber, token: token), to: subscriber)
        }
    }

    /// Forgets what the reader said of the ticked papers, or of all.
    func forget(_ posted: Posted) async throws -> Response {
        try await installation.withPreferences(posted.token) {
            let subscriber = try await service.subscriber(token: posted.token, purpose: .preferences)
            let ticked =
                posted.fields["all"] == nil ? posted.fields.all("forget").compactMap { WholeNumber.parse($0) } : nil
            _ = try await installation.database.marks.remove(ticked, of: subscriber.id)
            return try await saved(posted.token)
        }
    }

    /// Stores all fields or, where one is wrong or only a preview is asked for, none; the form comes back as it was filled in.
    func save(_ posted: Posted) async throws -> Response {
        try await installation.withPreferences(posted.token) {
            let subscriber = try await service.subscriber(token: posted.token, purpose: .preferences)
            let form = PreferencesForm(
                posted.fields, of: subscriber, topics: installation.topics,
                installation.texts(of: subscriber))
            let isPreview = posted.fields["preview"] != nil
            guard !isPreview, !form.hasProblem else {
                var page = try await installation.preferencesPage(of: form.changed, token: posted.token)
                page.filters = posted.fields["filter"] ?? ""
                page.authors = posted.fields["author"] ?? page.authors
                page.timeZone.typed = posted.fields["timezone"] ?? page.timeZone.typed
                if isPreview {
                    page.previews = try await previews(page.filters, installation.texts(of: subscriber))
                    return installation.answer(page, to: subscriber)
                }
                page.problem = form.problem ?? installation.texts(of: subscriber)[.problemBelow]
                page.filterProblem = form.filterProblem
                page.authorProblem = form.authorProblem
                page.timeZone.unknown = form.unknownZone
                return installation.answer(page, to: subscriber, status: .unprocessableContent)
            }
            try await service.update(form.changed, source: "web /preferences")
            return try await saved(posted.token)
        }
    }

    private func saved(_ token: String) async throws -> Response {
        let stored = try await service.subscriber(token: token, purpose: .preferences)
        var page = try await installation.preferencesPage(of: stored, token: token)
        page.isSaved = true
        return installation.answer(page, to: stored)
    }

    /// What each filter would have brought; what is wrong with one says nothing of the others.
    private func previews(_ text: String, _ texts: Texts) async throws -> [PreferencesPage.Preview] {
        let lines = PreferencesForm.lines(text).prefix(PreferencesForm.mostFilters)
        var previews: [PreferencesPage.Preview] = []
        var filters: [(place: Int, filter: Filter)] = []
        for line in lines {
            var preview = PreferencesPage.Preview(filter: line)
            do throws(FilterError) {
                let filter = try Filter(line)
                preview.warnings = filter.cautions.map { texts($0) }
                filters.append((previews.count, filter))
            } catch {
                preview.problem = texts(error)
            }
            previews.append(preview)
        }
        let texts = installation.currentTexts
        let now = installation.clock.now
        let lastWeek = now.addingTimeInterval(-7 * Self.day)
        let trials = try await FilterTrial.each(
            of: filters.map(\.filter), since: now.addingTimeInterval(-30 * Self.day), limit: Self.looked,
            in: installation)
        for ((place, _), trial) in zip(filters, trials) {
            previews[place].result = .init(
                ofWeek: trial.found.count { ($0.surfacedAt ?? now) >= lastWeek }, ofMonth: trial.found.count,
                looked: trial.looked,
                papers: trial.found.suffix(Self.listed).reversed().map {
                    (texts.title(of: $0.paper), SiteAddress.paper($0.paper.id, seq: $0.seq ?? 0))
                })
        }
        return previews
    }
}

extension Installation {
    /// The page of somebody's preferences, with what they said of papers.
    func preferencesPage(of subscriber: Subscriber, token: String) async throws -> PreferencesPage {
        let (id, epoch, schedule) = (subscriber.id, subscriber.tokenEpoch, subscriber.schedule)
        var page = PreferencesPage(
            token: token, address: subscriber.address.description,
            topics: topicTicks(Set(subscriber.interests.topics), in: subscriber.language),
            filters: subscriber.interests.filters.joined(separator: "\n"), cadence: schedule.cadence.rawValue,
            weekday: schedule.weekday, minute: schedule.minute, timeZone: timeZoneChoice(schedule.timeZone),
            maxPapers: subscriber.maxPapers, mostPapers: PreferencesForm.mostPapers,
            nextDigest: subscriber.nextDigestAt.map { DigestMoment(date: $0, timeZone: schedule.timeZone) },
            seesBeyond: subscriber.seesBeyond, unsubscribeURL: links.unsubscribe(subscriber: id, epoch: epoch),
            deleteURL: links.delete(subscriber: id, epoch: epoch, now: clock.now))
        page.authors = subscriber.interests.authors.map(\.text).joined(separator: "\n")
        page.language = language(of: subscriber)
        page.standing =
            switch subscriber.state {
            case .active: .active
            case .paused: .paused(until: subscriber.resumeDay.flatMap { CivilDate($0) })
            case .pending, .unsubscribed, .bounced, .complained: .over
            }
        let lastDay = clock.now.addingTimeInterval(Double(SubscriptionService.longestPause - 1) * 86_400)
        page.firstDay = schedule.timeZone.day(of: clock.now.addingTimeInterval(86_400))
        page.lastDay = schedule.timeZone.day(of: lastDay)
        let marks = try await database.marks.marks(of: [id])[id] ?? []
        let papers = try await database.papers.papers(seqs: Set(marks.map(\.paperSeq)))
        let texts = currentTexts
        let titles = Dictionary(
            papers.map { ($0.seq, texts.title(of: $0.paper)) }, uniquingKeysWith: { first, _ in first })
        page.marks = marks.compactMap { mark in
            titles[mark.paperSeq].map { .init(seq: mark.paperSeq, title: $0, isLiked: mark.isLiked) }
        }
        return page
    }
}
