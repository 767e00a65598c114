import Foundation
import Papers

/// A paper with what a test cares about; the rest is empty.
func paper(
    _ title: String = "A title", abstract: String = "", keywords: [String] = [], authors: [String] = [],
    categories: [String] = [], organization: String? = nil, id: String = "2611.99001"
) -> Paper {
    // An address is an id too, so any other text a test gives still tells papers apart.
    let paperID = PaperID(parsing: id) ?? PaperID(parsing: "https://example.org/\(id)")
    guard let paperID else { preconditionFailure("“\(id)” is no id of a paper") }
    var entry = Entry(id: paperID, title: title)
    entry.abstract = abstract
    entry.keywords = keywords
    entry.authors = authors.map { Author($0) }
    entry.categories = categories
    entry.organization = organization
    return Paper(entry)
}
