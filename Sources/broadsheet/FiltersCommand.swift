import ArgumentParser
import Core
import Digests
import Embedded
import Filters
import Foundation
import Papers
import Web
import Workers

struct FiltersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filters", abstract: "Try a filter before readers use it.",
        discussion: "`broadsheet filters help` explains the whole language on one page.",
        subcommands: [Check.self, Match.self, Help.self])

    struct Help: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Explain how to write a filter, with examples.")

        func run() throws { Output.line(FilterGuide.plainText(try Texts(embedded: Embedded.templates))) }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how a filter is understood, or where it is wrong.",
            discussion: """
                Prints the filter as it is stored. Warnings about what you probably do not mean go to standard error; where the \
                filter is wrong, carets mark the place. `broadsheet filters help` explains the language.
                """)
        @Argument(help: "The filter, in single quotes for the shell.") var filter: String
        @OptionGroup var output: FormatOption

        func run() async throws {
            let parsed = try readFilter(filter)
            switch output.format {
            case .json: try Output.json(CheckJSON(filter: parsed.description, warnings: parsed.warnings))
            case .text:
                Output.line(parsed.description)
                for warning in parsed.warnings { Output.complain("warning: \(warning)") }
            }
        }
    }

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the papers that a filter finds, with the matching terms marked.",
            discussion: "Papers are listed as they became news, or in the order of the feed. Marks look *like this*.")
        @Argument(help: "The filter, in single quotes for the shell.") var filter: String
        @Option(name: .long, help: "A feed, as address or file, to look in instead of the stored papers.") var feed:
            String?
        @Flag(name: .long, help: "Allow a feed on this machine or in a private network.") var `private` = false
        @Option(name: .long, help: "How many of the newest stored papers to search.") var newest = 5000
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard newest > 0 else { throw ValidationError("--newest must be a number above 0") }
        }

        func run() async throws {
            let parsed = try readFilter(filter)
            let trial: FilterTrial
            if let feed {
                let entries = try await FeedSource.read(feed, private: `private`, common: common).feed.entries
                trial = FilterTrial(parsed, entries: entries, feed: feed)
            } else {
                trial = try await FilterTrial(
                    parsed, newest: newest, in: try await common.installation(needs: .topics.readOnly))
            }
            for found in trial.found { try show(found.paper, hits: found.terms, filter: parsed) }
            Output.complain("\(trial.found.count) of \(counted(trial.looked, "paper")) match")
        }

        private func show(_ paper: Paper, hits: [String], filter: Filter) throws {
            switch output.format {
            case .json: try Output.json(MatchJSON(id: paper.id.key, title: paper.title, terms: hits))
            case .text:
                let title = filter.marked(titleOf: paper).map { $0.isHit ? "*\($0.text)*" : $0.text }.joined()
                Output.line("\(paper.id.key)  \(title)  [\(hits.joined(separator: ", "))]")
            }
        }
    }

    private struct CheckJSON: Encodable {
        let filter: String
        let warnings: [String]
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
