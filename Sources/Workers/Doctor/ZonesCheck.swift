import Core
import Foundation
import Store

/// Whether the rules of time zones are the system's, and of which release.
struct ZonesCheck: Sendable {
    let database: Database?
    let now: Date
    private let name = "tzdata"

    /// Governments change their clocks every few months; a release that is older than this lacks some.
    private static let old: TimeInterval = 366 * 86_400
    private static let mend = "install the system’s newest package: `apt update && apt install tzdata`"

    init(database: Database?, now: Date) {
        self.database = database
        self.now = now
    }

    func run() async -> [Finding] { [release] + (await unknown) }

    private var release: Finding {
        guard case .folder(let folder) = TimeZoneDatabase.system.source else {
            return .warning(
                name, "there is none; times go by the rules inside the program, which no upgrade of the system renews",
                mend: Self.mend)
        }
        let release = TZDataRelease(folder: folder)
        let version = release.version ?? "of an unknown version"
        guard let date = release.date else { return .ok(name, "\(version), in \(folder)") }
        let days = max(0, Int(now.timeIntervalSince(date) / 86_400))
        let found = "\(version), in \(folder), \(counted(days, "day")) old"
        return now.timeIntervalSince(date) > Self.old ? .warning(name, found, mend: Self.mend) : .ok(name, found)
    }

    /// Names that readers have and the release has not.
    private var unknown: [Finding] {
        get async {
            guard let zones = try? await database?.subscribers.zonesInUse() else { return [] }
            return zones.sorted { $0.key < $1.key }.filter { !CivilZone(stored: $0.key).isKnown }.map { zone, readers in
                .warning(
                    name,
                    "unknown time zone “\(zone)”, which \(counted(readers, "reader")) chose; their mails go by digest.time_zone",
                    mend: "give them another with `broadsheet subscribers update ADDRESS --time-zone ZONE`")
            }
        }
    }
}
