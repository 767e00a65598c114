import Core
import Papers

/// CSL-JSON, as Zotero, Mendeley and citation processors write it: an array of items, one item, or an object that holds them
/// under `items`.
enum CSLLibrary {
    static func read(_ text: [UInt8], into library: inout ParsedLibrary) throws(LibraryError) {
        var reader = JSONReader(text)
        do throws(JSONError) {
            switch try reader.kind() {
            case .array: try items(&reader, into: &library)
            default:
                var fields = LibraryFields()
                var key = ""
                var holdsItems = false
                try reader.forEachMember { (name, value) throws(JSONError) in
                    if name == "items", try value.kind() == .array {
                        holdsItems = true
                        try items(&value, into: &library)
                    } else {
                        try member(name, &value, &fields, &key)
                    }
                }
                if !holdsItems { library.take(fields.entry(), line: 1, name: key) }
            }
        } catch {
            if library.isCut { return }
            guard !library.entries.isEmpty else { throw LibraryError(.broken, error.description) }
            library.skip(.broken, line: error.line)
        }
    }

    private static func items(_ reader: inout JSONReader, into library: inout ParsedLibrary) throws(JSONError) {
        try reader.forEachElement { (_, item) throws(JSONError) in
            // The rest need not be read; that ends the document here.
            guard library.wantsMore() else { throw item.error(.count, "") }
            let line = item.error(.shape, "").line
            let failure = try item.element { (item) throws(JSONError) in
                var fields = LibraryFields()
                var key = ""
                try item.forEachMember { (name, value) throws(JSONError) in try member(name, &value, &fields, &key) }
                library.take(fields.entry(), line: line, name: key)
            }
            if let failure { library.skip(.broken, line: failure.line) }
        }
    }

    private static func member(
        _ name: String, _ value: inout JSONReader, _ fields: inout LibraryFields, _ key: inout String
    ) throws(JSONError) {
        switch name.lowercased() {
        case "id": key = try word(&value)
        case "title": fields.title = try value.optionalUTF8() ?? []
        case "abstract": fields.abstract = try value.optionalUTF8() ?? []
        case "author": fields.authors = try authors(&value)
        case "keyword":
            fields.keywords = try word(&value).split { $0 == "," || $0 == ";" }.map(\.trimmed).filter { !$0.isEmpty }
        case "issued": fields.date = try date(&value)
        case "doi", "url", "note", "number", "archive_location", "pmcid", "container-title":
            let text = try word(&value)
            if !text.isEmpty { fields.names.append(text) }
        case "pmid":
            let text = try word(&value)
            if !text.isEmpty { fields.names.append("PMID: \(text)") }
        default: try value.skip()
        }
    }

    /// A string, or a number as some write it.
    private static func word(_ value: inout JSONReader) throws(JSONError) -> String {
        switch try value.kind() {
        case .string: try value.token() ?? ""
        case .number: try value.integer().map(String.init) ?? ""
        default: try value.skipped("")
        }
    }

    private static func authors(_ value: inout JSONReader) throws(JSONError) -> [String] {
        guard try value.kind() == .array else { return try value.skipped([]) }
        var names: [String] = []
        try value.forEachElement { (_, element) throws(JSONError) in
            var parts: [String: String] = [:]
            try element.members { (key, value) throws(JSONError) in parts[key] = try value.text() }
            let given = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"]
            let name = parts["literal"] ?? given.compactMap { parts[$0] }.joined(separator: " ")
            if !name.isEmpty, names.count < 200 { names.append(name) }
        }
        return names
    }

    /// `{"date-parts": [[2017, 6, 12]]}`, `{"raw": "June 2017"}` or a bare string.
    private static func date(_ value: inout JSONReader) throws(JSONError) -> String {
        guard try value.kind() == .object else { return try word(&value) }
        var date = ""
        try value.forEachMember { (key, value) throws(JSONError) in
            switch key {
            case "date-parts": date = try firstYear(&value)
            case "raw", "literal": if date.isEmpty { date = try word(&value) } else { try value.skip() }
            default: try value.skip()
            }
        }
        return date
    }

    private static func firstYear(_ value: inout JSONReader) throws(JSONError) -> String {
        var year = ""
        guard try value.kind() == .array else { return try word(&value) }
        try value.forEachElement { (_, part) throws(JSONError) in
            let found = try firstYear(&part)
            if year.isEmpty { year = found }
        }
        return year
    }
}
