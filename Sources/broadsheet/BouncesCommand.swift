import ArgumentParser
import Foundation
import Workers

struct BouncesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bounces",
        abstract: "Take in mail that came back: bounces, complaints, and people who leave by mail.",
        subcommands: [Ingest.self, Poll.self])

    struct Ingest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take one mail from a file or, as a mail server pipes it, from standard input.",
            discussion: """
                In Postfix's master.cf or .forward:  |"broadsheet bounces ingest --config /etc/broadsheet.yaml -"
                The status is 0 for whatever was read, understood or not, so that nothing bounces again, and 75 (try \
                later) where it could not be stored.
                """)
        @Argument(help: "A file with one mail, or - for standard input.") var file = "-"
        @OptionGroup var common: CommonOptions

        /// EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again.
        private static let tryLater = ExitCode(75)
        /// Longer mails are cut off: what a bounce says stands at its beginning.
        private static let mostBytes = 10 << 20

        func run() async throws {
            do {
                let installation = try await common.installation()
                if installation.returnAddresses == nil {
                    Output.complain("broadsheet: set bounces.address, or few bounces can be told from each other")
                }
                Output.line("\(try await BounceDesk(installation).take(try read()))")
            } catch {
                Output.complain("broadsheet: \(error)")
                throw file == "-" ? Self.tryLater : ExitCode.failure
            }
        }

        private func read() throws -> [UInt8] {
            let handle =
                file == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
            return Array(try handle.read(upToCount: Self.mostBytes) ?? Data())
        }
    }

    struct Poll: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look into the mailbox of bounces.mailbox once.",
            discussion: "`broadsheet serve` does so every few minutes by itself.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation()
            guard let worker = try BounceWorker(installation) else {
                throw CommandFailure("no mailbox is set: write bounces.mailbox in the settings")
            }
            let counts = try await worker.round { Output.line("\($0)") }
            Output.line("\(counts.taken) mails dealt with, \(counts.left) left in the mailbox")
        }
    }
}
