import Core
import Digests
import Filters
import Foundation
import Mail
import Papers
import Site
import Store
import Workers

/// The form of the preferences page, as it was filled in.
struct PreferencesForm {
    /// The most papers in one mail, and the most filters, that may be asked for.
    static let mostPapers = 100
    static let mostFilters = SubscriptionService.mostFilters

    /// With what the form says; of a field that is wrong the old value stays.
    private(set) var changed: Subscriber
    /// What is wrong with a field other than the filters, the authors and the time zone.
    private(set) var problem: String?
    private(set) var filterProblem: String?
    private(set) var authorProblem: String?
    /// What is wrong with the time zone.
    private(set) var unknownZone: UnknownTimeZone?

    var hasProblem: Bool { problem != nil || filterProblem != nil || authorProblem != nil || unknownZone != nil }

    /// - Parameter subscriber: whose form it is.
    init(_ fields: FormFields, of subscriber: Subscriber, topics: Topics, _ texts: Texts) {
        changed = subscriber
        changed.interests.topics = fields.all("topic").filter { topics[slug: $0] != nil }
        let (filters, filterProblem) = Self.filters(fields["filter"] ?? "", texts)
        changed.interests.filters = filters
        self.filterProblem = filterProblem
        // A page that was made before the field keeps what there is.
        if let names = fields["author"] {
            let (authors, authorProblem) = Self.authors(names, texts)
            changed.interests.authors = authors
            self.authorProblem = authorProblem
        }
        let field = TimeZoneField(fields["timezone"] ?? "", now: subscriber.schedule.timeZone)
        changed.schedule.timeZone = field.zone
        unknownZone = field.unknown
        if let minute = Self.minute(fields["hour"] ?? "") { changed.schedule.minute = minute }
        if let cadence = Cadence(rawValue: fields["cadence"] ?? "") { changed.schedule.cadence = cadence }
        if let day = WholeNumber.parse(fields["weekday"] ?? "", in: 1...7) { changed.schedule.weekday = Int(day) }
        if let most = WholeNumber.parse(fields["max_papers"] ?? "", in: 1...Int64(Self.mostPapers)) {
            changed.maxPapers = Int(most)
        } else {
            problem = problem ?? texts(.problemHowMany, ["most": String(Self.mostPapers)])
        }
        changed.seesBeyond = fields["beyond"] != nil
        if let language = Language(rawValue: fields["language"] ?? "") { changed.language = language }
    }

    /// The filters as lines of the form, without empty ones.
    static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// One filter a line, in canonical form; or what is wrong with the first that cannot be read.
    private static func filters(_ text: String, _ texts: Texts) -> ([String], problem: String?) {
        let lines = lines(text)
        guard lines.count <= mostFilters else {
            return ([], texts(.problemManyFilters, ["count": String(lines.count), "most": String(mostFilters)]))
        }
        var filters: [String] = []
        for (number, line) in lines.enumerated() {
            do throws(FilterError) {
                let filter = try Filter(line).description
                if !filters.contains(filter) { filters.append(filter) }
            } catch {
                let values = ["line": String(number + 1), "filter": line, "reason": texts(error)]
                return ([], texts(.problemFilter, values))
            }
        }
        return (filters, nil)
    }

    /// One name a line; or what is wrong with the first that cannot be one.
    private static func authors(_ text: String, _ texts: Texts) -> ([AuthorName], problem: String?) {
        let lines = lines(text)
        let most = SubscriptionService.mostAuthors
        guard lines.count <= most else {
            return ([], texts(.problemManyAuthors, ["count": String(lines.count), "most": String(most)]))
        }
        // Each line by itself, so that the one that is wrong can be told.
        for (number, line) in lines.enumerated() where (try? AuthorName(line)) == nil {
            let shown = Shortened.words(line, limit: AuthorName.maximumLength)
            return ([], texts(.problemAuthor, ["line": String(number + 1), "name": shown]))
        }
        return ((try? AuthorName.lines(text)) ?? [], nil)
    }

    /// `7` or `7:30`, as the form's list has it.
    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":").map { Int($0) }
        guard let hour = parts.first ?? nil, (0...23).contains(hour) else { return nil }
        let minute = parts.count == 2 ? parts[1] ?? -1 : 0
        return (0...59).contains(minute) ? hour * 60 + minute : nil
    }
}
