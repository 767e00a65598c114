import Foundation
import Papers
import Store
import Workers

/// Papers on standard output.
enum PaperOutput {
    static func show(_ seq: Int64, in installation: Installation, _ format: OutputFormat) async throws {
        let store = installation.database.papers
        let sightings = try await store.sightings(of: seq)
        // A hidden paper is shown to the editor as well.
        guard let id = Paper(merging: sightings)?.id, let stored = try await store.paper(id: id) else {
            throw CommandFailure("the paper is gone; it was removed in the meantime")
        }
        if format == .json { return try Output.json(PaperJSON(stored, sightings: sightings)) }
        let paper = stored.paper
        let lines: [(String, String?)] = [
            ("", paper.title), ("status", paper.status?.rawValue), ("id", paper.id.key),
            ("authors", paper.authors.map(\.name).joined(separator: ", ")),
            ("published", paper.publishedAt.map { Output.time($0) }), ("first seen", Output.time(stored.firstSeenAt)),
            (stored.surfacedSeq < 0 ? "of the day" : "became news", Output.time(stored.surfacedAt)),
            ("revised", stored.revisedAt.map { Output.time($0) }),
            ("categories", paper.categories.joined(separator: ", ")), ("doi", paper.doi), ("journal", paper.journal),
            ("page", paper.url), ("pdf", paper.pdfURL), ("code", paper.codeURL), ("project", paper.projectURL),
            ("discussion", paper.discussionURL), ("upvotes", "\(paper.upvotes)"), ("comments", "\(paper.comments)"),
            ("pinned", paper.pin.map { pin in Output.time(pin.pinnedAt) + (pin.note.map { ": \($0)" } ?? "") }),
            ("hidden", stored.isHidden ? "yes" : nil),
            (paper.isSynopsisByMachine ? "AI summary" : "summary", paper.synopsis),
        ]
        for case (let name, let value?) in lines where !value.isEmpty {
            Output.line(name.isEmpty ? value : name.padding(toLength: 12, withPad: " ", startingAt: 0) + value)
        }
        for sighting in sightings {
            Output.line("seen at     \(Output.time(sighting.seenAt)) \(sighting.entry.id) in \(sighting.feedAddress)")
        }
        if !paper.abstract.isEmpty { Output.line("\n\(paper.abstract)") }
    }

    static func list(_ papers: [StoredPaper], _ format: OutputFormat) throws {
        if format == .json {
            for paper in papers { try Output.json(PaperJSON(paper)) }
            return
        }
        Output.table(
            ["ID", "NEWS", "VOTES", "TITLE"],
            papers.map { stored in
                let place = stored.isHidden ? "[hidden] " : stored.paper.pin == nil ? "" : "[pinned] "
                let mark = place + (stored.paper.status.map { "[\($0.rawValue)] " } ?? "")
                return [
                    stored.paper.id.value, Output.time(stored.surfacedAt), "\(stored.paper.upvotes)",
                    mark + stored.paper.title,
                ]
            })
    }
}

/// A paper as `papers … --format json` prints it.
struct PaperJSON: Encodable {
    private let stored: StoredPaper
    private let sightings: [Sighting]?

    init(_ stored: StoredPaper, sightings: [Sighting]? = nil) {
        self.stored = stored
        self.sightings = sightings
    }

    private struct Seen: Encodable {
        let feed: String
        let id: String
        let seenAt: Date

        private enum CodingKeys: String, CodingKey {
            case feed, id
            case seenAt = "seen_at"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id, title, abstract, authors, categories, url, doi, journal, organization, published, upvotes, comments
        case status, pinned, note, hidden, sightings, sources, synopsis
        case synopsisWriter = "synopsis_writer"
        case pdfURL = "pdf_url"
        case codeURL = "code_url"
        case projectURL = "project_url"
        case firstSeenAt = "first_seen_at"
        case surfacedAt = "surfaced_at"
        case revisedAt = "revised_at"
    }

    func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: CodingKeys.self)
        let paper = stored.paper
        try json.encode(paper.id.key, forKey: .id)
        try json.encode(paper.title, forKey: .title)
        try json.encode(paper.abstract, forKey: .abstract)
        try json.encode(paper.authors.map(\.name), forKey: .authors)
        try json.encode(paper.categories, forKey: .categories)
        try json.encode(paper.url, forKey: .url)
        try json.encodeIfPresent(paper.pdfURL, forKey: .pdfURL)
        try json.encodeIfPresent(paper.codeURL, forKey: .codeURL)
        try json.encodeIfPresent(paper.projectURL, forKey: .projectURL)
        try json.encodeIfPresent(paper.doi, forKey: .doi)
        try json.encodeIfPresent(paper.journal, forKey: .journal)
        try json.encodeIfPresent(paper.organization, forKey: .organization)
        try json.encodeIfPresent(paper.synopsis, forKey: .synopsis)
        if paper.synopsis != nil {
            let writer: SynopsisWriter = paper.isSynopsisByMachine ? .machine : .authors
            try json.encode(writer, forKey: .synopsisWriter)
        }
        try json.encodeIfPresent(paper.publishedAt, forKey: .published)
        try json.encodeIfPresent(paper.status?.rawValue, forKey: .status)
        try json.encode(paper.upvotes, forKey: .upvotes)
        try json.encode(paper.comments, forKey: .comments)
        try json.encode(paper.pin != nil, forKey: .pinned)
        try json.encodeIfPresent(paper.pin?.note, forKey: .note)
        try json.encode(stored.isHidden, forKey: .hidden)
        try json.encode(stored.firstSeenAt, forKey: .firstSeenAt)
        try json.encode(stored.surfacedAt, forKey: .surfacedAt)
        try json.encodeIfPresent(stored.revisedAt, forKey: .revisedAt)
        guard let sightings else { return }
        let seen = sightings.map { Seen(feed: $0.feed, id: $0.entry.id.key, seenAt: $0.seenAt) }
        try json.encode(seen, forKey: .sightings)
        let sources = Paper.fieldSources(merging: sightings).map { ($0.key.rawValue, $0.value) }
        try json.encode(Dictionary(uniqueKeysWithValues: sources), forKey: .sources)
    }
}
