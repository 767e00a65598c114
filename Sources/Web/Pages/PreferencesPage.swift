import Digests

/// `GET /preferences?token=…`, and the answer to its POST.
///
/// The form posts `token`, `topic` (repeated), `filter` (one filter a line), `cadence`, `hour` (`7`, or `7:30` where that
/// was set before), `timezone` and `max_papers`.
struct PreferencesPage: Page {
    static let template = TemplateName.pagePreferences

    /// How often mails come.
    struct CadenceChoice: Sendable {
        /// What the form's field `cadence` holds.
        var value: String
        var label: String

        static let all = [
            CadenceChoice(value: "daily", label: "Every day"),
            CadenceChoice(value: "weekdays", label: "Monday to Friday"),
            CadenceChoice(value: "weekly", label: "Once a week"),
        ]
    }

    /// A paper the reader marked.
    struct Remark: Sendable {
        var seq: Int64
        var title: String
        var isLiked: Bool
    }

    var token: String
    var address: String
    var topics: [TopicTick]
    /// As typed, or as stored: one a line.
    var filters: String
    /// One of ``CadenceChoice/all``'s values.
    var cadence: String
    /// After local midnight.
    var minute: Int
    /// IANA's name, such as `Europe/Berlin`.
    var timeZone: String
    var maxPapers: Int
    /// What `max_papers` may be at most.
    var mostPapers = 100
    var nextDigest: DigestMoment?
    /// The box `beyond`.
    var seesBeyond = false
    /// What the reader said of papers, newest first; `POST /preferences/marks` brings the `forget` ones, or `all`.
    var marks: [Remark] = []
    var unsubscribeURL: String
    /// Whether this answers a POST that was stored.
    var isSaved = false
    /// What is wrong with a field other than the filters.
    var problem: String?
    /// What is wrong with the filters.
    var filterProblem: String?

    var title: String { "What you get" }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("address", DisplayText.line(address))
        context.set("topics", topics.map(\.context))
        context.set(
            "filters",
            filters.split(whereSeparator: \.isNewline).map { DisplayText.line(String($0)) }.joined(separator: "\n"))
        context.set("cadences", CadenceChoice.all.map { choice($0.value, $0.label, isChosen: $0.value == cadence) })
        context.set("hours", hours)
        context.set("timeZone", DisplayText.line(timeZone))
        context.set("timeZones", CommonTimeZones.all.map { choice($0, $0, isChosen: $0 == timeZone) })
        context.set("maxPapers", String(maxPapers))
        context.set("mostPapers", String(mostPapers))
        context.set("nextDigest", nextDigest.map(texts.moment))
        context.set("seesBeyond", seesBeyond)
        context.set("hasMarks", !marks.isEmpty)
        context.set("liked", marks.map(remark))
        context.set("unsubscribeURL", WebAddress.link(unsubscribeURL))
        context.set("isSaved", isSaved)
        context.set("problem", problem.map(DisplayText.line))
        context.set("filterProblem", filterProblem.map(DisplayText.line))
        return context
    }

    /// The full hours, and the reader's own time where it is none of them.
    private var hours: [TemplateContext] {
        var minutes = (0..<24).map { $0 * 60 }
        if !minutes.contains(minute) {
            minutes.append(minute)
            minutes.sort()
        }
        return minutes.map { time in
            let past = time % 60 < 10 ? "0\(time % 60)" : "\(time % 60)"
            let value = time % 60 == 0 ? "\(time / 60)" : "\(time / 60):\(past)"
            let label = (time < 600 ? "0" : "") + "\(time / 60):\(past)"
            return choice(value, label, isChosen: time == minute)
        }
    }

    private func remark(_ mark: Remark) -> TemplateContext {
        var context = TemplateContext()
        context.set("seq", String(mark.seq))
        context.set("paper", DisplayText.line(mark.title))
        context.set("verdict", mark.isLiked ? "More" : "Less")
        return context
    }

    private func choice(_ value: String, _ label: String, isChosen: Bool) -> TemplateContext {
        var context = TemplateContext()
        context.set("value", value)
        context.set("label", label)
        context.set("isChosen", isChosen)
        return context
    }
}
