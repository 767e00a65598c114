import ArgumentParser
import Foundation
import Site
import Workers

/// Runs a command and turns what it throws into one line on standard error and an exit status.
@main
enum Main {
    static func main() async {
        do {
            var command = try Broadsheet.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            // Help, versions and wrong usage are the argument parser's own; everything else is one of our sentences.
            guard Broadsheet.exitCode(for: error) == .failure, !(error is ExitCode) else {
                Broadsheet.exit(withError: error)
            }
            let faults = (error as? SettingsFaults)?.faults.map { "\($0)" } ?? ["\(error)"]
            for fault in faults { Output.complain("broadsheet: \(fault)") }
            exit(1)
        }
    }
}

struct Broadsheet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broadsheet",
        abstract: "Mails people the research papers they asked for, every morning.",
        discussion: """
            Settings come from config/broadsheet.yaml or /etc/broadsheet/broadsheet.yaml (see --config and BROADSHEET_CONFIG) and from environment variables \
            named BROADSHEET_…, which win. Try `broadsheet demo` first: it needs no account, no network and no settings.
            """,
        version: "broadsheet \(ProgramVersion.text)",
        subcommands: [
            DemoCommand.self, ServeCommand.self, IngestCommand.self, DeliverCommand.self, FeedsCommand.self,
            PapersCommand.self,
            FiltersCommand.self, TopicsCommand.self, SubscribersCommand.self, DigestCommand.self, ExplainCommand.self,
            BouncesCommand.self, SuppressionsCommand.self, RelaysCommand.self, DKIMCommand.self, InstanceCommand.self,
            MigrateCommand.self, ConfigCommand.self, DoctorCommand.self, StatsCommand.self, BackupCommand.self,
            RestoreCommand.self, CopyCommand.self, AdminCommand.self,
        ])
}
