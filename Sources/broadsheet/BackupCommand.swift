import ArgumentParser
import Foundation
import Site
import Store

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the database into a file, also while mails are being sent.",
        discussion: """
            The copy is complete: it has what was committed when it began. It is written as FILE.partial, checked and flushed \
            to disk before it gets its name, and only its owner can read it. Back up the settings, the DKIM keys and, \
            if set, site.key too: without the key, links in mails do not work.
            """)
    @Argument(help: "The file to write.") var file: String
    @Flag(name: .long, help: "Overwrite a file of that name.") var force = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let database = try await DatabaseFile.of(common.databaseSettings(), use: "pg_dump")
        let condition = try await database.backUp(to: file, replacing: force)
        Output.line("\(file): \(DatabaseFile.words(condition))")
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Replace the database with a backup.",
        discussion: """
            The backup is checked before it replaces anything, and the old database is kept beside it as \
            .before-restore. Stop the service first. What was sent after the backup was made is not known to it: so nothing \
            is sent until `broadsheet instance takeover`, and readers may get mails of those days again after it.
            """)
    @Argument(help: "The backup.") var file: String
    @Flag(name: .long, help: "Replace the existing database.") var force = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let database = try await DatabaseFile.of(common.databaseSettings(), use: "pg_restore")
        let restored = try await database.restore(from: file, replacing: force)
        Output.line("\(database.path): \(DatabaseFile.words(restored.condition))")
        if let kept = restored.kept { Output.line("the old database is now \(kept)") }
        Output.complain("nothing is sent from here until you run `broadsheet instance takeover`")
    }
}

/// The file behind the settings' database, where it is one.
private enum DatabaseFile {
    /// - Throws: ``CommandFailure`` for PostgreSQL, whose own programs do it.
    static func of(_ settings: Settings, use program: String) async throws -> SQLiteFile {
        if let file = SQLiteFile(url: settings.database) { return file }
        let version = try? await Database(url: settings.database).schemaVersion()
        let known = version.map { "it has schema version \($0), " } ?? ""
        throw CommandFailure(
            "the database is PostgreSQL: use \(program) for it; \(known)this program writes \(Database.currentSchemaVersion), "
                + "and after putting one back run `broadsheet migrate` and `broadsheet instance takeover`")
    }

    static func words(_ condition: SQLiteFile.Condition) -> String {
        "intact, schema version \(condition.schemaVersion), \(condition.subscribers) subscribers, "
            + "\(condition.papers) papers, \(condition.deliveries) mails in the ledger"
    }
}
