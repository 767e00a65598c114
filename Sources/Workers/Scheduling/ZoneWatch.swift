import Core
import Foundation
import Store
import Synchronization

/// Notices when the rules of time zones have changed, as by an upgrade of the system's tzdata, also while no program ran: what
/// was scheduled by the old ones moves.
final class ZoneWatch: Sendable {
    private let installation: Installation
    private let database: TimeZoneDatabase
    private let seen = Mutex<(generation: Int?, unknown: Set<String>)>((nil, []))

    /// Under which the installation remembers by which rules it has scheduled.
    private static let key = "zone_rules"

    init(_ installation: Installation, _ database: TimeZoneDatabase = .system) {
        self.installation = installation
        self.database = database
    }

    /// Looks the first time, and again where rules have changed since.
    func look(at now: Date) async throws {
        let generation = database.generation
        guard seen.withLock({ $0.generation != generation }) else { return }
        let inUse = try await installation.database.subscribers.zonesInUse()
        tellUnknown(inUse)
        let known = Self.lines(try await installation.database.installation.value(Self.key) ?? "")
        let rules = Dictionary(
            inUse.keys.map { database.zone(stored: $0) }.map { ($0.identifier, $0.fingerprint) },
            uniquingKeysWith: { first, _ in first })
        let changed = Set(rules.filter { known[$0.key] != $0.value }.keys)
        if !changed.isEmpty {
            let moved = try await installation.database.subscribers.followRules(ofZones: changed, at: now)
            if moved > 0 {
                installation.logger.notice(
                    "time zones have new rules, which move the times of \(counted(moved, "reader"))")
            }
            try await installation.database.installation.set(Self.key, Self.text(known.merging(rules) { $1 }))
        }
        seen.withLock { $0.generation = generation }
    }

    /// Once for each name.
    private func tellUnknown(_ inUse: [String: Int]) {
        for (name, readers) in inUse.sorted(by: { $0.key < $1.key }) where !database.zone(stored: name).isKnown {
            guard seen.withLock({ $0.unknown.insert(name).inserted }) else { continue }
            installation.logger.warning(
                "unknown time zone “\(name)”, which \(counted(readers, "reader")) chose: their mails go by \(database.fallback)"
            )
        }
    }

    private static func lines(_ text: String) -> [String: String] {
        Dictionary(
            text.split(separator: "\n").compactMap { line in
                let parts = line.split(separator: "=", maxSplits: 1)
                return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func text(_ rules: [String: String]) -> String {
        rules.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
    }
}
