import Digests
import Filters
import Foundation
import Hummingbird
import Store
import Workers

/// What a reader gets and when, behind the signed link of their mails.
struct PreferencesPages: Sendable {
    let installation: Installation
    private var desk: SubscriptionDesk { SubscriptionDesk(installation) }

    private static let mostPapers = 100
    private static let mostFilters = 50

    func show(_ token: String) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await desk.subscriber(token: token, purpose: .preferences)
            return installation.answer(try await withMarks(page(subscriber, token: token), of: subscriber))
        }
    }

    /// Forgets what the reader said of the ticked papers, or of all.
    func forget(_ posted: Posted) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await desk.subscriber(token: posted.token, purpose: .preferences)
            let ticked = posted.fields["all"] == nil ? posted.fields.all("forget").compactMap { Int64($0) } : nil
            _ = try await installation.database.marks.remove(ticked, of: subscriber.id)
            var page = try await withMarks(page(subscriber, token: posted.token), of: subscriber)
            page.isSaved = true
            return installation.answer(page)
        }
    }

    private func withMarks(_ page: PreferencesPage, of subscriber: Subscriber) async throws -> PreferencesPage {
        var page = page
        let marks = try await installation.database.marks.marks(of: [subscriber.id])[subscriber.id] ?? []
        let papers = try await installation.database.papers.papers(seqs: Set(marks.map(\.paperSeq)))
        let titles = Dictionary(papers.map { ($0.seq, $0.paper.title) }, uniquingKeysWith: { first, _ in first })
        page.marks = marks.compactMap { mark in
            titles[mark.paperSeq].map { .init(seq: mark.paperSeq, title: $0, isLiked: mark.isLiked) }
        }
        return page
    }

    /// Stores all fields or, where one is wrong, none; the form comes back as it was filled in.
    func save(_ posted: Posted) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await desk.subscriber(token: posted.token, purpose: .preferences)
            let (changed, problem, filterProblem) = read(posted.fields, into: subscriber)
            guard problem == nil, filterProblem == nil else {
                var page = page(changed, token: posted.token)
                page.filters = posted.fields["filter"] ?? ""
                page.timeZone = posted.fields["timezone"] ?? page.timeZone
                page.problem = problem
                page.filterProblem = filterProblem
                return installation.answer(page, status: .unprocessableContent)
            }
            try await desk.update(changed, source: "web /preferences")
            let stored = try await desk.subscriber(token: posted.token, purpose: .preferences)
            var page = page(stored, token: posted.token)
            page.isSaved = true
            return installation.answer(try await withMarks(page, of: stored))
        }
    }

    private func read(
        _ fields: FormFields, into subscriber: Subscriber
    ) -> (Subscriber, problem: String?, filterProblem: String?) {
        var changed = subscriber
        var problem: String?
        changed.interests.topics = fields.all("topic").filter { installation.topics[slug: $0] != nil }
        let (filters, filterProblem) = Self.filters(fields["filter"] ?? "")
        changed.interests.filters = filters
        if let name = fields["timezone"], let zone = TimeZone(identifier: name) {
            changed.schedule.timeZone = zone
        } else {
            problem = "“\(fields["timezone"] ?? "")” is no time zone; one is Europe/Berlin."
        }
        if let minute = Self.minute(fields["hour"] ?? "") { changed.schedule.minute = minute }
        if let cadence = Cadence(rawValue: fields["cadence"] ?? "") { changed.schedule.cadence = cadence }
        if let most = Int(fields["max_papers"] ?? ""), (1...Self.mostPapers).contains(most) {
            changed.maxPapers = most
        } else {
            problem = problem ?? "How many papers must be a number from 1 to \(Self.mostPapers)."
        }
        changed.seesBeyond = fields["beyond"] != nil
        return (changed, problem, filterProblem)
    }

    /// One filter a line, in canonical form; or what is wrong with the first that cannot be read.
    private static func filters(_ text: String) -> ([String], problem: String?) {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        guard lines.count <= mostFilters else {
            return ([], "There are \(lines.count) filters; at most \(mostFilters) are kept.")
        }
        var filters: [String] = []
        for (number, line) in lines.enumerated() {
            do {
                let filter = try Filter(line).description
                if !filters.contains(filter) { filters.append(filter) }
            } catch {
                return ([], "Line \(number + 1), “\(line)”: \(error)")
            }
        }
        return (filters, nil)
    }

    /// `7` or `7:30`, as the form's list has it.
    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":").map { Int($0) }
        guard let hour = parts.first ?? nil, (0...23).contains(hour) else { return nil }
        let minute = parts.count == 2 ? parts[1] ?? -1 : 0
        return (0...59).contains(minute) ? hour * 60 + minute : nil
    }

    private func page(_ subscriber: Subscriber, token: String) -> PreferencesPage {
        PreferencesPage(
            token: token, address: subscriber.address.description,
            topics: installation.topicTicks(Set(subscriber.interests.topics)),
            filters: subscriber.interests.filters.joined(separator: "\n"),
            cadence: subscriber.schedule.cadence.rawValue,
            minute: subscriber.schedule.minute, timeZone: subscriber.schedule.timeZone.identifier,
            maxPapers: subscriber.maxPapers, mostPapers: Self.mostPapers,
            nextDigest: subscriber.nextDigestAt.map { DigestMoment(date: $0, timeZone: subscriber.schedule.timeZone) },
            seesBeyond: subscriber.seesBeyond,
            unsubscribeURL: installation.links.unsubscribe(subscriber: subscriber.id, epoch: subscriber.tokenEpoch))
    }
}
