import ArgumentParser
import Workers

struct InstanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instance",
        abstract: "The one machine that sends: a copy of the database elsewhere sends nothing.",
        subcommands: [Show.self, TakeOver.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show which machine sends, and which one this is.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let names = try await InstanceGuard(try await common.installation(needs: .records.readOnly)).names()
            Output.line("sends: \(names.sending)")
            Output.line("here:  \(names.here)")
        }
    }

    struct TakeOver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "takeover", abstract: "Make this machine the one that sends.",
            discussion:
                "First stop the other one, or readers get their mails from both. The operator must log in again.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let before = try await InstanceGuard(try await common.installation(needs: .records)).takeOver()
            Output.line(before.map { "this machine sends now, instead of \($0)" } ?? "this machine already sends")
        }
    }
}
