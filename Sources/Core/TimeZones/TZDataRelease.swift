import Foundation

/// Which release of the time-zone database a folder holds.
public struct TZDataRelease: Sendable, Equatable {
    /// `2026f`, or a package's `2025b-0+deb12u2`; nil where nothing tells it.
    public let version: String?
    /// When its files were made, or the end of the version's year where that was earlier; nil where nothing tells it.
    public let date: Date?

    /// - Parameters:
    ///   - folder: such as `/usr/share/zoneinfo`.
    ///   - packages: what the package manager knows, which tells the version of the system's own folder.
    public init(folder: String, packages: String = "/var/lib/dpkg/status") {
        version =
            Self.tableVersion(folder) ?? Self.versionFile(folder)
            ?? (folder == "/usr/share/zoneinfo" ? Self.packageVersion(packages) : nil)
        let made = ["tzdata.zi", "zone.tab", "zone1970.tab", "Etc/UTC", "UTC"].lazy
            .compactMap { ZoneFolder.stamp(ofFile: "\(folder)/\($0)")?.modified }.first
        date = [made, version.flatMap(Self.lastDay)].compactMap { $0 }.min()
    }

    /// By the first line of `tzdata.zi`: `# version 2026f`.
    private static func tableVersion(_ folder: String) -> String? {
        let head = read("\(folder)/tzdata.zi", most: ZoneFolder.mostOfTable)?.prefix(100)
        let first = head?.split(whereSeparator: \.isNewline).first
        guard let first, first.hasPrefix("# version ") else { return nil }
        return checked(first.dropFirst(10))
    }

    /// By the file that BSDs and macOS have.
    private static func versionFile(_ folder: String) -> String? {
        read("\(folder)/+VERSION", most: 1000).flatMap { checked($0) }
    }

    private static func packageVersion(_ packages: String) -> String? {
        guard let text = read(packages, most: 64 << 20), let start = text.range(of: "Package: tzdata\n") else {
            return nil
        }
        for line in text[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { return nil }
            if line.hasPrefix("Version: ") { return checked(line.dropFirst(9)) }
        }
        return nil
    }

    /// A version is shown as it stands, so it may hold nothing but a version's characters.
    private static func checked(_ text: some StringProtocol) -> String? {
        let version = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let isPlain = version.utf8.allSatisfy { 0x21...0x7E ~= $0 }
        return 1...40 ~= version.utf8.count && isPlain ? version : nil
    }

    private static func read(_ path: String, most: Int) -> String? {
        ZoneFolder.read(path, most: most).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The last moment of the year that a version begins with; it cannot be newer, whenever its files were copied.
    private static func lastDay(_ version: String) -> Date? {
        let digits = version.prefix { $0.isASCII && $0.isNumber }
        guard digits.count == 4, let year = Int(digits), year >= 1990 else { return nil }
        return Date(timeIntervalSince1970: Double(CivilDate.number(year + 1, 1, 1)) * 86_400 - 1)
    }
}
