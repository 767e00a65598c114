import Foundation
import TestTools

/// A Hugging Face day of invented papers whose abstracts are about as long as real ones (1,200 characters).
enum SampleDay {
    static let words = """
        language model diffusion image vision transformer robot policy reward agent benchmark evaluation graph attention \
        retrieval speech audio video medical protein training data scaling reasoning safety alignment compression latent \
        token sampling generation representation optimisation gradient sparse expert routing memory context planning
        """.split(separator: " ").map(String.init)

    static func json(papers: Int) -> [UInt8] {
        var random = SplitMix64(seed: 7)
        let elements = (1...papers).map { number -> [String: Any] in
            let title = sentence(9, &random)
            let paper: [String: Any] = [
                "id": "2611.\(String(format: "%05d", 80_000 + number))", "title": title,
                "summary": (0..<9).map { _ in sentence(17, &random) }.joined(separator: " ") + " (Invented.)",
                "authors": (0..<(3 + number % 9)).map { ["name": "Author \(number) Sample \($0)", "hidden": false] },
                "publishedAt": "2026-11-20T00:00:00.000Z", "upvotes": number * 3 % 97,
                "githubRepo": "https://example.org/code/\(number)",
            ]
            return [
                "paper": paper, "title": title, "publishedAt": "2026-11-19T19:00:00.000Z", "numComments": number % 7,
            ]
        }
        return Array((try? JSONSerialization.data(withJSONObject: elements, options: [.sortedKeys])) ?? Data())
    }

    static func sentence(_ length: Int, _ random: inout SplitMix64) -> String {
        let text = (0..<length).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
        return text.prefix(1).uppercased() + text.dropFirst() + "."
    }
}
