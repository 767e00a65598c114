import ArgumentParser
import Foundation
import Logging
import Site
import Store
import Workers

/// What every command that touches the installation takes.
struct CommonOptions: ParsableArguments {
    @Option(
        name: .long,
        help:
            "The settings file. (default: $BROADSHEET_CONFIG, else config/broadsheet.yaml or /etc/broadsheet/broadsheet.yaml, if there)"
    )
    var config: String?

    private static let defaultConfigs = ["config/broadsheet.yaml", "/etc/broadsheet/broadsheet.yaml"]

    private var file: String? {
        let named = ProcessInfo.processInfo.environment[Settings.fileVariable].flatMap { $0.isEmpty ? nil : $0 }
        return config ?? named ?? Self.defaultConfigs.first { FileManager.default.fileExists(atPath: $0) }
    }

    /// Of commands that need no database.
    func settings() async throws -> Settings {
        try await Settings(file: file, environment: ProcessInfo.processInfo.environment)
    }

    /// Of commands that open the database, which is not to be made by mistake.
    ///
    /// - Throws: besides what is wrong with the settings, ``CommandFailure`` where there are none at all and no database
    ///   either, and where there is none where they say but one in the folder where this command is run.
    func databaseSettings() async throws -> Settings {
        let settings = try await settings()
        let variables = ProcessInfo.processInfo.environment
        if variables["BROADSHEET_DATABASE"] != nil || variables["BROADSHEET_DATABASE_FILE"] != nil { return settings }
        let files = FileManager.default
        guard let database = SQLiteFile(url: settings.database) else { return settings }
        let here = SQLiteFile(
            path: files.currentDirectoryPath + "/" + URL(fileURLWithPath: database.path).lastPathComponent)
        guard let file else {
            guard here.exists else {
                throw CommandFailure(
                    "there are no settings in this folder, and no database: name the settings file with --config or BROADSHEET_CONFIG, or the database with BROADSHEET_DATABASE=sqlite:PATH"
                )
            }
            return settings
        }
        if !database.exists, here.exists {
            throw CommandFailure(
                "by \(file) the database is \(database.path), which is not there, but there is one in this folder: move it there, with its -wal and -shm and the service stopped, or set database: sqlite:\(here.path)"
            )
        }
        return settings
    }

    /// Opens the installation. Logs go to standard error; a command that answers a question logs warnings only.
    ///
    /// - Parameter needs: what the command uses; the rest is not read.
    func installation(
        clock: SiteClock = .system, quiet: Bool = true, needs: Installation.Needs = .everything
    ) async throws -> Installation {
        let settings = try await databaseSettings()
        let level: Logger.Level = Logger.Level(rawValue: settings.logLevel.rawValue) ?? .info
        return try await Installation(
            settings: settings, clock: clock,
            logger: Self.logger(level: quiet ? max(level, .warning) : level, format: settings.logFormat),
            needs: needs)
    }

    static func logger(level: Logger.Level, format: LogFormat = .text) -> Logger {
        Logger(label: "broadsheet", factory: { LineLogHandler(label: $0, format: format, level: level) })
    }
}

/// How data is printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

struct FormatOption: ParsableArguments {
    @Option(name: .long, help: "text for people, json for programs: one object a line.")
    var format: OutputFormat = .text
}

/// An instant as ISO 8601 writes it: `2026-11-23T07:00:00Z` or with an offset, `2026-11-23T08:00:00+01:00`.
struct Instant: ExpressibleByArgument {
    let date: Date

    init?(argument: String) {
        let plain = Date.ISO8601FormatStyle()
        let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = (try? plain.parse(argument)) ?? (try? fractional.parse(argument)) else { return nil }
        self.date = date
    }
}
