import ArgumentParser
import Foundation
import Store
import Transport
import Workers

struct RelaysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relays",
        abstract: "What was found out of the mail servers that mail is handed to.",
        discussion: """
            How far ahead of a server's replies it can be sent commands, and how many messages it takes of a connection, is \
            found out and remembered for as long as the server names itself the same.
            """,
        subcommands: [List.self, Forget.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List them with what was found out.")
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        private struct Row: Encodable {
            let relay: String
            let identity: String
            let pipelining: String?
            let reason: String?
            let since: Date?
            let messagesPerConnection: Int?
        }

        func run() async throws {
            let installation = try await common.installation(needs: .records.readOnly)
            let relays = try await installation.database.relays.all(at: Date())
            switch output.format {
            case .json:
                for relay in relays {
                    try Output.json(
                        Row(
                            relay: relay.address, identity: relay.identity, pipelining: relay.pipelining,
                            reason: relay.reason, since: relay.pipeliningAt,
                            messagesPerConnection: relay.messageLimit))
                }
            case .text:
                Output.table(
                    ["RELAY", "PIPELINING", "PER CONNECTION", "SINCE", "REASON", "NAMES ITSELF"],
                    relays.map { relay in
                        [
                            relay.address, relay.pipelining ?? "-", relay.messageLimit.map(String.init) ?? "-",
                            Output.time(relay.pipeliningAt), relay.reason ?? "-", relay.identity,
                        ]
                    })
            }
        }
    }

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget what was found out of a mail server, so that it is met anew.",
            discussion: """
                For a server that was mended or set up anew without naming itself differently. Running senders notice within \
                a few seconds; connections that are open keep to what they know.
                """)
        @Argument(help: "Its address, as `relays list` or smtp.url has it.") var relay: String?
        @Flag(name: .long, help: "Forget all of them.") var all = false
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard (relay == nil) == all else {
                throw ValidationError("name one mail server, as `broadsheet relays list` does, or say --all")
            }
        }

        func run() async throws {
            // User and password, which smtp.url may hold, are no part of what is stored.
            let address = try relay.map { try SMTPServer(url: $0).description }
            let count = try await common.installation(needs: .records).database.relays.forget(address)
            if let address, count == 0 {
                throw CommandFailure("nothing is known of \(address): `broadsheet relays list` tells of which there is")
            }
            let servers = count == 1 ? "1 mail server is" : "\(count) mail servers are"
            Output.line("\(address.map { "\($0) is" } ?? servers) met anew")
        }
    }
}
