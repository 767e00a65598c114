import Foundation
import Site
import Store

/// Whether the database opens, is intact, has this program's schema and can be written.
struct DatabaseCheck: Sendable {
    let settings: Settings
    private let name = "database"

    init(settings: Settings) { self.settings = settings }

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
            let finding = version(try await database.schemaVersion())
            guard finding.state == .ok else { return ([finding], nil) }
            return ([finding] + (try await instance(database)), database)
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
            mend: "run `broadsheet migrate`, or correct `database` if there should be one")
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

    /// Which machine sends; asked only where one is known, since asking would name this one.
    private func instance(_ database: Database) async throws -> [Finding] {
        guard try await database.installation.value(InstanceGuard.key) != nil else { return [] }
        do {
            let installation = try await Installation(settings: settings, logger: .init(label: "doctor"))
            try await InstanceGuard(installation).check()
            return [.ok("instance", "this machine is the one that sends")]
        } catch let conflict as InstanceGuard.Conflict {
            return [.warning("instance", "\(conflict)", mend: "see that just one machine sends")]
        } catch {
            return []  // what is wrong with texts or keys is found where they are looked at
        }
    }
}
