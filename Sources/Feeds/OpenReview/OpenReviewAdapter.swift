import Papers

/// `https://api2.openreview.net/notes?…` as entries.
enum OpenReviewAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .openReview, text)
        try JSONObjectFeed.read(text, into: &feed) { (key, value, feed) throws(JSONError) in
            switch key {
            case "notes":
                try JSONObjectFeed.entries(&value, into: &feed) { (reader) throws(JSONError) in
                    try OpenReviewNote(&reader)
                } entry: {
                    entry($0)
                }
            case "count": feed.total = try value.integer()
            default: try value.skip()
            }
        }
        feed.url = text.url
        return feed
    }

    private static func entry(_ note: OpenReviewNote) -> Result<Entry, DropReason> {
        guard let forum = note.forum ?? note.id else { return .failure(DropReason("it has neither “forum” nor “id”")) }
        // Reviews and comments are notes too; only a submission has a title and is its own forum.
        guard let title = note.title else { return .failure(DropReason("it has no title")) }
        guard note.id == nil || note.id == forum else { return .failure(DropReason("it is a reply, not a submission")) }
        if let reason = reasonAgainst(note) { return .failure(DropReason(reason)) }
        let page = "https://openreview.net/forum?id=\(forum)"
        guard let own = PaperID(parsing: page) else { return .failure(DropReason("“\(forum)” is not an identifier")) }
        // `doi:https://doi.org/10.1234/x` names its kind twice.
        let names = note.externalIDs.map { name in
            name.range(of: ":http").map { String(name[name.index(after: $0.lowerBound)...]) } ?? name
        }
        let others = PaperFinder.others(in: names)
        // A submission that names its arXiv preprint is that paper.
        var entry = Entry(id: others.first { $0.scheme == .arxiv } ?? own, title: title)
        entry.add(otherIDs: [own] + others)
        entry.doi = others.first { $0.scheme == .doi }?.value
        entry.url = page
        entry.discussionURL = page
        entry.pdfURL = note.pdf.flatMap { WebAddress.resolve($0, against: "https://openreview.net/") }
        entry.abstract = note.abstract
        entry.synopsis = note.synopsis
        entry.synopsisWriter = note.synopsis == nil ? nil : .authors
        entry.journal = note.venue
        entry.authors = note.authors
        entry.keywords = note.keywords
        entry.codeURL = note.code.flatMap { WebAddress.resolve($0, against: nil) }
        entry.published = note.published ?? note.created
        entry.updated = note.modified
        return .success(entry)
    }

    /// Why a submission is no paper: its authors or the venue took it back. What the venue rejected stays one.
    private static func reasonAgainst(_ note: OpenReviewNote) -> String? {
        if note.isDeleted { return "it was deleted" }
        // The venue's group says it (`ICLR.cc/2026/Conference/Withdrawn_Submission`); where there is none, as before 2023,
        // the invitation and the venue's words do.
        var places = [note.venueID].compactMap(\.self)
        if places.isEmpty {
            places = note.invitations + [note.venue?.split(separator: " ").joined(separator: "_")].compactMap(\.self)
        }
        let states = places.map { $0.lowercased().replacing("-", with: "_").split(separator: "/").last ?? "" }
        if states.contains(where: { $0.contains("withdrawn_submission") }) { return "it was withdrawn" }
        if states.contains(where: { $0.contains("desk_rejected_submission") || $0.contains("desk_reject_submission") })
        {
            return "it was desk-rejected"
        }
        return nil
    }
}
