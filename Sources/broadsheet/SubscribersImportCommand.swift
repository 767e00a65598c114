import ArgumentParser
import Foundation
import Store
import Workers

struct SubscribersImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over a list of people from another service, or from `subscribers export`.",
        discussion: """
            Reads CSV and JSON with the column names of listmonk, Mailchimp, Buttondown and Mailman, and plain lists of \
            addresses. Who is here already stays as they are; who unsubscribed, bounced or complained here is never \
            brought back, and who did so there is not mailed here. No mail is sent by importing.

            An import that was cut short is run again from the start: what was taken is passed over. Each line that is \
            refused is told with its number and reason.
            """)

    @Argument(help: "The file.") var file: String
    @Flag(name: .long, help: "Tell what would happen and change nothing.") var dryRun = false
    @Option(name: .long, help: "Where these people's consent comes from, for the consent log.") var source: String?
    @Option(
        name: .long,
        help: "Also mail those again who unsubscribed, bounced or complained here, for this reason, which is logged.")
    var reactivate: String?
    @Option(name: .long, help: "Write the refused lines into this file instead of to standard error.")
    var report: String?
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await common.installation(needs: .topics)
        let refusals = try RefusalList(file: report, name: file)
        let bar = ProgressLine("importing")
        let result = try await SubscriberImport(installation, policy: try policy()).run(
            file: URL(fileURLWithPath: file), refuse: { refusals.add($0) }, progress: { bar.show($0) })
        bar.clear()
        refusals.close()
        if !result.ignoredColumns.isEmpty {
            Output.complain("columns that say nothing here: \(result.ignoredColumns.joined(separator: ", "))")
        }
        switch output.format {
        case .json: try Output.json(ReportJSON(result, isDryRun: dryRun))
        case .text:
            Output.line(
                "\(dryRun ? "would be: " : "")\(result.lines) lines: \(result.added) added, \(result.known) here already, "
                    + "\(result.stopped) stopped, \(result.reactivated) reactivated, \(result.refused) refused")
        }
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
        policy.isDryRun = dryRun
        return policy
    }
}

/// Where refused lines are told: a file as CSV, or standard error in words, the first of them.
private final class RefusalList {
    private static let most = 50
    private let handle: FileHandle?
    private let name: String
    private var count = 0

    init(file: String?, name: String) throws {
        self.name = name
        guard let file else {
            handle = nil
            return
        }
        try PrivateFile.write(Data(CSVWriter.line(["line", "reason"]).utf8), to: file)
        guard let handle = FileHandle(forWritingAtPath: file) else {
            throw CommandFailure("cannot write the report \(file): see that its folder exists and may be written to")
        }
        handle.seekToEndOfFile()
        self.handle = handle
    }

    func add(_ refusal: SubscriberImport.Refusal) {
        count += 1
        if let handle {
            handle.write(Data(CSVWriter.line(["\(refusal.line)", refusal.reason]).utf8))
        } else if count <= Self.most {
            Output.complain("\(name):\(refusal.line): \(refusal.reason)")
        }
    }

    func close() {
        if handle == nil, count > Self.most {
            Output.complain("… and \(count - Self.most) more; --report FILE writes them all")
        }
        try? handle?.close()
    }
}

private struct ReportJSON: Encodable {
    let dryRun: Bool
    let lines: Int
    let added: Int
    let known: Int
    let stopped: Int
    let reactivated: Int
    let refused: Int

    init(_ report: SubscriberImport.Report, isDryRun: Bool) {
        dryRun = isDryRun
        lines = report.lines
        added = report.added
        known = report.known
        stopped = report.stopped
        reactivated = report.reactivated
        refused = report.refused
    }

    enum CodingKeys: String, CodingKey {
        case lines, added, known, stopped, reactivated, refused
        case dryRun = "dry_run"
    }
}
