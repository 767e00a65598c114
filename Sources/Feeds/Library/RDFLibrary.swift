import Core
import Papers

/// Zotero's RDF (https://www.zotero.org/support/kb/rdf): items beside what contains them, in bibo's older sister `bib:`, Dublin
/// Core, FOAF and Zotero's own `z:`.
enum RDFLibrary {
    static func read(_ text: DecodedText, into library: inout ParsedLibrary) throws(LibraryError) {
        let outcome: XMLReader.Outcome
        do throws(FeedError) {
            outcome = try XMLReader.read(text, entries: []) { _, _ in }
        } catch {
            throw LibraryError(.broken, error.message)
        }
        guard let root = outcome.head, root.name.local == "rdf" else {
            guard outcome.head == nil else { throw LibraryError(.unknown) }
            throw LibraryError(.broken, outcome.problem ?? "no element")
        }
        // A journal stands for itself, and its articles point to it; their DOI is often said of it.
        var journals: [String: [String]] = [:]
        for element in root.children where isContainer(element) {
            if let about = element[attribute: "about"] { journals[about] = identifiers(of: element) }
        }
        for (index, element) in root.children.enumerated() where isItem(element) {
            guard library.wantsMore() else { return }
            library.take(fields(of: element, journals).entry(), name: "\(index + 1)")
        }
    }

    private static func isContainer(_ element: XMLElement) -> Bool {
        ["journal", "series", "periodical", "newspaper", "magazine"].contains(element.name.local)
    }

    private static func isItem(_ element: XMLElement) -> Bool {
        guard !isContainer(element), !["attachment", "memo", "collection", "usertag"].contains(element.name.local)
        else {
            return false
        }
        return !["attachment", "note"].contains(text(element, "itemtype").lowercased())
    }

    private static func fields(of element: XMLElement, _ journals: [String: [String]]) -> LibraryFields {
        var fields = LibraryFields()
        fields.title = element.text(.dc("title")) ?? []
        fields.abstract = element.text(.dc("abstract")) ?? []
        fields.date = element.token(.dc("date")) ?? ""
        fields.authors = authors(of: element)
        fields.keywords = element.all(.dc("subject")).compactMap { subject in
            LibraryFields.clean(subject.text)
                ?? subject.children.first.flatMap { tag in
                    LibraryFields.clean(value(tag))
                }
        }
        fields.names = identifiers(of: element)
        // A journal may have any number of identifiers, and an item any number of journals.
        for parent in element.all(.dc("ispartof")) where fields.names.count < LibraryFields.mostNames {
            if let resource = parent[attribute: "resource"] {
                fields.names += (journals[resource] ?? []).prefix(LibraryFields.mostNames)
            }
            for journal in parent.children where isContainer(journal) { fields.names += identifiers(of: journal) }
        }
        if let about = element[attribute: "about"] { fields.names.append(about) }
        // Zotero's “Extra”, where translators put arXiv's ids.
        if let extra = element.text(.dc("description")) { fields.names.append(String(decoding: extra, as: UTF8.self)) }
        return fields
    }

    /// `DOI 10.1038/nature14539`, or an address as `dcterms:URI`.
    private static func identifiers(of element: XMLElement) -> [String] {
        element.all(.dc("identifier")).flatMap { identifier -> [String] in
            let own = String(decoding: identifier.text, as: UTF8.self).trimmed
            return (own.isEmpty ? [] : [own])
                + identifier.children.map { String(decoding: value($0), as: UTF8.self).trimmed }
        }
    }

    private static func authors(of element: XMLElement) -> [String] {
        guard let list = element.children.first(where: { $0.name.local == "authors" }) else { return [] }
        return persons(in: list, depth: 0).prefix(200).compactMap { person in
            let given = text(person, "givenname").isEmpty ? text(person, "givenName") : text(person, "givenname")
            let name = [given, text(person, "surname")].filter { !$0.isEmpty }.joined(separator: " ")
            return name.isEmpty ? nil : LibraryFields.clean(Array(name.utf8))
        }
    }

    /// `bib:authors` holds an `rdf:Seq` of `rdf:li`, each with a person.
    private static func persons(in element: XMLElement, depth: Int) -> [XMLElement] {
        if element.name.local == "person" { return [element] }
        return depth > 4 ? [] : element.children.flatMap { persons(in: $0, depth: depth + 1) }
    }

    private static func text(_ element: XMLElement, _ local: String) -> String {
        let child = element.children.first { $0.name.local == local.lowercased() }
        return child.map { String(decoding: $0.text, as: UTF8.self).trimmed } ?? ""
    }

    private static func value(_ element: XMLElement) -> [UInt8] {
        element.children.first { $0.name.local == "value" }?.text ?? element.text
    }
}
