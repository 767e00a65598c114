import Foundation
import Papers

/// A work of Crossref's REST API (https://api.crossref.org/swagger-ui), as the API writes it.
struct CrossrefWork {
    var doi: String?
    /// `journal-article`, `posted-content`, `peer-review`, …
    var type: String?
    /// What this work does to others (`update-to`), as a notice does.
    var updates: [Update] = []
    /// What others do to this work (`updated-by`, which Crossref fills from notices and from Retraction Watch).
    var updatedBy: [Update] = []
    var titles: [String] = []
    var subtitles: [String] = []
    var abstract: String?
    var authors: [Author] = []
    var subjects: [String] = []
    var containers: [String] = []
    var url: String?
    var pageURL: String?
    var pdfURL: String?
    /// By the key that holds it: `published-online`, `posted`, `issued`, …
    var dates: [String: Date] = [:]
    /// Preprints of this work, or the work that this preprint became.
    var relatedDOIs: [String] = []

    /// An element of `update-to` or `updated-by`.
    struct Update {
        /// `retraction`, `correction`, `expression_of_concern`, `new_version`, …
        var type: String
        var doi: String?
    }

    init(_ reader: inout JSONReader) throws(JSONError) {
        try reader.forEachMember { (key, value) throws(JSONError) in
            switch key {
            case "DOI": doi = try value.token()
            case "type": type = try value.token()?.lowercased()
            case "update-to": updates = try Self.updates(&value)
            case "updated-by": updatedBy = try Self.updates(&value)
            case "title": titles = try value.texts()
            case "subtitle": subtitles = try value.texts()
            case "abstract": abstract = try value.optionalUTF8().flatMap { CrossrefText.abstract($0) }
            case "author": authors = try Self.authors(&value)
            case "subject": subjects = try value.texts()
            case "container-title": containers = try value.texts()
            case "URL": url = try value.token()
            case "resource": pageURL = try Self.primaryURL(&value)
            case "link": pdfURL = try Self.pdf(&value)
            case "relation": relatedDOIs = try Self.relations(&value)
            case "issued", "published", "published-print", "published-online", "posted", "created", "deposited":
                dates[key] = try Self.date(&value)
            default: try value.skip()
            }
        }
    }

    /// `{"date-parts": [[2015, 3]]}`, or the instant where there is one.
    private static func date(_ reader: inout JSONReader) throws(JSONError) -> Date? {
        var parts: [Int] = []
        var instant: Date?
        try reader.members { (key, value) throws(JSONError) in
            switch key {
            case "date-parts":
                try value.forEachElement { (_, date) throws(JSONError) in
                    guard try date.kind() == .array else { return try date.skip() }
                    try date.forEachElement { (_, part) throws(JSONError) in
                        if let number = try part.integer() { parts.append(number) }
                    }
                }
            case "date-time": instant = try value.date()
            default: try value.skip()
            }
        }
        guard let year = parts.first else { return instant }
        var fields = DateFields()
        fields.year = year
        fields.month = parts.count > 1 ? parts[1] : 1
        fields.day = parts.count > 2 ? parts[2] : 1
        return instant ?? fields.date
    }

    private static func authors(_ reader: inout JSONReader) throws(JSONError) -> [Author] {
        var authors: [Author] = []
        try reader.forEachElement { (_, element) throws(JSONError) in
            var parts: [String: String] = [:]
            var affiliation: String?
            try element.members { (key, value) throws(JSONError) in
                switch key {
                case "given", "family", "name", "suffix": parts[key] = try value.text()
                case "affiliation":
                    try value.forEachElement { (_, place) throws(JSONError) in
                        let author = try JSONFeedItem.author(&place)
                        affiliation = affiliation ?? author?.name
                    }
                default: try value.skip()
                }
            }
            let name = ["given", "family", "suffix"].compactMap { parts[$0] }.joined(separator: " ")
            if let full = name.isEmpty ? parts["name"] : name { authors.append(Author(full, affiliation: affiliation)) }
        }
        return authors
    }

    private static func updates(_ reader: inout JSONReader) throws(JSONError) -> [Update] {
        guard try reader.kind() == .array else { return try reader.skipped([]) }
        var updates: [Update] = []
        try reader.forEachElement { (_, element) throws(JSONError) in
            var update = Update(type: "")
            try element.members { (key, value) throws(JSONError) in
                switch key {
                case "type": update.type = try value.token()?.lowercased().replacing("-", with: "_") ?? ""
                case "DOI": update.doi = try value.token()
                default: try value.skip()
                }
            }
            updates.append(update)
        }
        return updates
    }

    private static func primaryURL(_ reader: inout JSONReader) throws(JSONError) -> String? {
        var url: String?
        try reader.members { (key, value) throws(JSONError) in
            guard key == "primary" else { return try value.skip() }
            try value.members { (key, value) throws(JSONError) in
                if key == "URL" { url = try value.token() } else { try value.skip() }
            }
        }
        return url
    }

    private static func pdf(_ reader: inout JSONReader) throws(JSONError) -> String? {
        var pdf: String?
        try reader.forEachElement { (_, element) throws(JSONError) in
            var url: String?
            var type: String?
            try element.members { (key, value) throws(JSONError) in
                switch key {
                case "URL": url = try value.token()
                case "content-type": type = try value.token()
                default: try value.skip()
                }
            }
            if type == "application/pdf" { pdf = pdf ?? url }
        }
        return pdf
    }

    /// Only relations that say “the same paper”.
    private static func relations(_ reader: inout JSONReader) throws(JSONError) -> [String] {
        var related: [String] = []
        try reader.members { (key, value) throws(JSONError) in
            guard ["is-preprint-of", "has-preprint", "is-version-of", "has-version", "is-same-as"].contains(key) else {
                return try value.skip()
            }
            try value.forEachElement { (_, element) throws(JSONError) in
                var type: String?
                var id: String?
                try element.members { (key, value) throws(JSONError) in
                    switch key {
                    case "id-type": type = try value.token()
                    case "id": id = try value.token()
                    default: try value.skip()
                    }
                }
                if let id, type == "doi" || type == "arxiv" { related.append(id) }
            }
        }
        return related
    }
}
