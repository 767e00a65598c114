import Digests

/// `GET /mark?token=…&paper=…&like=more|less`: the paper and the buttons, because link scanners follow every link but press
/// nothing; and the answer to its POST, which brings `token`, `paper` and `like` (`more`, `less` or `none`).
struct MarkPage: Page {
    static let template = TemplateName.pageMark

    /// What a reader can say of a paper.
    enum Choice: String, CaseIterable, Sendable {
        case more, less, none

        var label: String {
            switch self {
            case .more: "More like this"
            case .less: "Less like this"
            case .none: "Forget what I said"
            }
        }

        /// What is shown once it is stored.
        var saved: String {
            switch self {
            case .more: "Noted: papers like this one move up from your next mail on."
            case .less: "Noted: papers like this one move down from your next mail on."
            case .none: "Forgotten."
            }
        }
    }

    var token: String
    var seq: Int64
    var paperTitle: String
    var paperURL: String?
    /// The button that stands out.
    var choice: Choice
    /// Whether a button can take back what was said.
    var canForget: Bool
    var isSaved = false
    var preferencesURL: String

    var title: String { isSaved ? "Noted" : "More or less like this" }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("seq", String(seq))
        context.set("heading", isSaved ? "Thank you" : "\(choice == .none ? Choice.more.label : choice.label)?")
        context.set("paper", DisplayText.line(paperTitle))
        context.set("url", WebAddress.link(paperURL))
        context.set("isSaved", isSaved)
        context.set("saved", choice.saved)
        let offered = Choice.allCases.filter { ($0 != .none || canForget) && !(isSaved && $0 == choice) }
        context.set(
            "choices",
            offered.map { offered in
                var context = TemplateContext()
                context.set("value", offered.rawValue)
                context.set("label", offered.label)
                context.set("isChosen", offered == choice)
                return context
            })
        context.set("preferencesURL", WebAddress.link(preferencesURL))
        return context
    }
}
