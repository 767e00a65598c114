import Foundation

/// Why a text is taken for no time zone, and what may be meant.
public struct UnknownTimeZone: Error, CustomStringConvertible, Sendable, Equatable {
    /// As typed, but for what cannot be shown on a line.
    public let typed: String
    /// Names that exist, the likeliest first, at most three.
    public let proposals: [String]
    /// Set where the name is right and its file is not.
    public let fault: BrokenZone?

    init(_ typed: String, _ proposals: [String] = [], fault: BrokenZone? = nil) {
        self.typed = String(
            String.UnicodeScalarView(
                typed.unicodeScalars.prefix(64).filter { !$0.properties.generalCategory.isControl }))
        self.proposals = proposals
        self.fault = fault
    }

    /// Two sentences in English, such as `Unknown time zone “BST”. Try Europe/London.`
    public var description: String {
        let sentences = [problem, mend].map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
        return sentences.joined(separator: " ")
    }

    /// `unknown time zone “BST”`
    public var problem: String {
        fault.map { "the time zone “\(typed)” cannot be used: \($0.file): \($0.problem)" }
            ?? "unknown time zone “\(typed)”"
    }

    /// `try Europe/London`
    public var mend: String {
        fault == nil ? "try \(choice)" : "install the system’s tzdata again"
    }

    /// A zone that is named where nothing like the typed text is known.
    public static let example = "Europe/Berlin"

    /// `Asia/Kolkata, Europe/Dublin or Asia/Jerusalem`; an example where there is no proposal.
    private var choice: String {
        guard let last = proposals.last else { return Self.example }
        let others = proposals.dropLast()
        return others.isEmpty ? last : "\(others.joined(separator: ", ")) or \(last)"
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isControl: Bool {
        switch self {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}

extension TimeZoneDatabase {
    private static let mostProposals = 3

    /// The zone that a person means by a text.
    ///
    /// Understood are IANA's names, old ones included, in whatever case and with blanks for underscores, and a city that they
    /// name once (`Zürich`, `new york`). Abbreviations are not: BST, IST, CST and others mean several zones, and one that is
    /// named EST has no summer time.
    ///
    /// - Throws: ``UnknownTimeZone`` with proposals.
    public func zone(named text: String) throws(UnknownTimeZone) -> CivilZone {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty, text.utf8.count <= 100 else { throw UnknownTimeZone(text) }
        if ZoneIndex.isUTC(text) { return zone(stored: "UTC") }
        // As older versions exported what was typed as “GMT+2”.
        if ZoneEntry.offset(inName: text) != nil { return zone(stored: text) }
        if let names = ZoneAbbreviations.meanings(of: text) { throw UnknownTimeZone(text, existing(names)) }
        if text.contains("/"), let zone = zone(existing: text) { return zone }
        let index = index
        if let zone = zone(fullyNamed: text, index) { return zone }
        if let fault = index.has(text) ? fault(text) : nil { throw UnknownTimeZone(text, fault: fault) }
        // “Zurich, Switzerland”
        let city = text.split(separator: ",").first.map(String.init) ?? text
        let cities = distinct(index.zones(ofCity: city).map(index.current))
        if let only = cities.first, cities.count == 1, let zone = zone(existing: only) { return zone }
        throw UnknownTimeZone(text, proposals(for: city, cities, index))
    }

    /// By a whole name; one that is an abbreviation at the same time, as EST and CET are, does not count.
    private func zone(fullyNamed text: String, _ index: ZoneIndex) -> CivilZone? {
        let names = index.zones(named: text)
        guard let name = names.first(where: { $0 == text }) ?? names.first else { return nil }
        guard !name.contains("/") else { return zone(existing: name) }
        // The only names without an area today are old: Japan, Singapore, EST5EDT.
        guard let found = zone(existing: name), !isAbbreviation(name, of: found) else { return nil }
        return zone(existing: index.current(name)) ?? found
    }

    private func isAbbreviation(_ name: String, of zone: CivilZone) -> Bool {
        guard case .file(let file) = zone.rules else { return name.utf8.count <= 5 && name == name.uppercased() }
        return name == "Factory" || file.types.contains { $0.designation == name }
    }

    private func proposals(for text: String, _ cities: [String], _ index: ZoneIndex) -> [String] {
        if !cities.isEmpty { return existing(cities) }
        // The right city in a wrong area: “America/Zurich”.
        let last = text.split(separator: "/").last.map(String.init) ?? text
        let elsewhere = existing(distinct(index.zones(ofCity: last).map(index.current)))
        if !elsewhere.isEmpty { return elsewhere }
        let country = existing(index.zones(ofCountryNamed: text))
        if !country.isEmpty { return country }
        let abbreviated = existing(zones(abbreviated: text.uppercased(), index))
        if !abbreviated.isEmpty { return abbreviated }
        guard let near = Suggestion.closest(to: ZoneIndex.folded(last), in: index.cities) else { return [] }
        return existing(distinct(index.zones(ofCity: near).map(index.current)))
    }

    /// Those whose clocks use an abbreviation now.
    private func zones(abbreviated text: String, _ index: ZoneIndex) -> [String] {
        guard 2...6 ~= text.utf8.count, text.utf8.allSatisfy({ 65...90 ~= $0 }) else { return [] }
        let now = Date.now.wholeSeconds
        return index.usual.filter { name in
            guard case .file(let file)? = zone(existing: name)?.rules else { return false }
            return file.designations(since: now).contains { $0.uppercased() == text }
        }
    }

    private func existing(_ names: [String]) -> [String] {
        Array(names.lazy.filter { self.zone(existing: $0) != nil }.prefix(Self.mostProposals))
    }

    /// Without names of zones that are the same under another name.
    private func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { name in zone(existing: name).map { seen.insert($0.fingerprint).inserted } ?? false }
    }

    /// The zone of a country all of whose clocks go alike for the next years, by its most peopled place; nil for one with
    /// several zones, and where the database has no table of countries.
    ///
    /// - Parameter code: ISO 3166's of two letters, such as `CH`.
    public func zone(ofCountry code: String, at now: Date = .now) -> CivilZone? {
        let zones = index.zones(ofCountry: code).compactMap { zone(existing: $0) }
        guard let first = zones.first else { return nil }
        let begin = now.wholeSeconds
        let end = begin + 5 * 366 * 86_400
        let changes = first.changes(from: begin, until: end)
        return zones.dropFirst().allSatisfy { $0.changes(from: begin, until: end) == changes } ? first : nil
    }
}
