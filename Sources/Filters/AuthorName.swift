/// An author as somebody writes the name whom they follow: `Ada Lovelace`, `Lovelace, A.`, `author:"Ada Lovelace"`.
///
/// It means what `author:` means in a filter, so that the papers of many names are found with everybody's filters.
public struct AuthorName: Hashable, Sendable, CustomStringConvertible {
    /// As it was typed, without a field or quotation marks around it, one blank between two words.
    public let text: String
    /// The filter that finds their papers, in canonical form; the same for two names that ask the same.
    public let filter: String
    private let pattern: NamePattern

    /// Most characters of a name.
    public static let maximumLength = 100
    /// Most words of a name; more are several names.
    static let maximumWords = 10

    /// - Throws: ``AuthorNameError`` where it cannot be one name.
    public init(_ typed: String) throws(AuthorNameError) {
        // What is too long is not looked through.
        guard typed.utf8.count <= Self.maximumLength * 16 else { throw AuthorNameError(typed: typed, fault: .tooLong) }
        text = Self.bare(typed)
        guard text.count <= Self.maximumLength else { throw AuthorNameError(typed: typed, fault: .tooLong) }
        guard !text.unicodeScalars.contains(where: Self.strangers.contains) else {
            throw AuthorNameError(typed: typed, fault: .strangeSign)
        }
        pattern = NamePattern(text)
        guard pattern.words.count <= Self.maximumWords else { throw AuthorNameError(typed: typed, fault: .tooLong) }
        guard pattern.words.contains(where: Self.tells) else { throw AuthorNameError(typed: typed, fault: .noName) }
        filter = CanonicalPrinter.text(of: .author(pattern))
    }

    public var description: String { text }

    /// One name a line, without empty lines and without one that asks the same as one before it.
    ///
    /// - Throws: ``AuthorNameError`` for the first line that cannot be a name.
    public static func lines(_ text: String) throws(AuthorNameError) -> [AuthorName] {
        var names: [AuthorName] = []
        var seen: Set<String> = []
        for line in text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            let name = try AuthorName(String(line))
            if seen.insert(name.filter).inserted { names.append(name) }
        }
        return names
    }

    /// Whether somebody by that name is meant, in whatever form it stands.
    ///
    /// - Parameter name: as a paper has it.
    public func matches(_ name: String) -> Bool { pattern.matches(PersonName(name)) }

    /// Signs that stand in addresses, lists and filters, and in no name.
    private static let strangers = Set("*@/\\:;<>{}[]|=&#%^~+$?!".unicodeScalars)

    private static let quotes: Set<Character> = ["\"", "“", "”", "„", "«", "»", "「", "」"]

    private static func bare(_ typed: String) -> String {
        var text = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")[...]
        if let colon = text.firstIndex(of: ":"), Field(typed: String(text[..<colon])) == .author {
            text = text[text.index(after: colon)...]
        }
        while let first = text.first, quotes.contains(first) || first.isWhitespace { text.removeFirst() }
        while let last = text.last, quotes.contains(last) || last.isWhitespace || last == "," { text.removeLast() }
        return String(text)
    }

    /// A word by which somebody can be found: not a bare initial, which half of all authors have, and not a number.
    private static func tells(_ word: String) -> Bool {
        guard word.contains(where: \.isLetter), let first = word.unicodeScalars.first else { return false }
        return first.isWrittenWithoutBlanks || word.unicodeScalars.count > 1
    }
}

/// Why a text cannot be the name of one author.
public struct AuthorNameError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Fault: Sendable {
        /// Nothing but initials, numbers or signs.
        case noName
        /// A sign that no name has.
        case strangeSign
        /// Too many characters or words.
        case tooLong
    }

    public let typed: String
    public let fault: Fault

    public var description: String {
        let what = "“\(typed.count > 60 ? typed.prefix(60) + "…" : typed)”"
        return switch fault {
        case .noName: "there is no name in \(what): write one such as Ada Lovelace or A. Lovelace"
        case .strangeSign: "\(what) cannot be a name: write one name by itself, such as Ada Lovelace or A. Lovelace"
        case .tooLong: "\(what) is too long for a name: write one name by itself, such as Ada Lovelace"
        }
    }
}
