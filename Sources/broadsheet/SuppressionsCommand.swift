import ArgumentParser
import Foundation
import Mail
import Store
import Workers

struct SuppressionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suppressions", abstract: "Addresses that never get mail, no matter who subscribes them.",
        discussion: "They are kept as keyed hashes: the list shows an address only if it belongs to a subscription.",
        subcommands: [List.self, Add.self, Remove.self, Import.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List them with their reasons, oldest first.")
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        private struct Row: Encodable {
            let address: String?
            let hash: String
            let reason: String
            let since: Date
        }

        func run() async throws {
            let installation = try await common.installation(needs: .records.readOnly)
            let known = try await SubscriptionService(installation).suppressedAddresses()
            var rows: [Row] = []
            var last: Suppression?
            while case let page = try await installation.database.suppressions.list(after: last), !page.isEmpty {
                last = page.last
                rows += page.map {
                    Row(
                        address: known[$0.addressHash]?.description, hash: $0.addressHash, reason: $0.reason,
                        since: $0.at)
                }
            }
            switch output.format {
            case .json: for row in rows { try Output.json(row) }
            case .text:
                Output.table(
                    ["SINCE", "ADDRESS", "REASON"],
                    rows.map { [Output.time($0.since), $0.address ?? "#\($0.hash.prefix(12))", $0.reason] })
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Never mail an address; its subscription, if any, ends.")
        @Argument(help: "The address.") var email: String
        @Option(name: .long, help: "Why.") var reason = "by the operator"
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let address = try Address(email)
            let isNew = try await SubscriptionService(try await common.installation(needs: .records))
                .suppress(address, reason: reason, source: "cli")
            Output.line(isNew ? "\(address) is never mailed" : "\(address) is already suppressed; its reason stays")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let an address be mailed again.",
            discussion: "A subscription that bounced is then paused; `subscribers resume` starts it again.")
        @Argument(help: "The address.") var email: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let address = try Address(email)
            let state = try await SubscriptionService(try await common.installation(needs: .records)).release(
                address, source: "cli")
            switch state {
            case .paused?:
                Output.line("\(address) is paused; `broadsheet subscribers resume \(address)` starts it again")
            case let state?: Output.line("\(address) may be mailed again; the subscription is \(state.rawValue)")
            case nil: Output.line("\(address) may be mailed again")
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take over such addresses from another service.",
            discussion: """
                One address on each line, or a table with a column email and perhaps reason. Running it again changes \
                nothing.
                """)
        @Argument(help: "The file.") var file: String
        @Option(name: .long, help: "The reason, for lines that give none.") var reason = "imported"
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let report = try await SuppressionImport(try await common.installation(needs: .records), reason: reason)
                .run(file: URL(fileURLWithPath: file), refuse: { Output.complain("broadsheet: \(file): \($0)") })
            Output.line("\(report.added) added, \(report.known) suppressed already, \(report.refused) refused")
            if report.refused > 0 { throw ExitCode.failure }
        }
    }
}
