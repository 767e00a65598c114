import Papers

/// What a work of Crossref's is, if not a paper: its index holds all that has a DOI.
enum CrossrefKind {
    /// Why a work is no paper; nil for one that may be.
    static func reasonAgainst(_ work: CrossrefWork) -> String? {
        if let type = work.type, let name = others[type] { return "it is \(name), not a paper" }
        return nil
    }

    /// A notice about another work: of a retraction, what it says of that work; of a correction, the reason why it is left
    /// out. Nil for a paper.
    static func notice(_ work: CrossrefWork, title: String, own: PaperID) -> Result<Entry, DropReason>? {
        let grave = work.updates.filter { status(of: $0.type) != nil }
        if let update = grave.max(by: { (status(of: $0.type) ?? .concern) < (status(of: $1.type) ?? .concern) }) {
            guard let target = update.doi.flatMap({ PaperID(parsing: $0) }), target != own else {
                return .failure(DropReason("it is a notice (\(update.type)) that names no work"))
            }
            var entry = Entry(id: target, title: title)
            entry.url = own.pageURL
            entry.doi = target.scheme == .doi ? target.value : nil
            entry.journal = work.containers.first
            entry.status = status(of: update.type)
            entry.announceType = .notice
            entry.published = work.dates["published"] ?? work.dates["issued"]
            return .success(entry)
        }
        if let update = work.updates.first(where: { corrections.contains($0.type) }) {
            return .failure(DropReason("it is a \(update.type) of \(update.doi ?? "another work"), not a paper"))
        }
        return isNotice(title) ? .failure(DropReason("by its title it is a notice about another work")) : nil
    }

    static func status(of update: String) -> PaperStatus? {
        switch update {
        case "retraction", "partial_retraction": .retracted
        case "withdrawal", "removal": .withdrawn
        case "expression_of_concern": .concern
        default: nil
        }
    }

    /// Whether a preprint's DOI is that of a second or later version.
    static func isRevision(_ work: CrossrefWork) -> Bool {
        if work.updates.contains(where: { $0.type == "new_version" || $0.type == "new_edition" }) { return true }
        return work.type == "posted-content" && (work.doi.flatMap(VersionedDOI.version) ?? 1) > 1
    }

    /// The types (https://api.crossref.org/types) of parts of works, of what holds works, and of what is about them.
    private static let others = [
        "peer-review": "a review", "component": "a part of a work", "sa-component": "a part of a work",
        "journal": "a journal", "journal-issue": "an issue", "journal-volume": "a volume",
        "proceedings": "a volume of proceedings", "proceedings-series": "a series", "book-series": "a series",
        "book-set": "a set of books", "book-track": "a part of a book", "report-series": "a series",
        "standard-series": "a series", "grant": "a grant", "database": "a database",
    ]

    private static let corrections: Set<String> = [
        "addendum", "clarification", "correction", "corrigendum", "erratum", "err",
    ]

    /// `Correction to: …`, `Author Correction: …`, `Erratum`, `Retraction note: …`: notices that say of no work by its DOI.
    private static func isNotice(_ title: String) -> Bool {
        let title = title.lowercased()
        let kinds = [
            "erratum", "errata", "corrigendum", "corrigenda", "correction", "addendum", "retraction", "withdrawal",
        ]
        for lead in ["", "author ", "publisher ", "editorial "] {
            for kind in kinds where title.hasPrefix(lead + kind) {
                let rest = title.dropFirst(lead.count + kind.count)
                if rest.isEmpty || rest == "." { return true }
                if [":", " to:", " note:", " note to:", " notice:", " notice to:", " for:"].contains(
                    where: rest.hasPrefix)
                {
                    return true
                }
            }
        }
        return false
    }
}
