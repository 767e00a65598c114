import ArgumentParser
import Foundation
import Logging
import Site
import Workers

/// What every command that touches the installation takes.
struct CommonOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "The settings file. (default: config/broadsheet.yaml, else /etc/broadsheet/broadsheet.yaml, if there)")
    var config: String?

    private static let defaultConfigs = ["config/broadsheet.yaml", "/etc/broadsheet/broadsheet.yaml"]

    func settings() async throws -> Settings {
        let file = config ?? Self.defaultConfigs.first { FileManager.default.fileExists(atPath: $0) }
        return try await Settings(file: file, environment: ProcessInfo.processInfo.environment)
    }

    /// Opens the installation. Logs go to standard error; a command that answers a question logs warnings only.
    ///
    /// - Parameter needs: what the command uses; the rest is not read.
    func installation(
        clock: SiteClock = .system, quiet: Bool = true, needs: Installation.Needs = .everything
    ) async throws -> Installation {
        let settings = try await settings()
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
