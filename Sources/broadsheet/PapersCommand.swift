import ArgumentParser
import Filters
import Foundation
import Papers
import Store
import Workers

struct PapersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "papers", abstract: "See, add and choose papers by hand.",
        discussion: """
            Name a paper by its arXiv ID (2511.01234), its DOI or its address, in any form that a browser shows.
            """,
        subcommands: [
            Add.self, Pin.self, Unpin.self, Hide.self, Unhide.self, Show.self, List.self, Search.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a paper that no feed lists, as news of this moment.",
            discussion: """
                arXiv IDs are looked up at arXiv, DOIs at Crossref; for any other address, the page itself is read.
                """)
        @OptionGroup var which: PaperArgument
        @Flag(name: .long, help: "Allow an address on this machine or in a private network.") var `private` = false
        @Flag(name: .long, help: "Pin it too, so that it leads the day.") var pin = false
        @Option(name: .long, help: "A note that readers see beside it; implies --pin.") var note: String?
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .topics)
            let store = installation.database.papers
            let found = try await PaperLookup(installation, allowsPrivate: `private`).find(
                which.id(), at: which.address)
            _ = try await store.record(
                [found.entry], feed: found.source, trust: found.trust, seenAt: installation.clock.now)
            guard let paper = try await store.paper(id: found.entry.id) else {
                throw CommandFailure("\(found.entry.id) could not be stored; it is a later version of an unknown paper")
            }
            try await store.curate(paper.seq, at: installation.clock.now)
            if pin || note != nil {
                _ = try await store.pin(paper.seq, note: note, at: installation.clock.now)
            }
            try await PaperOutput.show(paper.seq, in: installation, output.format)
        }
    }

    struct Pin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a paper lead the day, on the web page and in digests.",
            discussion: "A paper that readers already had is not sent to them again. Pin it again to change the note.")
        @OptionGroup var which: PaperArgument
        @Option(name: .long, help: "A note to readers that says why, shown beside the paper.") var note: String?
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .topics)
            let paper = try await which.stored(in: installation)
            _ = try await installation.database.papers.pin(paper.seq, note: note, at: installation.clock.now)
            try await PaperOutput.show(paper.seq, in: installation, output.format)
        }
    }

    struct Unpin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Put a pinned paper back where its votes place it.")
        @OptionGroup var which: PaperArgument
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .topics)
            let paper = try await which.stored(in: installation)
            try await installation.database.papers.unpin(paper.seq)
            Output.line("\(paper.paper.id) is no longer pinned: \(paper.paper.title)")
        }
    }

    struct Hide: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a paper from every page and from every mail that is not sent yet.")
        @OptionGroup var which: PaperArgument
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .topics)
            let paper = try await which.stored(in: installation)
            try await installation.database.papers.setHidden(paper.seq, true)
            Output.line("\(paper.paper.id) is hidden: \(paper.paper.title)")
        }
    }

    struct Unhide: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Bring a hidden paper back.")
        @OptionGroup var which: PaperArgument
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .topics)
            let paper = try await which.stored(in: installation)
            try await installation.database.papers.setHidden(paper.seq, false)
            Output.line("\(paper.paper.id) is visible: \(paper.paper.title)")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show everything that is known about a paper, and which feeds say it.")
        @OptionGroup var which: PaperArgument
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .topics.readOnly)
            try await PaperOutput.show(which.stored(in: installation).seq, in: installation, output.format)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List papers, the newest first.")
        @Flag(help: "Only those that are pinned, or hidden.") var only: PaperListing?
        @Option(name: .long, help: "The most papers.") var limit = 30
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit must be a number above 0") }
        }

        func run() async throws {
            let store = try await common.installation(needs: .topics.readOnly).database.papers
            let papers = try await store.page(only?.selection ?? .visible, before: nil, limit: limit)
            try PaperOutput.list(papers, output.format)
        }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find stored papers, the newest first.",
            discussion: "Words or any filter: 'quantization', 'author:\"Ada Lovelace\" cat:cs.LG', 'upvotes>=20'.")
        @Argument(help: "Words or a filter.") var query: [String]
        @Option(name: .long, help: "The most papers.") var limit = 30
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit must be a number above 0") }
        }

        func run() async throws {
            let filter = try Filter(query.joined(separator: " "))
            let installation = try await common.installation(needs: .topics.readOnly)
            try PaperOutput.list(
                try await PaperSearch(installation).papers(matching: filter, limit: limit), output.format)
        }
    }
}

enum PaperListing: String, EnumerableFlag {
    case pinned, hidden

    var selection: PaperSelection { self == .pinned ? .pinned : .hidden }
}

/// A paper as commands are given it.
struct PaperArgument: ParsableArguments {
    @Argument(help: "An arXiv ID, a DOI or an address.") var paper: String

    func id() throws -> PaperID {
        guard let id = PaperID(parsing: paper) else {
            throw CommandFailure(
                "“\(paper)” is not an arXiv ID, a DOI or an address; write 2511.01234, 10.1000/xyz or https://…")
        }
        return id
    }

    /// The address, where the paper was named by one with its scheme.
    var address: String? {
        let text = paper.trimmingCharacters(in: .whitespaces)
        return text.lowercased().hasPrefix("http") && text.contains("://") ? text : nil
    }

    func stored(in installation: Installation) async throws -> StoredPaper {
        let id = try id()
        guard let paper = try await installation.database.papers.paper(id: id) else {
            throw CommandFailure("no paper \(id) is stored; `broadsheet papers add \(paper)` looks it up")
        }
        return paper
    }
}
