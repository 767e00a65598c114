import Digests
import Foundation
import Store

/// What a search for readers found.
struct AdminSubscribersPage: AdminPage {
    static let template = TemplateName.adminSubscribers
    let title = "Subscribers"
    let section: AdminSection? = .subscribers

    var query: String
    var state: SubscriberState?
    var readers: [Subscriber]
    var hasMore: Bool
    var isFirst: Bool

    func context(_ words: AdminWords) -> TemplateContext {
        var context = TemplateContext([
            "query": query, "firstURL": isFirst ? nil : address(after: nil),
            "nextURL": hasMore ? readers.last.map { address(after: $0.id) } : nil,
        ])
        context.set("states", [choice(nil)] + SubscriberState.allCases.map { choice($0) })
        context.set("hasReaders", !readers.isEmpty)
        context.set(
            "readers",
            readers.map { reader in
                TemplateContext([
                    "address": reader.address.description, "url": AdminSubscriberPage.path(reader.id),
                    "state": reader.state.rawValue, "tone": reader.state.tone.rawValue,
                    "schedule": AdminSubscriberPage.schedule(reader.schedule),
                    "next": reader.nextDigestAt.map(words.time), "since": words.time(reader.createdAt),
                ])
            })
        return context
    }

    private func choice(_ value: SubscriberState?) -> TemplateContext {
        var context = TemplateContext(["value": value?.rawValue, "label": value?.rawValue.capitalized ?? "Any"])
        context.set("isChosen", value == state)
        return context
    }

    private func address(after id: Int64?) -> String {
        var parts = ["q=\(SiteAddress.encoded(query))", "state=\(state?.rawValue ?? "")"]
        if let id { parts.append("after=\(id)") }
        return "/admin/subscribers?" + parts.joined(separator: "&")
    }
}
