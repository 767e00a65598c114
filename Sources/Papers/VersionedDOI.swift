/// DOIs of which preprint servers and reviewing journals register one for each version of a work.
public enum VersionedDOI {
    /// The DOI of the work: `10.21203/rs.3.rs-123456` for `10.21203/rs.3.rs-123456/v2`. Any other DOI is its own.
    ///
    /// - Parameter doi: in lower case.
    static func work(of doi: String) -> String { parts(doi).map { String(doi.utf8.prefix($0.work)) ?? doi } ?? doi }

    /// The version that a DOI or a publisher's address names: 2 for `10.1101/2026.01.02.123456v2`; nil where it names none.
    public static func version(of text: String) -> Int? {
        var doi = text.lowercased()
        if let address = PageAddress(text) {
            if ["doi.org", "dx.doi.org"].contains(address.site) {
                doi = String(address.path.dropFirst()).lowercased()
            } else if let path = PublisherAddress.versionedDOI(address) {
                doi = path.lowercased()
            }
        } else if doi.hasPrefix("doi:") {
            doi.removeFirst(4)
        }
        return parts(doi)?.version
    }

    /// The DOI to ask for, where only those of versions are registered: that of the first version.
    public static func registered(_ work: String) -> String {
        guard let slash = work.firstIndex(of: "/") else { return work }
        switch work[..<slash] {
        case "10.21203", "10.22541": return work + "/v1"
        case "10.20944": return work + ".v1"
        case "10.12688", "10.7490": return work + ".1"
        default: return work
        }
    }

    /// Whether a DOI has the form of those that a server of preprints gives out.
    static func isKnown(_ doi: String) -> Bool { parts(doi) != nil }

    /// How many bytes of a DOI name the work, and which version the rest names.
    private static func parts(_ doi: String) -> (work: Int, version: Int?)? {
        guard let slash = doi.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let suffix = doi.utf8[slash...].dropFirst()
        guard let rule = rule(String(doi[..<slash]), suffix), let found = rule(suffix) else { return nil }
        return (doi.utf8.count - suffix.count + found.work, found.version)
    }

    private typealias Rule = (Substring.UTF8View) -> (work: Int, version: Int?)?

    /// By what the server of a registrant divides work and version.
    private static func rule(_ registrant: String, _ suffix: Substring.UTF8View) -> Rule? {
        switch registrant {
        // openRxiv's: bioRxiv and medRxiv.
        case "10.1101", "10.64898": return openRxiv
        // Research Square; Authorea and ESS Open Archive; TechRxiv; figshare and what runs on it.
        case "10.21203", "10.22541": return { ending($0, ["/v"]) }
        case "10.36227", "10.6084", "10.31124", "10.14293": return { ending($0, ["/v", ".v"]) }
        // ChemRxiv and Cambridge Open Engage, under both their systems.
        case "10.26434", "10.33774": return { ending($0, ["-v", ".v", "/v"]) }
        case "10.20944": return { ending($0, [".v"]) }
        case "10.7287": return { ending($0, ["v"]) }
        // F1000's platforms (`f1000research.12345.2`), eLife (`elife.12345.2`), Qeios.
        case "10.12688", "10.7490", "10.7554": return { numbered($0, after: true) }
        case "10.32388": return { numbered($0, after: false) }
        default: return suffix.hasPrefix("osf.io/") ? { ending($0, ["_v"]) } : nil
        }
    }

    /// `2026.01.02.123456` or, until 2019, `732578`, and then what is shown of it: `v2`, `v2.full.pdf+html`, `.abstract`.
    private static func openRxiv(_ suffix: Substring.UTF8View) -> (work: Int, version: Int?)? {
        let work = suffix.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
        var length = work.count
        let numbers = work.split(separator: UInt8(ascii: "."))
        if numbers.count == 1, let number = numbers.first {
            guard (5...6).contains(number.count) else { return nil }
            length = number.count
        } else {
            guard numbers.count == 4, numbers[0].count == 4, numbers[1].count == 2, numbers[2].count == 2,
                (5...9).contains(numbers[3].count)
            else { return nil }
            length = numbers.map(\.count).reduce(3, +)
        }
        let rest = suffix.dropFirst(length)
        guard let first = rest.first else { return (length, nil) }
        switch first {
        case UInt8(ascii: "v"):
            let digits = rest.dropFirst().prefix(while: \.isASCIIDigit)
            return digits.isEmpty ? nil : (length, Int(Substring(digits)))
        case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "+"): return (length, nil)
        default: return nil
        }
    }

    /// A number of one to three digits behind one of the marks, at the end.
    private static func ending(_ suffix: Substring.UTF8View, _ marks: [String]) -> (work: Int, version: Int?)? {
        let digits = suffix.reversed().prefix(while: \.isASCIIDigit).count
        guard (1...3).contains(digits) else { return nil }
        let head = suffix.dropLast(digits)
        for mark in marks where head.count > mark.utf8.count && head.suffix(mark.utf8.count).elementsEqual(mark.utf8) {
            return (head.count - mark.utf8.count, Int(Substring(suffix.suffix(digits))))
        }
        return nil
    }

    /// A number of one or two digits behind a dot, at the end; `after` wants another number before it.
    private static func numbered(_ suffix: Substring.UTF8View, after isWanted: Bool) -> (work: Int, version: Int?)? {
        let parts = suffix.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let last = parts.last, parts.count == (isWanted ? 3 : 2), (1...2).contains(last.count),
            last.allSatisfy(\.isASCIIDigit), !isWanted || parts[1].allSatisfy(\.isASCIIDigit)
        else { return nil }
        return (suffix.count - last.count - 1, Int(Substring(last)))
    }
}
