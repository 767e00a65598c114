import ArgumentParser
import Foundation
import Store
import Workers

struct SubscribersImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over a list of people from another service, or from `subscribers export`.",
        discussion: """
            Reads CSV (also with semicolons or tabs, also UTF-16, as spreadsheets write it) and JSON with the column \
            names of listmonk, Mailchimp, Buttondown, Mailman, Brevo, CleverReach and Sendy, and plain lists of addresses. \
            Leave Mailchimp's and Sendy's files their names: these say who is in them.

            Nobody is mailed whose consent the list does not state: such lines are taken as pending and get nothing until \
            their owners confirm. A list that holds no word on it, such as addresses alone, is taken as one of people who \
            agreed if --source says where they did.

            Who is here already stays as they are, but for those who wait to confirm and have agreed there; who \
            unsubscribed, bounced or complained here is never brought back, and who did so there is not mailed here. No \
            mail is sent by importing.

            An import that was cut short is run again from the start: what was taken is passed over. Each line that is \
            refused is told with its number and reason, and written into LIST.refused.csv beside the file, to be mended \
            and imported; then the command exits with 1.
            """)

    @Argument(help: "The file.") var file: String
    @Flag(name: .long, help: "Tell what would happen and change nothing.") var dryRun = false
    @Option(name: .long, help: "Where these people agreed to mail; it goes into the consent log.") var source: String?
    @Option(name: .long, help: "Where the refused lines go, to be mended. (default: LIST.refused.csv beside the file)")
    var refused: String?
    @Option(
        name: .long,
        help: "Also mail those again who unsubscribed, bounced or complained here, for this reason, which is logged.")
    var reactivate: String?
    @Option(name: .long, help: "Write the reasons into this file instead of to standard error.")
    var report: String?
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await common.installation(needs: .topics)
        let refusals = try RefusedLines(report: report, of: file, mendable: dryRun ? nil : .some(refused))
        let bar = ProgressLine("importing")
        let result = try await SubscriberImport(installation, policy: try policy()).run(
            file: URL(fileURLWithPath: file), refuse: { refusals.add($0) }, progress: { bar.show($0) })
        bar.clear()
        refusals.close()
        if !result.ignoredColumns.isEmpty {
            Output.complain("columns that say nothing here: \(result.ignoredColumns.joined(separator: ", "))")
        }
        if result.silent > 0 {
            Output.complain(
                "lines that do not say that their people agreed to mail: \(result.silent); these are pending and get none"
                    + (source == nil ? " (a list that tells nothing of it: see --source)" : ""))
        }
        switch output.format {
        case .json: try Output.json(ReportJSON(result, isDryRun: dryRun))
        case .text:
            Output.line(
                "\(dryRun ? "would be: " : "")\(result.lines) lines: \(result.added) added, \(result.known) here already, "
                    + "\(result.stopped) stopped, \(result.reactivated) reactivated, \(result.confirmed) confirmed, "
                    + "\(result.refused) refused")
        }
        if result.refused > 0 { throw ExitCode.failure }
    }

    private func policy() throws -> SubscriberStore.ImportPolicy {
        var policy = SubscriberStore.ImportPolicy(
            source: "import" + (source.map { ": \($0)" } ?? " of \(URL(fileURLWithPath: file).lastPathComponent)"))
        if let reactivate {
            guard reactivate.contains(where: \.isLetter) else {
                throw CommandFailure("--reactivate needs a reason in words; it goes into the consent log")
            }
            policy.reactivates = true
            policy.source += ", reactivated: \(reactivate)"
        }
        policy.isVouchedFor = source != nil
        policy.isDryRun = dryRun
        return policy
    }
}

private struct ReportJSON: Encodable {
    let dryRun: Bool
    let lines: Int
    let added: Int
    let known: Int
    let stopped: Int
    let reactivated: Int
    let confirmed: Int
    let refused: Int
    let silent: Int

    init(_ report: SubscriberImport.Report, isDryRun: Bool) {
        dryRun = isDryRun
        lines = report.lines
        added = report.added
        known = report.known
        stopped = report.stopped
        reactivated = report.reactivated
        confirmed = report.confirmed
        refused = report.refused
        silent = report.silent
    }

    enum CodingKeys: String, CodingKey {
        case lines, added, known, stopped, reactivated, confirmed, refused, silent
        case dryRun = "dry_run"
    }
}
