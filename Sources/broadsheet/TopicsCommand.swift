import ArgumentParser
import Core
import Foundation
import Papers
import Workers

struct TopicsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics", abstract: "See the topics that readers choose from, and what they catch.",
        subcommands: [List.self, Check.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the topics with their filters.")
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            for topic in try Installation.topics(try await common.settings()).all {
                switch output.format {
                case .json:
                    try Output.json([
                        "slug": topic.slug, "title": topic.title[.english], "about": topic.about[.english],
                        "filter": topic.filter.description,
                    ])
                case .text: Output.line("\(topic.slug): \(topic.title[.english]). \(topic.about[.english])")
                }
            }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which stored papers each topic catches, and which none catches.",
            discussion: """
                A DAY column is the mean over days that had papers; OVERLAP names the topic that shares most papers with \
                this one. Topics that catch nothing are named on standard error, as are days when more than a tenth of the \
                papers lies outside all topics.
                """)
        @Option(name: .long, help: "How many days to look back.") var days = 30
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard (1...366).contains(days) else { throw ValidationError("--days must be a number from 1 to 366") }
        }

        func run() async throws {
            let report = try await TopicReport(
                days: days, in: try await common.installation(needs: .topics.readOnly))
            switch output.format {
            case .json:
                for line in report.lines { try Output.json(LineJSON(line, report)) }
            case .text: table(report)
            }
            complain(report)
        }

        private func table(_ report: TopicReport) {
            let dayCount = Double(max(1, report.days.count))
            Output.table(
                ["TOPIC", "PAPERS", "A DAY", "OVERLAP"],
                report.lines.map { line in
                    let mean = String(format: "%.1f", Double(line.papers) / dayCount)
                    let overlap = line.overlap.map { "\($0.slug) \(100 * $0.papers / max(1, line.papers))%" }
                    return [line.slug, "\(line.papers)", mean, overlap ?? "-"]
                })
        }

        private func complain(_ report: TopicReport) {
            let papers = report.days.reduce(0) { $0 + $1.papers }
            let outside = report.days.reduce(0) { $0 + $1.outside }
            Output.complain(
                "\(counted(papers, "paper")) on \(counted(report.days.count, "day")), \(outside) of them in no topic")
            for day in report.days where day.outside * 10 > day.papers {
                Output.complain("\(day.day): \(day.outside) of \(day.papers) papers in no topic")
            }
            let silent = report.lines.filter { $0.papers == 0 }.map(\.slug)
            if !silent.isEmpty {
                Output.complain("nothing in \(counted(days, "day")): \(silent.joined(separator: ", "))")
            }
        }
    }

    private struct LineJSON: Encodable {
        let slug: String
        let papers: Int
        let days: [String: Int]
        let overlap: String?
        let shared: Int?

        init(_ line: TopicReport.Line, _ report: TopicReport) {
            slug = line.slug
            papers = line.papers
            days = Dictionary(uniqueKeysWithValues: zip(report.days.map(\.day.description), line.perDay))
            overlap = line.overlap?.slug
            shared = line.overlap?.papers
        }
    }
}
