import Foundation
import Papers

/// How much notice people have taken of papers, made comparable between large and small fields.
///
/// The popularity of one paper is `log2(1 + upvotes + comments) + min(1, log2(1 + stars / 10) / 8)`: the step from 5 votes to
/// 10 says as much as that from 50 to 100, and stars never more than that step. They count so little because a repository may
/// be older than the paper and gathers them for much else: at four times that, those of an old one put a paper with 8 votes
/// before one with 43.
///
/// It is divided by what is usual in the paper's field,
/// the mean over the field's papers, so that 12 votes lead a field where 3 are usual. A field of few papers is taken to
/// be half-way like all others: `(sum + 10 × mean of all) / (papers + 10)`.
public struct Popularity: Sendable {
    private let usual: [String: Double]
    private let usualOfAll: Double

    /// As many papers as the mean of all fields counts for in each.
    private static let weightOfAll = 10.0

    /// - Parameter papers: what is compared, each with its field; nil for the papers of no known field.
    public init(_ papers: [(paper: Paper, field: String?)]) {
        var sums: [String: (sum: Double, count: Double)] = [:]
        for (paper, field) in papers {
            let sum = sums[field ?? "", default: (0, 0)]
            sums[field ?? ""] = (sum.sum + Self.plain(paper), sum.count + 1)
        }
        let total = sums.values.reduce((sum: 0.0, count: 0.0)) { ($0.sum + $1.sum, $0.count + $1.count) }
        let mean = total.count > 0 ? total.sum / total.count : 0
        usual = sums.mapValues { ($0.sum + Self.weightOfAll * mean) / ($0.count + Self.weightOfAll) }
        usualOfAll = mean
    }

    /// 1 for a paper with the notice that is usual in its field, 0 for one that nobody has noticed.
    public func relative(of paper: Paper, field: String?) -> Double {
        let popularity = Self.plain(paper)
        let usual = usual[field ?? ""] ?? usualOfAll
        return usual > 0 ? popularity / usual : popularity
    }

    /// The logarithm above, before it is compared.
    static func plain(_ paper: Paper) -> Double {
        let votes = Double(max(0, paper.upvotes)) + Double(max(0, paper.comments))
        return log2(1 + votes) + min(1, log2(1 + Double(max(0, paper.stars ?? 0)) / 10) / 8)
    }
}
