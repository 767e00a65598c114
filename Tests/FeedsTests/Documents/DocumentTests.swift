import Foundation
import Papers
import Testing

@testable import Feeds

/// A small document, named for what it shows, and what is expected of it.
struct DocumentCase: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    var contentType: String?
    var url: String?
    /// Field → value. Fields of the feed are `kind`, `count`, `feed`, `charset`, `dropped`, `repair` (a part of one), `error`
    /// (a problem) and `message` (a part of it); all others are the first entry's.
    let expected: [(String, String)]
    var testDescription: String { name }

    init(
        _ name: String, _ text: String, type: String? = nil, url: String? = nil,
        _ expected: KeyValuePairs<String, String>
    ) {
        self.init(name, bytes: Array(text.utf8), type: type, url: url, expected)
    }

    init(
        _ name: String, bytes: [UInt8], type: String? = nil, url: String? = nil,
        _ expected: KeyValuePairs<String, String>
    ) {
        (self.name, self.bytes, contentType, self.url) = (name, bytes, type, url)
        self.expected = expected.map { ($0.key, $0.value) }
    }
}

@Suite("Small documents")
struct DocumentTests {
    static let all =
        RSSDocuments.cases + RDFDocuments.cases + AtomDocuments.cases + ArXivDocuments.cases + JSONDocuments.cases
        + ArchiveDocuments.cases + TextDocuments.cases + BrokenDocuments.cases + WordsDocuments.cases

    @Test("each is read as its name says", arguments: all)
    func read(_ document: DocumentCase) {
        let source = FeedDocument(bytes: document.bytes, contentType: document.contentType, url: document.url)
        do throws(FeedError) {
            let feed = try ParsedFeed(parsing: source)
            for (field, value) in document.expected { expect(feed, field, value) }
        } catch {
            #expect(document.expected.contains { $0.0 == "error" }, "\(error)")
            for (field, value) in document.expected {
                if field == "error" { #expect(error.problem.rawValue == value) }
                if field == "message" { #expect(error.description.contains(value)) }
            }
        }
    }

    @Test("there are many, each with a name of its own")
    func table() {
        #expect(Self.all.count >= 150)
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
    }

    private func expect(_ feed: ParsedFeed, _ field: String, _ value: String) {
        switch field {
        case "kind": #expect(feed.kind.rawValue == value)
        case "count": #expect(feed.entries.count == Int(value), "\(feed.dropped)")
        case "feed": #expect(feed.title == value)
        case "feedURL": #expect(feed.url == value)
        case "updatedFeed": #expect(feed.updated.map(Timestamp.rfc3339) == value)
        case "charset": #expect(feed.charset == value)
        case "charsetSource": #expect(feed.charsetSource == value)
        case "dropped": #expect(feed.dropped.count == Int(value))
        case "repair":
            #expect(
                value.isEmpty ? feed.repairs.isEmpty : feed.repairs.contains { $0.contains(value) }, "\(feed.repairs)")
        case "token": #expect((feed.resumptionToken ?? "") == value)
        case "total": #expect(feed.total == Int(value))
        case "deleted": #expect(feed.deleted.joined(separator: ", ") == value)
        case "titles": #expect(feed.entries.map(\.title).joined(separator: " | ") == value)
        case "error", "message": Issue.record("it was read, with \(feed.entries.count) entries")
        default: #expect(feed.entries.first.map { text(field, of: $0) } == value, "\(field)")
        }
    }

    private func text(_ field: String, of entry: Entry) -> String {
        switch field {
        case "id": entry.id.key
        case "title": entry.title
        case "url": entry.url ?? ""
        case "pdf": entry.pdfURL ?? ""
        case "doi": entry.doi ?? ""
        case "authors": entry.authors.map(\.name).joined(separator: "; ")
        case "affiliation": entry.authors.first?.affiliation ?? ""
        case "categories": entry.categories.joined(separator: ", ")
        case "keywords": entry.keywords.joined(separator: ", ")
        case "published": entry.published.map(Timestamp.rfc3339) ?? ""
        case "updated": entry.updated.map(Timestamp.rfc3339) ?? ""
        case "abstract": entry.abstract ?? ""
        case "content": entry.content ?? ""
        case "journal": entry.journal ?? ""
        case "announce": entry.announceType?.rawValue ?? ""
        case "discussion": entry.discussionURL ?? ""
        case "organization": entry.organization ?? ""
        case "comments": entry.comments.map(String.init) ?? ""
        case "synopsis": entry.synopsis ?? ""
        case "code": entry.codeURL ?? ""
        default: "no such field: \(field)"
        }
    }
}
