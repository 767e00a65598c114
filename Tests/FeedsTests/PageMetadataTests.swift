import Testing

@testable import Feeds

@Suite("An article’s web page")
struct PageMetadataTests {
    @Test("Google Scholar’s tags give the paper, by its DOI")
    func citation() throws {
        let page = """
            <html><head><meta name="citation_title" content="On &amp; off"><meta name="citation_author" content="Lovelace, Ada">
            <meta name="citation_author" content="Grace Hopper"><meta name="citation_doi" content="10.1000/ABC">
            <meta name="citation_publication_date" content="2026/11/20"><meta name="citation_pdf_url" content="/a.pdf"></head></html>
            """
        let entry = try #require(
            PageMetadata.entry(inPage: Array(page.utf8), contentType: nil, url: "https://example.org/a"))
        #expect(entry.id.key == "doi:10.1000/abc")
        #expect(entry.title == "On & off")
        #expect(entry.authors.map(\.name) == ["Ada Lovelace", "Grace Hopper"])
        #expect(entry.pdfURL == "https://example.org/a.pdf")
        #expect(entry.published != nil)
    }

    @Test("Open Graph’s title is taken where there is nothing better, and a page without title is no paper")
    func openGraph() {
        let page = #"<meta property="og:title" content="T">"#
        let entry = PageMetadata.entry(inPage: Array(page.utf8), contentType: nil, url: "https://example.org/a")
        #expect(entry?.id.key == "url:https://example.org/a")
        #expect(PageMetadata.entry(inPage: Array("<p>".utf8), contentType: nil, url: "https://example.org/a") == nil)
    }
}
