import Digests

/// `GET /mark?token=…&paper=…&like=more|less`: the paper and the buttons, because link scanners follow every link but press
/// nothing; and the answer to its POST, which brings `token`, `paper` and `like` (`more`, `less` or `none`).
struct MarkPage: Page {
    static let template = TemplateName.pageMark

    /// What a reader can say of a paper.
    enum Choice: String, CaseIterable, Sendable {
        case more, less, none

        var label: TextName {
            switch self {
            case .more: .markMore
            case .less: .markLess
            case .none: .markForget
            }
        }

        /// The label as a question.
        var ask: TextName { self == .less ? .markLessAsk : .markMoreAsk }

        /// What is shown once it is stored.
        var saved: TextName {
            switch self {
            case .more: .markMoreSaved
            case .less: .markLessSaved
            case .none: .markForgotten
            }
        }
    }

    var token: String
    var seq: Int64
    var paperTitle: String
    /// The path of the paper's page here: the address of this page holds a token, and some browsers hand the whole address on
    /// to where a link leads.
    var address: String
    /// The button that stands out.
    var choice: Choice
    /// Whether a button can take back what was said.
    var canForget: Bool
    var isSaved = false
    var offer: MailLinkOffer?

    func title(_ texts: Texts) -> String { texts[isSaved ? .markNoted : .markTitle] }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("seq", String(seq))
        context.set("heading", texts[isSaved ? .markThanks : choice.ask])
        context.set("paper", DisplayText.line(paperTitle))
        context.set("url", address)
        context.set("isSaved", isSaved)
        context.set("saved", texts[choice.saved])
        let offered = Choice.allCases.filter { ($0 != .none || canForget) && !(isSaved && $0 == choice) }
        context.set(
            "choices",
            offered.map { offered in
                var context = TemplateContext()
                context.set("value", offered.rawValue)
                context.set("label", texts[offered.label])
                context.set("isChosen", offered == choice)
                return context
            }.inRow)
        offer?.fill(&context)
        return context
    }
}
