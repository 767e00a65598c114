import Foundation

extension PaperFeed {
    /// As JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
            encoder.dateEncodingStrategy = .iso8601
            encoder.keyEncodingStrategy = .convertToSnakeCase
            return String(decoding: try encoder.encode(JSONFeedDocument(self)), as: UTF8.self) + "\n"
        }
    }
}

/// A JSON Feed with its own names of things, which are written `home_page_url`.
private struct JSONFeedDocument: Encodable {
    struct Author: Encodable { let name: String }
    struct Attachment: Encodable {
        let url: String
        let mimeType: String
    }
    struct Item: Encodable {
        let id: String
        let url: String
        let externalURL: String?
        let title: String
        let contentText: String
        let datePublished: Date?
        let dateModified: Date
        let authors: [Author]?
        let tags: [String]?
        let attachments: [Attachment]?
    }

    let version = "https://jsonfeed.org/version/1.1"
    let title: String
    let description: String
    let homePageURL: String
    let feedURL: String
    let items: [Item]

    init(_ feed: PaperFeed) {
        title = feed.title
        description = feed.subtitle
        homePageURL = feed.page
        feedURL = feed.address
        items = feed.items.map { item in
            Item(
                id: item.id, url: item.page, externalURL: item.source, title: item.title,
                contentText: item.abstract, datePublished: item.published, dateModified: item.updated,
                authors: item.authors.isEmpty ? nil : item.authors.map(Author.init),
                tags: item.categories.isEmpty ? nil : item.categories,
                attachments: item.pdf.map { [Attachment(url: $0, mimeType: "application/pdf")] })
        }
    }
}
