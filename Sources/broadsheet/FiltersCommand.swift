import ArgumentParser
import Feeds
import Filters
import Foundation
import Papers
import Store
import Workers

struct FiltersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filters", abstract: "Try a filter before somebody reads by it.",
        subcommands: [Check.self, Match.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how a filter is understood, or where it is wrong.",
            discussion: """
                Words are all wanted; "quoted phrases" are wanted as they stand; OR, NOT (or -) and parentheses combine; \
                title: abstract: author: cat: org: keyword: look in one place; quantiz* finds every ending.
                """)
        @Argument(help: "The filter, in single quotes for the shell.") var filter: String
        @OptionGroup var output: FormatOption

        func run() async throws {
            let parsed = try readFilter(filter)
            switch output.format {
            case .json: try Output.json(["filter": parsed.description])
            case .text: Output.line(parsed.description)
            }
        }
    }

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the papers that a filter finds.")
        @Argument(help: "The filter, in single quotes for the shell.") var filter: String
        @Option(name: .long, help: "A feed, as address or file, to look in instead of the stored papers.") var feed:
            String?
        @Option(name: .long, help: "How many of the newest stored papers to look through.") var newest = 5000
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let parsed = try readFilter(filter)
            let papers: [Paper]
            if let feed {
                papers = try await FeedSource.read(feed, common: common).feed.entries.map { Paper($0) }
            } else {
                papers = try await common.installation().database.papers.newest(limit: newest).map(\.paper)
            }
            var set = FilterSet()
            let id = set.add(parsed)
            let found = set.matches(in: PaperBatch(papers))[id].map { papers[$0] }
            for paper in found { try show(paper, hits: parsed.hits(in: paper)) }
            Output.complain("\(found.count) of \(papers.count) papers match")
        }

        private func show(_ paper: Paper, hits: [String]) throws {
            switch output.format {
            case .json: try Output.json(MatchJSON(id: paper.id.key, title: paper.title, terms: hits))
            case .text: Output.line("\(paper.id.key)  \(paper.title)  [\(hits.joined(separator: ", "))]")
            }
        }
    }

    private struct MatchJSON: Encodable {
        let id: String
        let title: String
        let terms: [String]
    }
}

/// - Throws: the report with a caret under the place.
func readFilter(_ text: String) throws -> Filter {
    do throws(FilterError) {
        return try Filter(text)
    } catch {
        throw CommandFailure(error.report)
    }
}

struct TopicsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics", abstract: "See the topics readers choose from.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the topics with their filters.")
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            for topic in try Installation.topics(try await common.settings()).all {
                switch output.format {
                case .json:
                    try Output.json([
                        "slug": topic.slug, "title": topic.title, "about": topic.about,
                        "filter": topic.filter.description,
                    ])
                case .text: Output.line("\(topic.slug): \(topic.title). \(topic.about)")
                }
            }
        }
    }
}
