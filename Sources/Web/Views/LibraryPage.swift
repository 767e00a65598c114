import Digests
import Feeds
import Store
import Workers

/// `GET /preferences/library?token=…`, with `before` for older entries, and the answers to its POSTs: multipart/form-data with
/// `file` and `text` to the same address, and `forget` (repeated) or `all` to `/preferences/library/delete`.
struct LibraryPage: Page {
    static let template = TemplateName.pageLibrary

    /// An entry of the list.
    struct Row: Sendable {
        var id: Int64
        var title: String
        var authors: [String]
        var year: Int?
        /// The path of the paper's page here; nil where it is kept as text.
        var address: String?
    }

    var token: String
    var address: String
    var size: LibrarySize
    /// Newest first.
    var entries: [Row]
    /// The number before which older entries are; nil where there are none.
    var older: Int64?
    /// Whether these are not the newest.
    var isOlder = false
    /// What was read, where this answers an upload.
    var reports: [LibraryReport] = []
    /// Why something could not be read, and what its format's reader says.
    var problem: (LibraryError.Problem, detail: String)?
    /// Whether this answers a deletion.
    var isSaved = false

    /// The most authors that are named.
    private static let named = 3

    func title(_ texts: Texts) -> String { texts[.libraryHeading] }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("address", DisplayText.line(address))
        context.set("isSaved", isSaved)
        context.set("problem", problem.map { DisplayText.line(Self.words(for: $0.0, detail: $0.detail, texts)) })
        context.set("reports", reports.map { Self.report($0, texts) })
        context.set("hasEntries", size.entries > 0)
        context.set("countEntries", texts.counted(.entries, size.entries))
        context.set("countPapers", texts.number(size.papers))
        context.set("countWeighing", texts.number(LibraryStore.mostWeighing))
        context.set("entries", entries.map(row))
        context.set("newestURL", isOlder ? "/preferences/library?token=\(token)" : nil)
        context.set("olderURL", older.map { "/preferences/library?token=\(token)&before=\($0)" })
        return context
    }

    private func row(_ row: Row) -> TemplateContext {
        var context = TemplateContext()
        context.set("id", String(row.id))
        context.set("paper", DisplayText.line(row.title))
        context.set("url", row.address)
        let names =
            row.authors.prefix(Self.named).joined(separator: ", ") + (row.authors.count > Self.named ? ", …" : "")
        let byline = [names, row.year.map(String.init) ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
        context.set("byline", byline.isEmpty ? nil : DisplayText.line(byline))
        return context
    }

    private static func report(_ report: LibraryReport, _ texts: Texts) -> TemplateContext {
        let counts = report.counts
        var context = TemplateContext()
        context.set("countRead", texts.counted(.entries, report.read))
        context.set("countNew", texts.number(counts.added))
        context.set("countPapers", texts.number(counts.papers))
        context.set("countTexts", texts.number(counts.texts))
        context.set("countKnown", texts.number(counts.known))
        context.set("countLeftOut", counts.leftOut > 0 ? texts.number(counts.leftOut) : nil)
        context.set("countMost", texts.number(LibraryStore.mostPerReader))
        context.set("isCut", report.isCut)
        context.set("countSkipped", report.skippedCount > 0 ? texts.number(report.skippedCount) : nil)
        context.set(
            "skipped",
            report.skipped.map { skipped in
                var context = TemplateContext()
                context.set("line", skipped.line.map(String.init))
                context.set("name", skipped.name.isEmpty ? nil : DisplayText.line(skipped.name))
                context.set("isPlaced", skipped.line != nil || !skipped.name.isEmpty)
                context.set("reason", texts[skipped.reason.text])
                return context
            })
        return context
    }

    private static func words(for problem: LibraryError.Problem, detail: String, _ texts: Texts) -> String {
        let most = String(ParsedLibrary.maxBytes >> 20)
        return switch problem {
        case .empty: texts[.libraryEmpty]
        case .tooLarge: texts(.libraryTooLarge, ["most": most])
        case .unknown: texts[.libraryUnknown]
        case .broken: texts(.libraryBroken, ["detail": detail])
        }
    }
}

extension SkippedEntry.Reason {
    fileprivate var text: TextName {
        switch self {
        case .unnamed: .libraryUnnamed
        case .broken: .libraryBrokenEntry
        case .noIdentifier: .libraryNoIdentifier
        }
    }
}
