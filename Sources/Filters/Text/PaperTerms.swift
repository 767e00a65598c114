import Papers

/// The words of a paper as they are compared from paper to paper: folded, singular, without numbers and single letters.
public enum PaperTerms {
    private static let titleWeight = 3

    /// How often each word stands in title, abstract and keywords; one in the title counts three times.
    public static func counts(of paper: Paper) -> [String: Int] {
        var counts: [String: Int] = [:]
        add(paper.title, weight: titleWeight, to: &counts)
        add(paper.abstract, weight: 1, to: &counts)
        for keyword in paper.keywords { add(keyword, weight: 1, to: &counts) }
        return counts
    }

    private static func add(_ text: String, weight: Int, to counts: inout [String: Int]) {
        for word in Words.split(text) where isTelling(word.text) {
            counts[Inflection.singular(word.text), default: 0] += weight
        }
    }

    private static func isTelling(_ word: String) -> Bool {
        word.unicodeScalars.first.map { scalar in
            scalar.isWrittenWithoutBlanks || (word.utf8.count > 2 && scalar.properties.isAlphabetic)
        } ?? false
    }
}
