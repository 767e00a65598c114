import Foundation

/// A note of OpenReview's API, version 1 (`content.title`) or 2 (`content.title.value`).
struct OpenReviewNote {
    var id: String?
    var forum: String?
    /// Milliseconds since 1970.
    var created: Date?
    var published: Date?
    var modified: Date?
    var title: String?
    var abstract: String?
    var synopsis: String?
    var venue: String?
    var authors: [String] = []
    var keywords: [String] = []
    var pdf: String?
    var code: String?

    init(_ reader: inout JSONReader) throws(JSONError) {
        try reader.forEachMember { (key, value) throws(JSONError) in
            switch key {
            case "id": id = try value.token()
            case "forum": forum = try value.token()
            case "cdate", "tcdate": created = try Self.earliest(created, &value)
            case "pdate": published = try Self.instant(&value)
            case "mdate", "tmdate": modified = try Self.instant(&value) ?? modified
            case "content": try content(&value)
            default: try value.skip()
            }
        }
    }

    private mutating func content(_ reader: inout JSONReader) throws(JSONError) {
        var note = self
        try reader.members { (key, value) throws(JSONError) in
            guard try value.kind() == .object else { return try note.field(key, &value) }
            try value.forEachMember { (inner, value) throws(JSONError) in
                if inner == "value" { try note.field(key, &value) } else { try value.skip() }
            }
        }
        self = note
    }

    private mutating func field(_ key: String, _ value: inout JSONReader) throws(JSONError) {
        switch key {
        case "title": title = try value.text(.plain)
        case "abstract": abstract = try value.optionalUTF8().flatMap { FieldText.clean(Markdown.text($0), as: .plain) }
        case "TL;DR", "TLDR", "tldr": synopsis = try value.text(.plain)
        case "venue": venue = try value.text()
        case "authors": authors = try value.texts()
        case "keywords": keywords = try value.texts()
        case "pdf": pdf = try value.token()
        case "code": code = try value.token()
        default: try value.skip()
        }
    }

    /// `cdate` may be set by hand, and `tcdate` is when the server took it.
    private static func earliest(_ known: Date?, _ reader: inout JSONReader) throws(JSONError) -> Date? {
        let date = try instant(&reader)
        guard let known, let date else { return known ?? date }
        return min(known, date)
    }

    /// Milliseconds since 1970; nil for a number that is none of the years 1 to 9999, to which all dates of feeds belong.
    private static func instant(_ reader: inout JSONReader) throws(JSONError) -> Date? {
        try reader.integer().flatMap { FeedDate.plausible(Date(timeIntervalSince1970: Double($0) / 1000)) }
    }
}
