import Foundation
import Site
import Store

/// Whether the database opens, is intact, has this program's schema and can be written.
struct DatabaseCheck: Sendable {
    let settings: Settings
    let now: Date
    private let name = "database"

    init(settings: Settings, now: Date) {
        self.settings = settings
        self.now = now
    }

    /// - Returns: the findings, and the database where the other checks can use it.
    func run() async -> ([Finding], Database?) {
        do {
            if let file = SQLiteFile(url: settings.database) {
                guard file.exists else { return ([missing(file)], nil) }
                let condition = try await file.examine(.quick)
                guard condition.damage.isEmpty else {
                    return ([damaged(file, condition.damage)], nil)
                }
                try await file.probeWriting()
            }
            let database = try Database(url: settings.database)
            // First of all: a server that is frozen, or waits for its standby, is not to keep us waiting as well.
            try await database.probe()
            let finding = version(try await database.schemaVersion())
            guard finding.state == .ok else { return ([finding], nil) }
            return ([finding] + (try await instance(database)) + (try await failover(database)), database)
        } catch {
            return ([.failed(name, error)], nil)
        }
    }

    private func missing(_ file: SQLiteFile) -> Finding {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.folder, isDirectory: &isFolder), isFolder.boolValue,
            FileManager.default.isWritableFile(atPath: file.folder)
        else {
            return .failed(
                name, "there is none, and the folder \(file.folder) cannot be written",
                mend: "make the folder and give it to the user that runs broadsheet, or correct `database`")
        }
        return .warning(
            name, "there is none at \(file.path) yet",
            mend: "run `broadsheet migrate`, or correct `database` if one should exist")
    }

    private func damaged(_ file: SQLiteFile, _ damage: [String]) -> Finding {
        .failed(
            name, "\(file.path) is damaged: \(damage[0])",
            mend: "stop the service and put the last backup back with `broadsheet restore FILE --force`")
    }

    private func version(_ version: Int64) -> Finding {
        let current = Database.currentSchemaVersion
        if version > current {
            return .failed(
                name, "it has schema version \(version), this program knows up to \(current)",
                mend: "install the newer broadsheet again, or restore a backup from before the upgrade")
        }
        if version < current {
            return .warning(
                name, "it has schema version \(version), this program writes \(current)",
                mend: "run `broadsheet migrate`, after a backup")
        }
        return .ok(name, "intact, writable, schema version \(current)")
    }

    /// Whether the server has failed over lately.
    private func failover(_ database: Database) async throws -> [Finding] {
        guard let date = try await database.lastFailover(), date > now.addingTimeInterval(-Self.newsworthy) else {
            return []
        }
        return [
            .warning(
                "failover", "\(DatabaseWatch.failover) (noticed \(date.formatted(.iso8601)))",
                mend: "mails need no action; check what you changed in those minutes")
        ]
    }

    private static let newsworthy: TimeInterval = 3 * 86_400

    /// Which machine sends; asked only where one is known, since asking would name this one.
    private func instance(_ database: Database) async throws -> [Finding] {
        guard try await database.installation.value(InstanceGuard.key) != nil else { return [] }
        do {
            let installation = try await Installation(
                settings: settings, logger: .init(label: "doctor"), needs: .everything.readOnly)
            try await InstanceGuard(installation).check()
            return [.ok("instance", "this machine is the one that sends")]
        } catch let conflict as InstanceGuard.Conflict {
            return [.warning("instance", "\(conflict)", mend: "make sure that only one machine sends")]
        } catch {
            return []  // what is wrong with texts or keys is found where they are looked at
        }
    }
}
