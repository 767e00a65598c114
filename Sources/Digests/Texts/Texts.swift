import Core
import Foundation
import Mail

/// What the program says in one language outside templates: texts by name, numbers with their nouns, days.
public struct Texts: Sendable {
    public let language: Language
    private let texts: [String: String]
    /// Those with names in them.
    private let forms: [String: TextForm]
    private let dates: DateTexts

    /// - Parameter table: it holds every ``TextName`` and ``CountedName``, as ``TextChecker`` has seen.
    init(_ language: Language, _ table: StringTable) {
        self.language = language
        texts = table.entries.mapValues(\.plain)
        forms = texts.compactMapValues(TextForm.init)
        dates = DateTexts(language)
    }

    /// The texts alone, without templates.
    ///
    /// - Parameter embedded: texts by file name; it must hold the language's strings.
    /// - Throws: ``TemplateError`` for a file that is missing or is not one of texts.
    public init(embedded: [String: String], language: Language = .english) throws(TemplateError) {
        self.init(language, try TemplateSources(embedded: embedded, overrides: nil).table(language))
    }

    public subscript(name: TextName) -> String { texts[name.rawValue] ?? "" }

    /// A text with values in place of their names.
    public func callAsFunction(_ name: TextName, _ values: [String: String]) -> String {
        filled(name.rawValue, values)
    }

    /// What is said of a filter, with values in place of their names.
    public func callAsFunction(_ name: FilterTextName, _ values: [String: String]) -> String {
        filled(name.key, values)
    }

    /// A part of the guide to filters, with values in place of their names.
    public func callAsFunction(_ name: GuideTextName, _ values: [String: String] = [:]) -> String {
        filled(name.key, values)
    }

    /// `1 paper`, `12 papers`, `1,204 papers`.
    public func counted(_ name: CountedName, _ count: Int) -> String {
        let form = PluralForm(count, in: language)
        return filled("\(name.rawValue).\(form.rawValue)", ["count": dates.number(count)])
    }

    /// The same; nil for none.
    public func some(_ name: CountedName, _ count: Int) -> String? { count > 0 ? counted(name, count) : nil }

    /// `Agents, Robotics`
    public func list(_ parts: [String]) -> String { parts.joined(separator: self[.listSeparator]) }

    /// `1,204`
    public func number(_ number: Int) -> String { dates.number(number) }

    /// `Monday, 23 November 2026`
    public func long(_ day: CivilDate) -> String { dates.long(day) }
    /// `23 Nov 2026`, with blanks where no line breaks.
    public func short(_ day: CivilDate) -> String { dates.short(day) }
    /// `23 November 2026`
    public func plain(_ day: CivilDate) -> String { dates.plain(day) }
    /// `Monday` to `Sunday`.
    public var weekdays: [String] {
        // 5 January 1970 was a Monday.
        (4...10).map { dates.weekday(CivilDate(daysSince1970: $0)) }
    }
    /// `November 2026`
    public func month(of day: CivilDate) -> String { dates.month(day) }

    /// `Tuesday, 24 November 2026, 07:00 (Europe/Berlin)`
    public func moment(_ moment: DigestMoment) -> String {
        self(.moment, ["day": long(moment.day), "time": moment.time, "zone": moment.timeZone.ruling.identifier])
    }

    private func filled(_ name: String, _ values: [String: String]) -> String {
        forms[name]?.filled(values) ?? texts[name] ?? ""
    }
}

/// A text with names in double braces, read once.
private struct TextForm: Sendable {
    private enum Piece {
        case literal(String)
        case name(String)
    }

    private let pieces: [Piece]

    /// - Returns: nil for a text without a name.
    init?(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            pieces.append(.literal(String(rest[..<start.lowerBound])))
            pieces.append(.name(rest[start.upperBound..<end.lowerBound].trimmed))
            rest = rest[end.upperBound...]
        }
        guard !pieces.isEmpty else { return nil }
        self.pieces = pieces + [.literal(String(rest))]
    }

    /// Values are put in as they are, whatever braces they hold.
    func filled(_ values: [String: String]) -> String {
        pieces.reduce(into: "") { result, piece in
            switch piece {
            case .literal(let text): result += text
            case .name(let name): result += values[name] ?? ""
            }
        }
    }
}

/// Which form of a noun a number takes (Unicode CLDR, plural rules of our languages for whole numbers below a million).
enum PluralForm: String {
    case one, other

    init(_ count: Int, in language: Language) {
        switch language {
        case .english, .german, .spanish: self = count == 1 ? .one : .other
        case .french: self = count == 0 || count == 1 ? .one : .other
        case .japanese, .chinese: self = .other
        }
    }

    /// The forms a language has.
    static func all(in language: Language) -> Set<PluralForm> {
        Set([0, 1, 2].map { PluralForm($0, in: language) })
    }
}
