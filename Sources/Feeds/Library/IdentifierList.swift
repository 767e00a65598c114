import Core
import Papers

/// A list of arXiv ids, DOIs and addresses of papers. A line is one, or has several with blanks, commas or semicolons between;
/// what follows a `#` at the beginning of a line is a note.
enum IdentifierList {
    private static let longestLine = 64 << 10

    static func read(_ text: [UInt8], into library: inout ParsedLibrary) {
        var (start, number) = (0, 0)
        while start < text.count, library.wantsMore() {
            let end = text[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
            number += 1
            let line = text[start..<end].trimmed(of: \.isXMLBlank)
            start = end + 1
            if end + 1 < text.count, text[end] == 0x0D, text[end + 1] == 0x0A { start += 1 }
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            read(String(decoding: line.prefix(longestLine), as: UTF8.self), number, into: &library)
        }
    }

    private static func read(_ line: String, _ number: Int, into library: inout ParsedLibrary) {
        if let id = named(line) { return library.take(LibraryEntry(ids: [id]), line: number) }
        let words = line.split { $0.isWhitespace || ",;".contains($0) }.filter {
            !["doi:", "doi", "arxiv:", "arxiv", "and", "-", "*", "•"].contains($0.lowercased())
        }
        let ids = words.map { named(String($0)) }
        // Words of which none is an identifier are one thing that cannot be read, such as a title.
        guard ids.contains(where: { $0 != nil }) else {
            return library.skip(.noIdentifier, line: number, name: line)
        }
        for (word, id) in zip(words, ids) where library.wantsMore() {
            if let id {
                library.take(LibraryEntry(ids: [id]), line: number)
            } else {
                library.skip(.noIdentifier, line: number, name: String(word))
            }
        }
    }

    private static func named(_ text: String) -> PaperID? {
        PaperID(parsing: text).flatMap { $0.namesPaper ? $0 : nil }
    }
}
