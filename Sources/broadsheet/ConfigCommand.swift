import ArgumentParser
import Site

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The settings there are.", subcommands: [Reference.self])

    struct Reference: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print every setting with its meaning, its default and what may stand there, as Markdown.")

        func run() { Output.text(SettingsGuide.markdown) }
    }
}
