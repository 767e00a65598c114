import ArgumentParser
import Foundation
import Store

struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy everything from one database into an empty one, of either kind.",
        discussion: """
            Both are sqlite:PATH or postgres://USER@HOST/DATABASE; give passwords in ~/.pgpass, for other users of this \
            machine can read a command line. Stop the service first: what is written meanwhile is not copied. Either everything \
            is copied or, if anything fails, nothing.
            """)
    @Option(name: .long, help: "The database to read.") var from: String
    @Option(name: .long, help: "The database to fill, which must be empty.") var to: String

    func run() async throws {
        let source = try Database(url: from)
        let target = try Database(url: to)
        try await target.migrate(now: Date())
        let progress = ProgressLine("copying")
        defer { progress.clear() }
        let counts = try await DatabaseCopy(from: source, to: target).run { table, rows, all in
            progress.show(Double(rows) / Double(max(1, all)), note: "\(table), \(rows) rows")
        }
        progress.clear()
        for (table, count) in counts { Output.line("\(table): \(count)") }
        Output.complain(
            "Name the new database in the settings, and then run `broadsheet instance takeover`, so that only it sends."
        )
    }
}
