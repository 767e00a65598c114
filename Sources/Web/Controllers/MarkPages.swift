import Foundation
import Hummingbird
import Papers
import Store
import Workers

/// What a reader says of a paper by the links of a digest. A GET changes nothing.
struct MarkPages: Sendable {
    let installation: Installation
    private var service: SubscriptionService { SubscriptionService(installation) }

    func show(_ fields: FormFields, token: String) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await service.subscriber(token: token, purpose: .marks)
            guard let paper = try await paper(fields) else { return gone }
            let known = try await installation.database.marks.marks(of: [subscriber.id])[subscriber.id] ?? []
            let wanted = MarkPage.Choice(rawValue: fields["like"] ?? "") ?? .more
            return installation.answer(
                page(
                    paper, token: token, subscriber, choice: wanted,
                    canForget: known.contains { $0.paperSeq == paper.seq }), to: subscriber)
        }
    }

    func save(_ posted: Posted) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await service.subscriber(token: posted.token, purpose: .marks)
            guard let paper = try await paper(posted.fields) else { return gone }
            guard let choice = MarkPage.Choice(rawValue: posted.fields["like"] ?? "") else {
                throw HTTPError(.badRequest)
            }
            try await store(choice, paper, of: subscriber)
            var page = page(paper, token: posted.token, subscriber, choice: choice, canForget: choice != .none)
            page.isSaved = true
            return installation.answer(page, to: subscriber)
        }
    }

    private func store(_ choice: MarkPage.Choice, _ paper: StoredPaper, of subscriber: Subscriber) async throws {
        let marks = installation.database.marks
        switch choice {
        case .more, .less:
            let mark = Mark(paperSeq: paper.seq, isLiked: choice == .more, at: installation.clock.now)
            _ = try await marks.set(mark, of: subscriber.id)
        case .none: _ = try await marks.remove([paper.seq], of: subscriber.id)
        }
    }

    private func paper(_ fields: FormFields) async throws -> StoredPaper? {
        guard let seq = WholeNumber.parse(fields["paper"] ?? "") else { return nil }
        return try await installation.database.papers.papers(seqs: [seq]).first
    }

    private var gone: Response {
        installation.answer(
            NoticePage(
                title: .gonePaperTitle, message: .gonePaperMessage, link: ("/", .toFirstPage)), status: .notFound)
    }

    private func page(
        _ paper: StoredPaper, token: String, _ subscriber: Subscriber, choice: MarkPage.Choice, canForget: Bool
    ) -> MarkPage {
        MarkPage(
            token: token, seq: paper.seq,
            paperTitle: installation.currentTexts.title(of: paper.paper),
            address: SiteAddress.paper(paper), choice: choice,
            canForget: canForget, offer: subscriber.offer(MailLinkOffer(token: token, right: .marks)))
    }
}
