import Foundation
import TestTools

/// Large feed documents to measure the parsers with.
enum SampleFeeds {
    /// An arXiv RSS file of invented items, each about as long as a real one (2 KB), with what real ones hold: TeX in
    /// titles and abstracts, accented authors, several categories, every announce type.
    static func arXivRSS(items: Int) -> [UInt8] {
        var random = SplitMix64(seed: 11)
        var text = """
            <?xml version='1.0' encoding='UTF-8'?>
            <rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
              <channel>
                <title>cs.LG updates on arXiv.org</title>
                <link>http://rss.arxiv.org/rss/cs.LG</link>
                <description>cs.LG updates on the arXiv.org e-print archive.</description>
                <language>en-us</language>
                <pubDate>Mon, 23 Nov 2026 00:00:00 -0500</pubDate>

            """
        for number in 1...items { text += item(number, &random) }
        return Array((text + "  </channel>\n</rss>\n").utf8)
    }

    private static let kinds = ["new", "cross", "replace", "replace-cross"]
    private static let names = [
        "Jos\\'e Garc\\'ia", "Özgür Yıldız", "Wei Zhang", "S{\\o}ren M{\\\"u}ller", "Ada Lovelace",
    ]

    private static func item(_ number: Int, _ random: inout SplitMix64) -> String {
        let id = "26\(String(format: "%02d", 1 + number % 12)).\(String(format: "%05d", number))"
        let kind = kinds[number % 4]
        let abstract = (0..<10).map { _ in SampleDay.sentence(16, &random) }.joined(separator: " ")
        return """
                <item>
                  <title>\(SampleDay.sentence(9, &random)) of $O(n^{\(number % 9)})$ &amp; $\\alpha_i$ steps</title>
                  <link>https://arxiv.org/abs/\(id)</link>
                  <description>arXiv:\(id)v1 Announce Type: \(kind)
            Abstract: \(abstract) We prove a rate of $\\mathcal{O}(\\sqrt{n}\\log n)$, that is 3.\(number % 10)\\% better.</description>
                  <guid isPermaLink="false">oai:arXiv.org:\(id)v1</guid>
                  <category>cs.LG</category>
                  <category>stat.ML</category>
                  <pubDate>Mon, 23 Nov 2026 00:00:00 -0500</pubDate>
                  <arxiv:announce_type>\(kind)</arxiv:announce_type>
                  <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
                  <dc:creator>\(names[number % 5]), \(names[(number + 2) % 5]), \(names[(number + 3) % 5])</dc:creator>
                </item>

            """
    }

    /// Hugging Face entries: the real ones of the folder that `BROADSHEET_TEST_FEEDS` names, repeated until there are
    /// `count`, else invented ones.
    static func huggingFace(entries count: Int) -> (bytes: [UInt8], areReal: Bool) {
        let real = realElements()
        guard !real.isEmpty else { return (SampleDay.json(papers: count), false) }
        var parts: [Data] = []
        for index in 0..<count { parts.append(real[index % real.count]) }
        return (Array(Data("[".utf8) + parts.joined(separator: Data(",\n".utf8)) + Data("]".utf8)), true)
    }

    /// Each element of each real day, written as Hugging Face writes it.
    private static func realElements() -> [Data] {
        documents(under: "huggingface").flatMap { document -> [Data] in
            let list = (try? JSONSerialization.jsonObject(with: Data(document))) as? [Any] ?? []
            return list.compactMap { $0 as? [String: Any] }.compactMap {
                try? JSONSerialization.data(withJSONObject: $0, options: [.withoutEscapingSlashes])
            }
        }
    }

    /// The real feed documents in a folder, in order of their names; none without `BROADSHEET_TEST_FEEDS`.
    static func documents(under folder: String = "", largest: Int = .max) -> [[UInt8]] {
        guard let root = ProcessInfo.processInfo.environment["BROADSHEET_TEST_FEEDS"] else { return [] }
        let start = URL(fileURLWithPath: root).appendingPathComponent(folder)
        let files = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)?.compactMap {
            $0 as? URL
        }
        return (files ?? []).filter { ["xml", "json"].contains($0.pathExtension) }.sorted { $0.path < $1.path }
            .compactMap { try? Array(Data(contentsOf: $0)) }.filter { $0.count <= largest }
    }
}
