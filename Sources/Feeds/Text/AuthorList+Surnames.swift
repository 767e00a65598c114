import Core
import Papers

/// Lists in which the surname comes first, by the format's own rule.
extension AuthorList {
    /// `Loconsole, M.; Garcia-Pelegrin, E.; The Consortium`
    static func authors(inSemicolonList list: [UInt8]) -> [Author] {
        guard let text = FieldText.clean(list) else { return [] }
        return text.split(separator: ";").compactMap { Self.author(surnameFirst: $0.trimmed) }
    }

    /// bioRxiv's RSS: `Kaur, M., Shukla, A., The Wheat Consortium`, where the comma divides both names and authors.
    static func authors(inSurnameList list: [UInt8]) -> [Author] {
        guard let text = FieldText.clean(list) else { return [] }
        var authors: [Author] = []
        var surname: String?
        for part in text.split(separator: ",").map(\.trimmed) where !part.isEmpty {
            if let name = surname, isInitials(part) {
                authors.append(Author("\(part) \(name)"))
                surname = nil
            } else {
                if let name = surname { authors.append(Author(name)) }
                surname = part
            }
        }
        if let surname { authors.append(Author(surname)) }
        return authors
    }

    /// `Raselli, Niccolò` → `Niccolò Raselli`, as Dublin Core asks for persons; names without exactly one comma, and what
    /// looks like an organisation, stay as they are. Nil for a catalogue's “no name”.
    static func author(surnameFirst name: String) -> Author? {
        guard !name.isEmpty, !name.hasPrefix("[") else { return nil }
        let parts = name.split(separator: ",").map(\.trimmed)
        let isPerson = parts.count == 2 && parts.allSatisfy { (1...3).contains($0.split(separator: " ").count) }
        guard isPerson, parts[1].first?.isUppercase ?? false else { return Author(name) }
        return Author("\(parts[1]) \(parts[0])")
    }

    /// `M.`, `J. R.`, `B.-K.`, `C. P`, `MR`
    private static func isInitials(_ text: String) -> Bool {
        let letters = text.filter(\.isLetter)
        return !letters.isEmpty && letters.count <= 5 && text.count <= 16 && letters.allSatisfy(\.isUppercase)
            && text.allSatisfy { $0.isLetter || ". -".contains($0) }
    }
}
