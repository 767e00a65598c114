import Foundation
import Papers

/// OAI-PMH answers to `ListRecords` and `GetRecord`.
enum OAIAdapter {
    static func parse(_ text: DecodedText, kind: FeedKind) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: kind, text)
        var deleted: [String] = []
        try XMLFeed.read(text, entries: ["record"], into: &feed) { element, base in
            let record = OAIRecord(element)
            if record.isDeleted {
                deleted.append(record.identifier ?? "")
                return .failure(DropReason(deletion))
            }
            return entry(record, base)
        } head: { root, feed throws(FeedError) in
            try read(head: root, into: &feed)
        }
        // A record that was withdrawn is news of its own, not an entry that could not be read.
        feed.dropped.removeAll { $0.reason == deletion }
        feed.deleted = deleted.filter { !$0.isEmpty }
        feed.url = feed.url ?? text.url
        return feed
    }

    private static let deletion = "it was deleted at its source"

    private static func read(head root: XMLElement, into feed: inout ParsedFeed) throws(FeedError) {
        if let error = root[XMLName(.oai, "error")], error[attribute: "code"] != "noRecordsMatch" {
            let words = FieldText.clean(error.text) ?? ""
            let code = error[attribute: "code"] ?? "error"
            throw FeedError(.reported, "the OAI-PMH server says \(code): \(words): correct the request")
        }
        feed.updated = root.token(XMLName(.oai, "responsedate")).flatMap(FeedDate.parse)
        feed.url = root.token(XMLName(.oai, "request")).flatMap { WebAddress.resolve($0, against: nil) }
        let list = root[XMLName(.oai, "listrecords")] ?? root
        if let token = list[XMLName(.oai, "resumptiontoken")] {
            feed.total = token[attribute: "completelistsize"].flatMap { Int($0) }
            // An empty token says that the list is complete.
            feed.resumptionToken = FieldText.token(token.text)
        }
    }

    private static func entry(_ record: OAIRecord, _ base: String?) -> Result<Entry, DropReason> {
        switch record.metadata {
        case .arXiv(let metadata): arXiv(metadata, record)
        case .dublinCore(let metadata): dublinCore(metadata, record)
        case .none: .failure(DropReason("it has no metadata"))
        case .unknown(let name):
            .failure(DropReason("its metadata are <\(name)>: ask for metadataPrefix=oai_dc, or arXiv at arXiv"))
        }
    }

    private static func arXiv(_ metadata: ArXivMetadata, _ record: OAIRecord) -> Result<Entry, DropReason> {
        guard let id = PaperFinder.id(in: [metadata.id, record.identifier]), id.scheme == .arxiv else {
            return .failure(DropReason("it has no arXiv identifier"))
        }
        guard let title = ArXivListing.text(metadata.title) else { return .failure(DropReason("it has no title")) }
        var entry = Entry(id: id, title: title)
        entry.url = id.pageURL
        entry.pdfURL = "https://arxiv.org/pdf/\(id.value)"
        entry.abstract = ArXivListing.text(metadata.abstract)
        entry.authors = metadata.authors
        entry.categories = metadata.categories
        entry.doi = metadata.doi?.split(separator: " ").first.map { $0.lowercased() }
        entry.journal = ArXivListing.text(metadata.journal)
        // The header's datestamp is the last change of the record, of whatever kind.
        entry.published = metadata.created.flatMap(FeedDate.parse)
        entry.updated = metadata.updated.flatMap(FeedDate.parse)
        return .success(entry)
    }

    private static func dublinCore(_ metadata: DublinCore, _ record: OAIRecord) -> Result<Entry, DropReason> {
        let candidates = metadata.identifiers + [record.identifier ?? ""]
        guard let id = PaperFinder.id(in: candidates) else {
            return .failure(DropReason("none of its identifiers is an arXiv id, a DOI or an address"))
        }
        guard let title = metadata.titles.lazy.compactMap({ FieldText.clean($0) }).first else {
            return .failure(DropReason("it has no title"))
        }
        var entry = Entry(id: id, title: title)
        let links = metadata.identifiers.compactMap { WebAddress.resolve($0, against: nil) }
        entry.url = id.scheme == .arxiv ? id.pageURL : links.first ?? id.pageURL
        entry.pdfURL = PDFLink.address(of: id, offered: links.map { ($0, "") }, base: nil)
        entry.doi =
            (metadata.identifiers + metadata.relations).lazy.compactMap { PaperID(parsing: $0) }
            .first { $0.scheme == .doi }?.value
        entry.add(otherIDs: PaperFinder.others(in: candidates))
        entry.authors = metadata.creators.compactMap { FieldText.clean($0) }.compactMap {
            AuthorList.author(surnameFirst: $0)
        }
        entry.categories = metadata.subjects.compactMap { FieldText.clean($0) }
        let dates = metadata.dates.compactMap(FeedDate.parse)
        entry.published = dates.min()
        entry.updated = dates.count > 1 ? dates.max() : nil
        entry.abstract = metadata.descriptions.compactMap { FieldText.clean($0) }.first { !$0.hasPrefix("[") }
        entry.journal = metadata.sources.lazy.compactMap { FieldText.clean($0) }.first
        return .success(entry)
    }
}
