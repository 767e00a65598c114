import Core
import Digests
import Foundation
import Mail
import Papers
import Store

/// A list of papers for programs that read feeds.
struct PaperFeed: Sendable {
    enum Format: String, Sendable, CaseIterable {
        case atom, json

        /// The last part of a feed's address.
        var file: String { "feed.\(rawValue)" }
        var contentType: String {
            switch self {
            case .atom: "application/atom+xml; charset=utf-8"
            case .json: "application/feed+json; charset=utf-8"
            }
        }
    }

    /// One paper, every text made fit for a line.
    struct Item: Sendable {
        let id: String
        /// The paper's page here.
        let page: String
        /// The paper's own page.
        let source: String?
        let title: String
        let abstract: String
        let authors: [String]
        let categories: [String]
        let published: Date?
        let updated: Date
        let pdf: String?
        let discussion: String?

        init(_ stored: StoredPaper, baseURL: String, texts: Texts) {
            let paper = stored.paper
            page = baseURL + SiteAddress.paper(stored)
            // An identifier names the paper wherever it is listed; a reader of two feeds sees it once.
            id = paper.id.pageURL ?? page
            source = WebAddress.link(paper.url)
            let line = texts.title(of: paper)
            title = line.isEmpty ? paper.id.value : line
            abstract = DisplayText.line(paper.abstract)
            authors = paper.authors.map { DisplayText.line($0.name) }.filter { !$0.isEmpty }
            categories = (paper.categories + paper.keywords).map(DisplayText.line).filter { !$0.isEmpty }
            published = paper.publishedAt
            // A title that was revised, or a paper that was retracted, is to be looked at again (RFC 4287, section 4.2.15).
            updated = max(stored.surfacedAt, stored.revisedAt ?? stored.surfacedAt)
            pdf = WebAddress.link(paper.pdfURL)
            discussion = WebAddress.link(paper.discussionURL)
        }
    }

    let title: String
    let subtitle: String
    /// The site's name: who speaks where a paper names no author.
    let siteName: String
    /// The page that shows the list.
    let page: String
    /// The feed's own address.
    let address: String
    let items: [Item]

    /// The most papers of a feed.
    static let most = 100

    /// - Parameters:
    ///   - list: the page's path and query.
    ///   - papers: in the order of the page.
    init(
        _ format: Format, title: String, list: String, papers: [StoredPaper], site: SiteAppearance, texts: Texts
    ) {
        siteName = DisplayText.line(site.name)
        self.title = DisplayText.line("\(site.name): \(title)")
        subtitle = DisplayText.line(site.tagline)
        page = site.baseURL + list
        address = site.baseURL + SiteAddress.feed(of: list, format)
        items = papers.prefix(Self.most).map { Item($0, baseURL: site.baseURL, texts: texts) }
    }

    /// When the list last changed; 1970 for a list that has never had a paper.
    var updated: Date { items.map(\.updated).max() ?? Date(timeIntervalSince1970: 0) }

    func render(_ format: Format, _ language: Language) throws -> RenderedPage {
        let text =
            switch format {
            case .atom: atom
            case .json: try json
            }
        return RenderedPage(text, contentType: format.contentType, language: language, maxAge: 300)
    }
}
