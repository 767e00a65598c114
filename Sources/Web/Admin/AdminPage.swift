import Digests

/// One of the operator's pages as a view model.
protocol AdminPage: Sendable {
    static var template: TemplateName { get }
    var title: String { get }
    /// Where in the desk's navigation it is.
    var section: AdminSection? { get }
    /// Whether the reader of the page has logged in.
    var isOpen: Bool { get }
    func context(_ words: AdminWords) -> TemplateContext
}

extension AdminPage {
    var section: AdminSection? { nil }
    var isOpen: Bool { true }

    func fullContext(
        _ words: AdminWords, site: SiteAppearance, notice: AdminNotice? = nil, problem: String? = nil
    ) -> TemplateContext {
        var context = site.context
        context.set("title", DisplayText.line(title))
        context.set("zone", words.zone.ruling.identifier)
        context.set("isOpen", isOpen)
        context.set("sections", AdminSection.allCases.map { $0.context(isChosen: $0 == section) })
        context.set("notice", notice?.text)
        context.set("problem", problem.map(DisplayText.line))
        return context.adding(self.context(words))
    }
}

/// The parts of the operator's desk.
enum AdminSection: CaseIterable, Sendable {
    case overview, subscribers, mails, feeds

    private var link: (address: String, label: String) {
        switch self {
        case .overview: ("/admin", "Overview")
        case .subscribers: ("/admin/subscribers", "Subscribers")
        case .mails: ("/admin/mails", "Mails")
        case .feeds: ("/admin/feeds", "Feeds")
        }
    }

    fileprivate func context(isChosen: Bool) -> TemplateContext {
        var context = TemplateContext(["address": link.address, "label": link.label])
        context.set("isChosen", isChosen)
        return context
    }
}

/// `/admin/login`
struct AdminLoginPage: AdminPage {
    enum Problem: Sendable {
        case wrong, tooMany

        var text: String {
            switch self {
            case .wrong: "Wrong password."
            case .tooMany: "Too many attempts. Wait a few minutes, then try again."
            }
        }
    }

    static let template = TemplateName.adminLogin
    var problem: Problem?
    let title = "Log in"
    let isOpen = false

    func context(_ words: AdminWords) -> TemplateContext { TemplateContext(["problem": problem?.text]) }
}

extension TemplateContext {
    /// Texts by name, each made fit for a line.
    init(_ texts: [String: String?]) {
        self.init()
        for (name, text) in texts { set(name, text.map(DisplayText.line)) }
    }
}
