import Core
import Papers

/// The fields of one entry as a format has them, made into a ``LibraryEntry``: what all formats share.
struct LibraryFields {
    var title: [UInt8] = []
    /// Given names first.
    var authors: [String] = []
    var abstract: [UInt8] = []
    var keywords: [String] = []
    var date: String = ""
    /// What may name the paper, or hold what does: identifiers, addresses, notes.
    var names: [String] = []

    private static let longestTitle = 4 << 10
    private static let longestAbstract = 64 << 10
    /// Characters that are kept of an abstract; what a paper is about stands at its beginning.
    private static let keptAbstract = 4_000
    private static let mostAuthors = 100
    private static let mostKeywords = 50
    /// So many fields are asked for what names the paper, and so many identifiers are kept.
    static let mostNames = 20
    private static let longestID = 300

    /// - Parameter isTeX: whether title and abstract are TeX's own text.
    func entry(isTeX: Bool = false) -> LibraryEntry {
        LibraryEntry(
            title: Self.clean(title, isTeX: isTeX, most: Self.longestTitle).map {
                FieldLimits.cut($0, toCharacters: FieldLimits.title)
            } ?? "",
            authors: authors.prefix(Self.mostAuthors).compactMap { name in
                let name = FieldLimits.cut(name.trimmed, to: FieldLimits.name)
                return name.isEmpty ? nil : Author(name)
            },
            abstract: Self.clean(abstract, isTeX: isTeX, most: Self.longestAbstract).map {
                FieldLimits.cut($0, toCharacters: Self.keptAbstract)
            } ?? "",
            keywords: keywords.prefix(Self.mostKeywords).map { FieldLimits.cut($0, to: FieldLimits.name) },
            year: Self.year(in: date), ids: ids)
    }

    private var ids: [PaperID] {
        let found = names.prefix(Self.mostNames).lazy.flatMap(Self.ids)
        return Array(found.filter { $0.key.utf8.count <= Self.longestID }.prefix(Self.mostNames))
    }

    /// Text without markup and TeX; in TeX's own text also without the braces that only keep capitals.
    static func clean(
        _ bytes: [UInt8], as form: TextForm = .undeclared, isTeX: Bool = false, most: Int = 4 << 10
    ) -> String? {
        let bytes = FieldLimits.cut(bytes, to: most)
        guard isTeX, bytes.contains(where: isBrace) else {
            return FieldText.clean(bytes, as: form)
        }
        // Braces that the text itself has, under signs that no text has.
        let (open, close): (Character, Character) = ("\u{F8F0}", "\u{F8F1}")
        var text = String(decoding: bytes, as: UTF8.self)
        for (command, sign) in [("textbraceleft", open), ("{", open), ("textbraceright", close), ("}", close)] {
            text.replace("\\\(command)", with: String(sign))
        }
        guard let read = FieldText.clean(Array(text.utf8), as: form) else { return nil }
        let bare = read.filter { $0 != "{" && $0 != "}" }.trimmed
        return bare.isEmpty ? nil : String(bare.map { $0 == open ? "{" : $0 == close ? "}" : $0 })
    }

    private static func isBrace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") }

    /// The first four digits that stand alone and are a year, as in `2017-06-12`, `12 June 2017` or `2017/06/12/`.
    static func year(in date: String) -> Int? {
        date.utf8.prefix(200).split { !(0x30...0x39).contains($0) }.lazy.filter { $0.count == 4 }
            .compactMap { Int(String(decoding: $0, as: UTF8.self)) }.first { (1500...2200).contains($0) }
    }

    /// What a field names: itself, or what one of its lines begins with (`arXiv preprint arXiv:1706.03762`, `DOI: 10.…`,
    /// DBLP's `abs/1706.03762`). What stands further on in a sentence may be another paper.
    static func ids(in text: String) -> [PaperID] {
        let text = FieldLimits.cut(text.trimmed, to: 4 << 10)
        if let id = PaperID(parsing: text) { return [id] }
        return text.split(whereSeparator: \.isNewline).prefix(50).compactMap { line in
            let words = line.split { $0.isWhitespace || ",;\"“”()[]".contains($0) }.prefix(4)
            guard let first = words.first, begins(first, ["arxiv", "doi", "abs/", "10.", "http"]) else { return nil }
            for word in words where begins(word, ["arxiv:", "doi:", "10.", "http"]) || word.first?.isNumber ?? false {
                if let id = PaperID(parsing: word), id.namesPaper { return id }
            }
            return begins(first, ["abs/"]) ? PaperID(parsing: "arXiv:\(first.dropFirst(4))") : nil
        }
    }

    private static func begins(_ word: Substring, _ beginnings: [String]) -> Bool {
        let word = word.lowercased()
        return beginnings.contains { word.hasPrefix($0) }
    }
}
