import ArgumentParser
import Foundation
import Mail
import Store
import Workers

struct DigestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest", abstract: "Look at digests before they are sent.",
        subcommands: [Preview.self, Send.self]
    )

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send one test mail: the digest that an address would get now.",
            discussion: """
                A subscriber gets the digest of what is new, else of the newest papers that match; any other address what \
                trends, with links that open nothing. It goes out at once, signed as all mails are; nothing is recorded, and \
                the next digest comes as if it had not been.
                """)
        @Argument(help: "The address.") var email: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let address = try Address(email)
            let installation = try await common.installation(needs: .everything.readOnly)
            let report = try await TestMail(installation).send(to: address)
            guard report.isAccepted else {
                throw CommandFailure("\(report.server) did not take the mail to \(address): \(report.reply)")
            }
            if !report.isReaders {
                Output.complain("\(address) is no subscriber: it is sent what trends, and the links open nothing")
            }
            Output.line("“\(report.subject)” was sent to \(address) by \(report.server): \(report.reply)")
        }
    }

    struct Preview: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the digest that a subscriber would get now, without sending or recording anything.",
            discussion: "Where nothing new matches, it is made from the newest papers, had or not, and says so.")
        @Argument(help: "The address.") var email: String
        @Option(name: .long, help: "The folder for digest.eml, digest.html and digest.txt.") var output: String
        @Option(name: .long, help: "As if it were this time, such as 2026-11-23T07:00:00Z.") var at: Instant?
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let clock = at.map { SiteClock.starting(at: $0.date) } ?? .system
            let installation = try await common.installation(clock: clock, needs: .everything.readOnly)
            let subscriber = try await find(email, in: installation)
            guard let preview = try await DigestPreview(installation).digest(for: subscriber) else {
                throw CommandFailure(
                    "no stored paper matches what \(email) reads; run `broadsheet ingest --once` first")
            }
            if preview.isRepeat {
                Output.complain("nothing new matches: these are the newest papers that do, had or not")
            }
            let folder = URL(fileURLWithPath: output)
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                for (name, data) in [
                    ("digest.eml", Data(preview.message)), ("digest.html", Data(preview.html.utf8)),
                    ("digest.txt", Data(preview.text.utf8)),
                ] {
                    let file = folder.appendingPathComponent(name)
                    // The links in it are the reader's own.
                    try PrivateFile.write(data, to: file.path)
                    Output.line(file.path)
                }
            } catch let error as StoreError {
                throw CommandFailure("\(error)")
            } catch {
                throw CommandFailure("cannot write to \(output) (\(error.localizedDescription)); name another folder")
            }
        }
    }
}
