import Papers

/// Withdrawn papers keep their place at arXiv; the comment or the abstract of the last version says it
/// (https://info.arxiv.org/help/withdraw.html).
enum ArXivWithdrawal {
    /// Withdrawn where one of the texts begins with `This paper has been withdrawn` or the like.
    static func status(_ texts: String?...) -> PaperStatus? {
        texts.contains { $0.map(saysSo) ?? false } ? .withdrawn : nil
    }

    private static func saysSo(_ text: String) -> Bool {
        let words = text.prefix(120).lowercased().split { !$0.isLetter }.prefix(8)
        guard let place = words.firstIndex(of: "withdrawn"), words.first.map(Self.openings.contains) == true else {
            return false
        }
        let between = words[..<place]
        return words.startIndex == place || between.allSatisfy(Self.fillers.contains)
    }

    private static let openings: Set<Substring> = ["this", "the", "paper", "article", "submission", "withdrawn"]
    private static let fillers: Set<Substring> = [
        "this", "the", "paper", "article", "submission", "manuscript", "work", "preprint", "arxiv", "has", "been", "is",
        "was", "now",
    ]
}
