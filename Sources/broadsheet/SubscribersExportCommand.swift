import ArgumentParser
import Foundation
import Store
import Workers

struct SubscribersExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print all subscribers as CSV, or as JSON with --format json.",
        discussion: """
            `subscribers import` reads both back: addresses, states, topics, filters, schedules and dates come out the \
            same. Those who left are in it with their state, so that no other service mails them again by accident.
            """)

    @Option(name: .long, help: "Only those in one state.") var state: SubscriberState?
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await common.installation(needs: .records.readOnly)
        guard output.format == .json else {
            return try await SubscriberExport(installation).csv(state: state) {
                FileHandle.standardOutput.write(Data($0.utf8))
            }
        }
        var last: Int64 = 0
        while case let page = try await installation.database.subscribers.list(state: state, after: last),
            let end = page.last
        {
            last = end.id
            for subscriber in page { try Output.json(SubscriberRecord(subscriber)) }
        }
    }
}
