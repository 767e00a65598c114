import Foundation
import Papers

/// One element of `GET https://huggingface.co/api/daily_papers`, as the API writes it.
///
/// The keys have come and gone since 2024 (`mediaUrl`, `mediaUrls`, `submitterOrganization`, …); absent means absent, and
/// null is taken for it.
struct HuggingFaceRow {
    var title: String?
    var summary: String?
    var comments: Int?
    var organization: String?
    var paper: Paper?

    struct Paper {
        var id: String?
        var title: String?
        var summary: String?
        var authors: [Author] = []
        /// arXiv's date. The outer `publishedAt` is the same instant shifted by 4 or 5 hours, so it is not read.
        var publishedAt: Date?
        var submittedOnDailyAt: String?
        var upvotes: Int?
        var projectPage: String?
        var githubRepo: String?
        var githubStars: Int?
        var synopsis: String?
        var keywords: [String] = []
        var organization: String?
    }

    init(_ reader: inout JSONReader) throws(JSONError) {
        try reader.forEachMember { (key, value) throws(JSONError) in
            switch key {
            case "paper": paper = try Paper(&value)
            case "title": title = try HuggingFaceRow.words(&value)
            case "summary": summary = try HuggingFaceRow.words(&value)
            case "numComments": comments = try value.count()
            case "organization", "submitterOrganization": organization = try Self.organization(&value) ?? organization
            default: try value.skip()
            }
        }
    }

    /// Words of a paper, which are plain text. Only the links that arXiv's own pages make (`<a href="https://…">this https
    /// URL</a>`) have been taken over with their markup; of those the words stay.
    static func words(_ reader: inout JSONReader) throws(JSONError) -> String? {
        guard let bytes = try reader.optionalUTF8(), let text = FieldText.clean(bytes, as: .plainWithReferences) else {
            return nil
        }
        let isMarked = bytes.withUnsafeBytes { bytes in
            bytes.baseAddress.flatMap { memchr($0, Int32(UInt8(ascii: "<")), bytes.count) } != nil
        }
        guard isMarked else { return text }
        return text.replacing(/<a href="https?:[^"<>]*">([^<>]*)<\/a>/) { String($0.1) }
    }

    static func organization(_ reader: inout JSONReader) throws(JSONError) -> String? {
        var name: String?
        var fullName: String?
        try reader.members { (key, value) throws(JSONError) in
            switch key {
            case "name": name = try value.text(.plainWithReferences)
            case "fullname": fullName = try value.text(.plainWithReferences)
            default: try value.skip()
            }
        }
        return fullName ?? name
    }
}

extension HuggingFaceRow.Paper {
    init(_ reader: inout JSONReader) throws(JSONError) {
        try reader.forEachMember { (key, value) throws(JSONError) in
            switch key {
            case "id": id = try value.token()
            case "title": title = try HuggingFaceRow.words(&value)
            case "summary": summary = try HuggingFaceRow.words(&value)
            case "authors": authors = try Self.authors(&value)
            case "publishedAt": publishedAt = try value.date()
            case "submittedOnDailyAt": submittedOnDailyAt = try value.token()
            case "upvotes": upvotes = try value.count()
            case "projectPage": projectPage = try value.token()
            case "githubRepo": githubRepo = try value.token()
            case "githubStars": githubStars = try value.count()
            case "ai_summary": synopsis = try value.text(.plainWithReferences)
            case "ai_keywords": keywords = try value.texts(.plainWithReferences)
            case "organization": organization = try HuggingFaceRow.organization(&value)
            default: try value.skip()
            }
        }
    }

    /// Authors whom somebody has marked as hidden are left out, as on the page.
    private static func authors(_ reader: inout JSONReader) throws(JSONError) -> [Author] {
        var authors: [Author] = []
        try reader.forEachElement { (_, element) throws(JSONError) in
            var name: String?
            var isHidden = false
            try element.members { (key, value) throws(JSONError) in
                switch key {
                case "name": name = try value.text(.plainWithReferences)
                case "hidden": isHidden = try value.kind() == .boolean ? try value.boolean() : false
                default: try value.skip()
                }
            }
            if let name, !isHidden { authors.append(Author(name)) }
        }
        return authors
    }
}
