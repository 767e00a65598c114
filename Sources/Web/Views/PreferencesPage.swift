import Core
import Digests
import Mail

/// `GET /preferences?token=…`, and the answer to its POST.
///
/// The form posts `token`, `topic` (repeated), `filter` (one filter a line), `author` (one name a line), `cadence`, `weekday` (1 to 7), `hour` (`7`, or
/// `7:30` where that was set before), `timezone`, `language` and `max_papers`; with `preview` nothing is stored. Forms of their own post
/// to `/preferences/pause` (`until`, a day or empty), `/preferences/resume`, `/preferences/address` (`email`) and
/// `/preferences/export`.
struct PreferencesPage: Page {
    static let template = TemplateName.pagePreferences

    /// How often mails come.
    struct CadenceChoice: Sendable {
        /// What the form's field `cadence` holds.
        var value: String
        var label: TextName

        static let all = [
            CadenceChoice(value: "daily", label: .cadenceDaily),
            CadenceChoice(value: "weekdays", label: .cadenceWeekdays),
            CadenceChoice(value: "weekly", label: .cadenceWeekly),
        ]
    }

    /// What a filter of the form would have brought.
    struct Preview: Sendable {
        /// As typed.
        var filter: String
        /// Why it cannot be read.
        var problem: String?
        var warnings: [String] = []
        var result: Result?

        struct Result: Sendable {
            var ofWeek: Int
            var ofMonth: Int
            /// How many papers were looked at.
            var looked: Int
            /// The latest few, newest first.
            /// With the paths of their pages here: what is shown behind a token leads nowhere else.
            var papers: [(title: String, address: String)]
        }
    }

    /// Where the subscription stands.
    enum Standing: Sendable {
        case active
        /// Nil for a pause without an end.
        case paused(until: CivilDate?)
        /// Not confirmed, or over.
        case over
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
    /// As typed, or as stored: one name a line.
    var authors = ""
    /// One of ``CadenceChoice/all``'s values.
    var cadence: String
    /// Of a weekly mail: 1 is Monday.
    var weekday = 1
    /// After local midnight.
    var minute: Int
    var timeZone: TimeZoneChoice
    /// Of mails and pages.
    var language = Language.english
    var maxPapers: Int
    /// What `max_papers` may be at most.
    var mostPapers = 100
    var nextDigest: DigestMoment?
    /// The box `beyond`.
    var seesBeyond = false
    /// What the reader said of papers, newest first; `POST /preferences/marks` brings the `forget` ones, or `all`.
    var marks: [Remark] = []
    var unsubscribeURL: String
    /// Leads to the step before everything is deleted.
    var deleteURL: String
    var standing = Standing.active
    /// The days until which a pause may last.
    var firstDay: CivilDate?
    var lastDay: CivilDate?
    /// What was typed as the end of a pause, or as a new address, where it was wrong.
    var until: String?
    var newAddress: String?
    /// Nil where none was asked for.
    var previews: [Preview]?
    /// Whether this answers a POST that was stored.
    var isSaved = false
    /// What is wrong with a field other than the filters, the authors and the time zone.
    var problem: String?
    /// What is wrong with the filters.
    var filterProblem: String?
    /// What is wrong with the authors.
    var authorProblem: String?
    /// What is wrong with the end of a pause.
    var pauseProblem: String?
    /// What is wrong with the new address.
    var addressProblem: String?

    func title(_ texts: Texts) -> String { texts[.preferencesHeading] }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("address", DisplayText.line(address))
        context.set("topics", topics.map(\.context))
        context.set("filters", Self.lines(filters))
        context.set("authors", Self.lines(authors))
        context.set("authorProblem", authorProblem.map(DisplayText.line))
        context.set(
            "cadences", CadenceChoice.all.map { choice($0.value, texts[$0.label], isChosen: $0.value == cadence) })
        context.set(
            "languages",
            Language.allCases.map { choice($0.rawValue, $0.ownName, isChosen: $0 == language) })
        context.set("weekdays", weekdays(texts))
        context.set("hours", hours)
        context.set("maxPapers", String(maxPapers))
        context.set("mostPapers", String(mostPapers))
        context.set("nextDigest", nextDigest.map(texts.moment))
        context.set("seesBeyond", seesBeyond)
        context.set("hasMarks", !marks.isEmpty)
        context.set("liked", marks.map { remark($0, texts) })
        context.set("unsubscribeURL", WebAddress.link(unsubscribeURL))
        context.set("isSaved", isSaved)
        context.set("problem", problem.map(DisplayText.line))
        context.set("filterProblem", filterProblem.map(DisplayText.line))
        context.set("isPreview", previews != nil)
        context.set("previews", (previews ?? []).map { Self.preview($0, texts) })
        context.set("hasPreviews", previews?.isEmpty == false)
        context.set("deleteURL", WebAddress.link(deleteURL))
        return context.adding(timeZone.context(texts)).adding(lifeCycle(texts))
    }

    /// Pause and address.
    private func lifeCycle(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("isReader", true)
        switch standing {
        case .active: context.set("isPaused", false)
        case .paused(let day):
            context.set("isPaused", true)
            context.set("pausedUntil", day.map(texts.long))
            context.set("until", day?.description)
        case .over:
            context.set("isReader", false)
        }
        if let until { context.set("until", DisplayText.line(until)) }
        context.set("firstDay", firstDay?.description)
        context.set("lastDay", lastDay?.description)
        context.set("pauseProblem", pauseProblem.map(DisplayText.line))
        context.set("newAddress", newAddress.map(DisplayText.line))
        context.set("addressProblem", addressProblem.map(DisplayText.line))
        return context
    }

    private static func preview(_ preview: Preview, _ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("filter", DisplayText.line(preview.filter))
        context.set("filterError", preview.problem.map(DisplayText.line))
        context.set("warnings", preview.warnings.map { row([("warning", $0)]) })
        guard let result = preview.result else { return context }
        context.set("ofWeek", texts.counted(.papers, result.ofWeek))
        context.set("ofMonth", texts.counted(.papers, result.ofMonth))
        context.set("looked", texts.counted(.papers, result.looked))
        context.set("papers", result.papers.map { row([("title", $0.title), ("url", $0.address)]) })
        return context
    }

    private static func lines(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { DisplayText.line(String($0)) }.joined(separator: "\n")
    }

    private static func row(_ values: [(String, String)]) -> TemplateContext {
        var context = TemplateContext()
        for (name, text) in values { context.set(name, DisplayText.line(text)) }
        return context
    }

    private func weekdays(_ texts: Texts) -> [TemplateContext] {
        texts.weekdays.enumerated().map { index, name in
            choice(String(index + 1), name, isChosen: weekday == index + 1)
        }
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

    private func remark(_ mark: Remark, _ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("seq", String(mark.seq))
        context.set("paper", DisplayText.line(mark.title))
        context.set("verdict", texts[mark.isLiked ? .verdictMore : .verdictLess])
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
