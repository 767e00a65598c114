import Foundation
import Papers

/// An item of JSON Feed 1.0 or 1.1 (https://www.jsonfeed.org/version/1.1/).
struct JSONFeedItem {
    var id: String?
    var url: String?
    /// Whether it has an address, though that may be empty.
    var hasURL = false
    var externalURL: String?
    var title: String?
    var html: String?
    var text: String?
    var summary: String?
    var published: Date?
    var modified: Date?
    /// 1.1's list, else 1.0's single author.
    var authors: [Author] = []
    var tags: [String] = []
    var attachments: [(url: String, type: String)] = []

    init(_ reader: inout JSONReader) throws(JSONError) {
        var single: Author?
        try reader.forEachMember { (key, value) throws(JSONError) in
            switch key {
            // A number where the specification asks for a string is allowed for.
            case "id": id = try value.kind() == .number ? try value.numberText() : try value.token()
            case "url":
                hasURL = try value.kind() == .string
                url = try value.token()
            case "external_url": externalURL = try value.token()
            case "title": title = try value.text(.plain)
            case "content_html": html = try value.text(.html)
            case "content_text": text = try value.text(.plain)
            case "summary": summary = try value.text(.plain)
            case "date_published": published = try value.date()
            case "date_modified": modified = try value.date()
            case "author": single = try Self.author(&value)
            case "authors": authors = try Self.authors(&value)
            case "tags": tags = try value.texts(.plain)
            case "attachments": attachments = try Self.attachments(&value)
            default: try value.skip()
            }
        }
        if authors.isEmpty, let single { authors = [single] }
    }

    static func author(_ reader: inout JSONReader) throws(JSONError) -> Author? {
        var name: String?
        try reader.members { (key, value) throws(JSONError) in
            if key == "name" { name = try value.text(.plainWithReferences) } else { try value.skip() }
        }
        return name.map { Author($0) }
    }

    static func authors(_ reader: inout JSONReader) throws(JSONError) -> [Author] {
        guard try reader.kind() == .array else {
            try reader.skip()
            return []
        }
        var authors: [Author] = []
        try reader.forEachElement { (_, element) throws(JSONError) in
            if let author = try author(&element) { authors.append(author) }
        }
        return authors
    }

    private static func attachments(_ reader: inout JSONReader) throws(JSONError) -> [(url: String, type: String)] {
        var attachments: [(url: String, type: String)] = []
        guard try reader.kind() == .array else {
            try reader.skip()
            return []
        }
        try reader.forEachElement { (_, element) throws(JSONError) in
            var url = ""
            var type = ""
            try element.members { (key, value) throws(JSONError) in
                switch key {
                case "url": url = try value.token() ?? ""
                case "mime_type": type = try value.token() ?? ""
                default: try value.skip()
                }
            }
            attachments.append((url, type))
        }
        return attachments
    }
}
