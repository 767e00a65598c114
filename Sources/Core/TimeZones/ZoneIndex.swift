import Foundation

/// The names of zones, cities and countries that a time-zone database holds, for finding what a person means.
struct ZoneIndex: Sendable {
    /// All names: those with a file, and the old ones that `tzdata.zi` says to be others' names.
    private var names: Set<String> = []
    private var byName: [String: [String]] = [:]
    /// By a city, or a city with what stands before it: `indiana/knox`.
    private var byCity: [String: [String]] = [:]
    private var links: [String: String] = [:]
    private var countries: [String: [String]] = [:]
    private var countryCodes: [String: String] = [:]
    private var listed: Set<String> = []

    /// That of a folder, by its files and by `tzdata.zi`, `zone.tab` and `iso3166.tab` where it has them.
    init(_ folder: ZoneFolder) {
        for line in folder.lines("tzdata.zi") {
            let words = line.split(separator: " ", maxSplits: 3)
            if words.first == "L", words.count == 3, ZoneFolder.isName(String(words[2])) {
                links[String(words[2])] = String(words[1])
            }
        }
        readCountries(folder)
        add(folder.names() + links.keys)
    }

    /// That of names alone.
    init(names: [String]) { add(names.filter(ZoneFolder.isName)) }

    private static let tables = ["tzdata.zi", "zone.tab", "zone1970.tab", "iso3166.tab"]

    /// By which a folder whose names may have changed is told from what it was.
    static func stamps(_ folder: ZoneFolder) -> [ZoneFolder.Stamp?] {
        var status = stat()
        let itself = stat(folder.path, &status) == 0 ? ZoneFolder.Stamp(status) : nil
        return [itself] + tables.map { folder.stamp($0) }
    }

    private mutating func add(_ found: [String]) {
        names = Set(found)
        // Those with a place in the table first, so that of several the usual one is proposed.
        for name in names.sorted(by: { (listed.contains($0) ? 0 : 1, $0) < (listed.contains($1) ? 0 : 1, $1) }) {
            byName[Self.folded(name), default: []].append(name)
            let parts = name.split(separator: "/")
            // In Etc/GMT+2 it is two hours earlier than in Greenwich, which is not what “GMT+2” means to people.
            if parts.first == "Etc" { continue }
            for start in parts.indices.dropFirst() {
                byCity[Self.folded(parts[start...].joined(separator: "/")), default: []].append(name)
            }
        }
    }

    private mutating func readCountries(_ folder: ZoneFolder) {
        // In zone.tab each country has lines of its own; zone1970.tab, which is to follow it, puts countries together.
        var lines = folder.lines("zone.tab")
        if lines.isEmpty { lines = folder.lines("zone1970.tab") }
        for line in lines where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t")
            guard fields.count >= 3, ZoneFolder.isName(String(fields[2])) else { continue }
            listed.insert(String(fields[2]))
            for code in fields[0].split(separator: ",") {
                countries[String(code), default: []].append(String(fields[2]))
            }
        }
        for line in folder.lines("iso3166.tab") where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t")
            guard fields.count == 2 else { continue }
            countryCodes[Self.folded(String(fields[1]))] = String(fields[0])
        }
    }

    func has(_ name: String) -> Bool { names.contains(name) }

    /// Those of a name, whatever its case, accents, blanks, hyphens and underscores.
    func zones(named text: String) -> [String] { byName[Self.folded(text)] ?? [] }

    /// Those of a city, the usual ones first.
    func zones(ofCity text: String) -> [String] { byCity[Self.folded(text)] ?? [] }

    /// All cities, folded, for finding a mistyped one.
    var cities: some Sequence<String> { byCity.keys.sorted() }

    /// Those of a country, in the table's order: the most peopled first where that makes sense.
    ///
    /// - Parameter code: ISO 3166's of two letters.
    func zones(ofCountry code: String) -> [String] { countries[code.uppercased()] ?? [] }

    /// Those of a country by its English name or its code.
    func zones(ofCountryNamed text: String) -> [String] {
        zones(ofCountry: countryCodes[Self.folded(text)] ?? text)
    }

    /// Those with a place of their own in the table, else all.
    var usual: [String] { (listed.isEmpty ? names : listed).sorted() }

    /// The zone whose other name a name is; nil where it is none's.
    func target(of name: String) -> String? {
        var target = links[name]
        // A link may lead to another.
        for _ in 0..<4 { target = target.flatMap { links[$0] } ?? target }
        return target.flatMap { ZoneFolder.isName($0) ? $0 : nil }
    }

    /// The name by which a zone is known today: `Asia/Kolkata` for `Asia/Calcutta`, but `Europe/Amsterdam` for itself, though
    /// it has Brussels' clock.
    func current(_ name: String) -> String { listed.contains(name) ? name : target(of: name) ?? name }

    /// Whether a name stands for UTC itself.
    static func isUTC(_ text: String) -> Bool {
        ["UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "ZULU", "Z", "UNIVERSAL", "GREENWICH"].contains(
            text.uppercased())
    }

    /// Without case, accents, blanks, dots, underscores and hyphens, but for the hyphen that is a sign: `Etc/GMT-5`.
    static func folded(_ text: String) -> String {
        let plain = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        var folded = ""
        var hyphens = 0
        for character in plain {
            switch character {
            case "-", "−", "‐", "–": hyphens += 1
            case let sign where sign.isLetter || sign.isNumber || sign == "/" || sign == "+":
                if hyphens == 1, character.isNumber { folded.append("-") }
                folded.append(sign)
                hyphens = 0
            default: break
            }
        }
        return folded.lowercased()
    }
}
