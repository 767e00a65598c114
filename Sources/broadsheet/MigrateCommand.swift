import ArgumentParser
import Foundation
import Store

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Create the database, or bring it to this version's schema.",
        discussion: "Every command that changes something does this first; use it by itself for an upgrade.")
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let settings = try await common.databaseSettings()
        let applied = try await Database(url: settings.database).migrate(now: Date())
        Output.line(
            applied.isEmpty
                ? "the database is up to date"
                : "migrated to version \(applied.map(String.init).joined(separator: ", "))")
    }
}
