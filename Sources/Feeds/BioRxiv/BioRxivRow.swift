/// One element of `collection` at `https://api.biorxiv.org/details/…`, as the API writes it: everything is a string, and
/// what is absent is `NA`.
struct BioRxivRow {
    var doi: String?
    var title: String?
    var authors: [UInt8]?
    var date: String?
    var version: String?
    var category: String?
    var abstract: [UInt8]?
    /// The DOI of the journal's version.
    var published: String?
    var server: String?
    var institution: String?

    init(_ reader: inout JSONReader) throws(JSONError) {
        try reader.forEachMember { (key, value) throws(JSONError) in
            switch key {
            // The `pubs` endpoint gives its names a prefix.
            case "doi", "preprint_doi", "biorxiv_doi": doi = try Self.present(&value)
            case "title", "preprint_title": title = try value.optionalUTF8().flatMap { BioRxivText.clean($0) }
            case "authors", "preprint_authors": authors = try value.optionalUTF8()
            case "date", "preprint_date": date = try Self.present(&value)
            case "version": version = try value.kind() == .number ? try value.numberText() : try Self.present(&value)
            case "category", "preprint_category": category = try Self.present(&value)
            case "abstract", "preprint_abstract": abstract = try value.optionalUTF8()
            case "published", "published_doi": published = try Self.present(&value)
            case "server", "preprint_platform": server = try Self.present(&value)
            case "author_corresponding_institution", "preprint_author_corresponding_institution":
                institution = try Self.present(&value)
            default: try value.skip()
            }
        }
    }

    private static func present(_ reader: inout JSONReader) throws(JSONError) -> String? {
        let text = try reader.text()
        return text == "NA" ? nil : text
    }
}
