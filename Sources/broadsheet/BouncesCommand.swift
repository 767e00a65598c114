import ArgumentParser
import Core
import Foundation
import Papers
import Store
import Workers

struct BouncesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bounces",
        abstract: "Read mail that came back: bounces, complaints, and requests to unsubscribe.",
        subcommands: [BouncesIngestCommand.self, Poll.self, SetAside.self])

    struct Poll: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the mailbox of bounces.mailbox once.",
            discussion: "`broadsheet serve` does this every few minutes by itself.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .records)
            guard let worker = try BounceWorker(installation) else {
                throw CommandFailure("no mailbox is set: write bounces.mailbox in the settings")
            }
            let counts = try await worker.round { Output.line("\($0)") }
            let aside = counts.setAside == 0 ? "" : ", \(counts.setAside) set aside"
            Output.line("\(counted(counts.taken, "mail")) processed, \(counts.left) left in the mailbox\(aside)")
        }
    }

    struct SetAside: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set-aside",
            abstract: "List the mails that could not be processed and are not read again.",
            discussion: """
                They are still where they were: flagged in an IMAP mailbox, or in a POP3 mailbox. A mail that a mail server \
                piped is gone.
                """)
        @Flag(name: .long, help: "Forget them, so that those still there are read again.") var forget = false
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        private struct Row: Encodable {
            let mail: String
            let reason: String
            let at: Date
        }

        func run() async throws {
            let store = try await common.installation(needs: .records.readOnly).database.setAside
            let mails = try await store.list()
            switch output.format {
            case .json: for mail in mails { try Output.json(Row(mail: mail.mail, reason: mail.reason, at: mail.at)) }
            case .text:
                Output.table(
                    ["SINCE", "MAIL", "REASON"],
                    mails.map { [Output.time($0.at), String($0.mail.prefix(12)), $0.reason] })
            }
            if forget { try await store.clear() }
        }
    }
}
