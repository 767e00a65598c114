import Foundation
import Papers

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
    /// The group that names the venue and, since 2023, what became of the submission there.
    var venueID: String?
    /// What the note answers to: `ICLR.cc/2026/Conference/-/Submission`.
    var invitations: [String] = []
    /// Whether it has a date of deletion.
    var isDeleted = false
    /// Names of the same paper elsewhere: `arxiv:2511.01234`, `doi:10.…`, `dblp:conf/iclr/…`.
    var externalIDs: [String] = []
    var authors: [Author] = []
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
            case "ddate": isDeleted = try value.skipped(value.kind() != .null)
            case "invitation": invitations += [try value.token()].compactMap(\.self)
            case "invitations": invitations += try Self.tokens(&value)
            case "externalId", "externalIds": externalIDs += try Self.externalIDs(&value)
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
        case "venueid": venueID = try value.token()
        case "authors": authors = try Self.authors(&value)
        case "externalId", "externalIds": externalIDs += try Self.externalIDs(&value)
        case "keywords": keywords = try value.texts()
        case "pdf": pdf = try value.token()
        case "code": code = try value.token()
        default: try value.skip()
        }
    }

    /// Names, or, since April 2026, `{"fullname": "Ada Lovelace", "username": "~Ada_Lovelace1"}`.
    private static func authors(_ reader: inout JSONReader) throws(JSONError) -> [Author] {
        var authors: [Author] = []
        guard try reader.kind() == .array else {
            try reader.skip()
            return []
        }
        try reader.forEachElement { (_, element) throws(JSONError) in
            guard try element.kind() == .object else {
                if let name = try element.text() { authors.append(Author(name)) }
                return
            }
            var names: [String: String] = [:]
            var place: String?
            try element.members { (key, value) throws(JSONError) in
                switch key {
                case "fullname", "name", "username": names[key] = try value.text()
                case "institutions": place = try institution(&value)
                default: try value.skip()
                }
            }
            let name = names["fullname"] ?? names["name"] ?? names["username"].flatMap(Self.name(ofProfile:))
            if let name { authors.append(Author(name, affiliation: place)) }
        }
        return authors
    }

    /// The first of `[{"name": "…", "domain": "…"}]`.
    private static func institution(_ reader: inout JSONReader) throws(JSONError) -> String? {
        var first: String?
        guard try reader.kind() == .array else { return try reader.skipped(nil) }
        try reader.forEachElement { (_, element) throws(JSONError) in
            let place = try JSONFeedItem.author(&element)
            first = first ?? place?.name
        }
        return first
    }

    /// `~Ada_M._Lovelace1` is Ada M. Lovelace's profile; nil for a mail address, which some authors have in its place.
    private static func name(ofProfile username: String) -> String? {
        guard username.hasPrefix("~") else { return nil }
        let words = username.dropFirst().split(separator: "_").joined(separator: " ")
        let name = String(words.reversed().drop(while: \.isNumber).reversed())
        return name.isEmpty ? nil : name
    }

    private static func tokens(_ reader: inout JSONReader) throws(JSONError) -> [String] {
        guard try reader.kind() == .array else { return [try reader.token()].compactMap(\.self) }
        var tokens: [String] = []
        try reader.forEachElement { (_, element) throws(JSONError) in
            if let token = try element.token() { tokens.append(token) }
        }
        return tokens
    }

    /// One name, a list of them, or an object with a name a kind; in a list also `{"type": "arxiv", "value": "…"}`.
    private static func externalIDs(_ reader: inout JSONReader) throws(JSONError) -> [String] {
        switch try reader.kind() {
        case .array:
            var all: [String] = []
            try reader.forEachElement { (_, element) throws(JSONError) in all += try externalIDs(&element) }
            return all
        case .object:
            var members: [String: String] = [:]
            try reader.members { (key, value) throws(JSONError) in members[key.lowercased()] = try value.token() }
            let kind = members["type"] ?? members["source"] ?? members["kind"] ?? members["scheme"]
            if let kind, let value = members["value"] ?? members["id"] { return ["\(kind):\(value)"] }
            return members.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
        default: return [try reader.token()].compactMap(\.self)
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
