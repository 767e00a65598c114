import ArgumentParser
import Core
import Feeds
import Foundation
import Store
import Workers

struct SubscribersLibraryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "library", abstract: "Show or fill a subscriber's own library, by which their papers are ranked.",
        discussion: """
            FILE is what a reference manager exports: BibTeX, RIS, CSL-JSON, Zotero's RDF or CSV, or a list of arXiv ids \
            and DOIs. Its form is told from what is in it. At most 5 MB and 5,000 entries are taken. What the library has \
            already is not added again. Without FILE, the library is listed, newest first.
            """)

    @Argument(help: "The address.") var email: String
    @Argument(help: "The file, or - for standard input.") var file: String?
    @Flag(name: .long, help: "Put the file's entries in place of all that are there.") var replace = false
    @Flag(name: .long, help: "Delete all entries.") var clear = false
    @Option(name: .long, help: "How many entries to list.") var limit = 50
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if clear, file != nil {
            throw ValidationError("--clear takes no FILE; --replace puts a file's entries in place")
        }
        if replace, file == nil { throw ValidationError("--replace needs a FILE; --clear deletes all entries") }
        if limit < 1 { throw ValidationError("--limit is at least 1") }
    }

    private struct Report: Encodable {
        let format: String
        let read: Int
        let added: Int
        let papers: Int
        let texts: Int
        let known: Int
        let leftOut: Int
        let unreadable: Int
        let isCut: Bool

        enum CodingKeys: String, CodingKey {
            case format, read, added, papers, texts, known, unreadable
            case leftOut = "left_out"
            case isCut = "is_cut"
        }
    }

    private struct Row: Encodable {
        let id: Int64
        let title: String
        let authors: [String]
        let year: Int?
        let ids: [String]
        /// The stored paper that it is.
        let paper: String?
        let addedAt: Date

        enum CodingKeys: String, CodingKey {
            case id, title, authors, year, ids, paper
            case addedAt = "added_at"
        }
    }

    func run() async throws {
        let needs: Installation.Needs = file == nil && !clear ? .records.readOnly : .records
        let installation = try await common.installation(needs: needs)
        let subscriber = try await find(email, in: installation)
        if clear {
            let count = try await installation.database.libraries.remove(nil, of: subscriber.id)
            return Output.line("\(counted(count, "entry", plural: "entries")) deleted")
        }
        guard let file else { return try await list(subscriber, installation) }
        let report: LibraryReport
        do {
            report = try await ReaderLibrary(installation).add(
                try Self.document(file), to: subscriber, replacing: replace)
        } catch let error as LibraryError {
            throw CommandFailure("\(Self.name(of: file)): \(error)")
        }
        try tell(report, of: file)
    }

    private func tell(_ report: LibraryReport, of file: String) throws {
        for skipped in report.skipped { Output.complain("\(Self.name(of: file)): \(skipped.description)") }
        if report.skippedCount > report.skipped.count {
            Output.complain("… and \(report.skippedCount - report.skipped.count) more")
        }
        let counts = report.counts
        if output.format == .json {
            return try Output.json(
                Report(
                    format: report.format.rawValue, read: report.read, added: counts.added, papers: counts.papers,
                    texts: counts.texts, known: counts.known, leftOut: counts.leftOut,
                    unreadable: report.skippedCount, isCut: report.isCut))
        }
        Output.line(
            "\(counted(report.read, "entry", plural: "entries")) read as \(report.format.rawValue): \(counts.added) new, "
                + "of which \(counts.papers) are stored papers and \(counts.texts) are kept as text; \(counts.known) known "
                + "already, \(report.skippedCount) not readable")
        if counts.leftOut > 0 {
            Output.complain(
                "\(counts.leftOut) left out: a library holds \(LibraryStore.mostPerReader) entries; --replace makes room"
            )
        }
        if report.isCut {
            Output.complain("only the first \(ParsedLibrary.mostEntries) entries of the file were read")
        }
    }

    private func list(_ subscriber: Subscriber, _ installation: Installation) async throws {
        let database = installation.database
        let entries = try await database.libraries.entries(of: subscriber.id, limit: limit)
        let papers = Dictionary(
            try await database.papers.papers(seqs: Set(entries.compactMap(\.paperSeq))).map { ($0.seq, $0.paper) },
            uniquingKeysWith: { first, _ in first })
        let rows = entries.map { shelved in
            let paper = shelved.paperSeq.flatMap { papers[$0] }
            let entry = shelved.entry
            return Row(
                id: shelved.id, title: entry.title.isEmpty ? paper?.title ?? "" : entry.title,
                authors: (entry.authors.isEmpty ? paper?.authors ?? [] : entry.authors).map(\.name), year: entry.year,
                ids: entry.ids.map(\.key), paper: paper?.id.key, addedAt: shelved.addedAt)
        }
        if output.format == .json { return try rows.forEach { try Output.json($0) } }
        let size = try await database.libraries.size(of: subscriber.id)
        Output.line(
            "\(subscriber.address): \(counted(size.entries, "entry", plural: "entries")), \(size.papers) of them stored papers"
        )
        guard !rows.isEmpty else { return }
        Output.table(
            ["YEAR", "PAPER", "AUTHORS", "TITLE"],
            rows.map { row in
                let others = row.authors.count > 1 ? " and \(row.authors.count - 1) more" : ""
                return [
                    row.year.map(String.init) ?? "-", row.paper ?? "-", (row.authors.first ?? "-") + others,
                    row.title.isEmpty ? row.ids.first ?? "-" : row.title,
                ]
            })
        if size.entries > rows.count { Output.line("… and \(size.entries - rows.count) older; --limit lists more") }
    }

    private static func name(of file: String) -> String { file == "-" ? "standard input" : file }

    /// At most a little more than is taken, so that nothing endless is read.
    private static func document(_ file: String) throws -> [UInt8] {
        let handle: FileHandle
        if file == "-" {
            handle = .standardInput
        } else {
            do {
                handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
            } catch {
                throw CommandFailure("cannot read \(file): see that it is there and may be read")
            }
        }
        var bytes: [UInt8] = []
        do {
            while bytes.count <= ParsedLibrary.maxBytes, let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty
            {
                bytes += piece
            }
        } catch {
            throw CommandFailure("cannot read \(name(of: file)): see that it is a file and may be read")
        }
        return bytes
    }
}
