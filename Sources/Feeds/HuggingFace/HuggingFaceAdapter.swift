import Foundation
import Papers

/// Hugging Face's daily papers as entries.
enum HuggingFaceAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .huggingFace, text)
        feed.title = "Hugging Face Daily Papers"
        feed.url = text.url
        var days: [String] = []
        try JSONArrayFeed.read(text, into: &feed) { (index, reader, feed) throws(JSONError) in
            let row = try HuggingFaceRow(&reader)
            switch entry(row) {
            case .success(let entry):
                feed.entries.append(entry)
                if let day = entry.listedOn { days.append(day) }
            case .failure(let reason):
                let which = row.paper?.title ?? row.title ?? row.paper?.id
                feed.dropped.append(
                    DroppedEntry(which: "entry \(index + 1)\(which.map { " “\($0)”" } ?? "")", reason: reason.text))
            }
        }
        if feed.entries.isEmpty, let first = feed.dropped.first {
            throw FeedError(
                .wrongShape,
                "none of its \(feed.dropped.count) elements is a paper of Hugging Face's API (\(first)): fetch the day again "
                    + "from https://huggingface.co/api/daily_papers?date=YYYY-MM-DD")
        }
        feed.updated = days.max().flatMap(FeedDate.parse)
        return feed
    }

    private static func entry(_ row: HuggingFaceRow) -> Result<Entry, DropReason> {
        guard let paper = row.paper else { return .failure(DropReason("it has no “paper”")) }
        guard let id = paper.id.flatMap({ ArXivID($0) }) else {
            return .failure(
                DropReason(paper.id.map { "“\($0)” is not an arXiv identifier" } ?? "its paper has no “id”"))
        }
        // Until March 2025 only the outer title kept its TeX, and it never was hard-wrapped.
        guard let title = row.title ?? paper.title else { return .failure(DropReason("it has no title")) }
        var entry = Entry(id: PaperID(arXiv: id), title: title)
        let page = "https://huggingface.co/papers/\(id)"
        entry.url = page
        entry.discussionURL = page
        entry.pdfURL = "https://arxiv.org/pdf/\(id)"
        entry.authors = paper.authors
        entry.keywords = paper.keywords
        entry.published = paper.publishedAt
        entry.abstract = paper.summary ?? row.summary
        entry.synopsis = paper.synopsis
        entry.synopsisWriter = paper.synopsis == nil ? nil : .machine
        entry.upvotes = paper.upvotes
        entry.comments = row.comments
        entry.organization = paper.organization ?? row.organization
        entry.codeURL = paper.githubRepo.flatMap { WebAddress.resolve($0, against: nil) }
        entry.stars = paper.githubStars
        entry.projectURL = paper.projectPage.flatMap { WebAddress.resolve($0, against: nil) }
        entry.listedOn = paper.submittedOnDailyAt.flatMap(day)
        return .success(entry)
    }

    /// A precise time until April 2026 and midnight since: only the date part ever named the list's day.
    private static func day(_ timestamp: String) -> String? {
        FeedDate.parse(timestamp) == nil ? nil : String(timestamp.prefix(10))
    }
}

/// Why an entry is left out.
struct DropReason: Error {
    let text: String
    init(_ text: String) { self.text = text }
}
