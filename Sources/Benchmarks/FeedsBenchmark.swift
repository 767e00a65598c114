import CLibXML2
import Feeds
import Foundation

/// How fast the parsers are on one core: a 20,000-item arXiv RSS file and 4,000 Hugging Face entries.
struct FeedsBenchmark {
    let items: Int
    let entries: Int

    func run() throws -> [Figure] {
        let arXiv = SampleFeeds.arXivRSS(items: items)
        var figures = try parse(arXiv, "feeds.arxiv", expecting: items)
        figures.append(Figure(name: "feeds.arxiv.libxml2_alone", values: times { scan(arXiv) }, unit: "s"))
        figures.append(try memory(arXiv))
        let (huggingFace, areReal) = SampleFeeds.huggingFace(entries: entries)
        figures += try parse(
            huggingFace, areReal ? "feeds.huggingface.real" : "feeds.huggingface.invented", expecting: nil)
        return figures + Peer.python(Self.peer, input: arXiv)
    }

    private func parse(_ bytes: [UInt8], _ name: String, expecting count: Int?) throws -> [Figure] {
        var found = 0
        let seconds = try times { found = try ParsedFeed(parsing: FeedDocument(bytes: bytes)).entries.count }
        guard found > 0, count == nil || found == count else {
            throw BenchmarkFailure("\(name): \(found) entries instead of \(count ?? entries)")
        }
        let megabytes = Double(bytes.count) / 1e6
        return [
            Figure(name: "\(name).size", values: [megabytes], unit: "MB"),
            Figure(name: "\(name).parse", values: seconds, unit: "s"),
            Figure(name: "\(name).rate", values: seconds.map { megabytes / $0 }, unit: "MB/s"),
        ]
    }

    private func scan(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            _ = broadsheet_xml_scan(bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
        }
    }

    private func times(_ work: () throws -> Void) rethrows -> [Double] {
        try (0..<Figure.runs).map { _ in try ContinuousClock().measure(work) / .seconds(1) }
    }

    /// In a process of its own, which holds the file and what parsing it takes, and nothing else.
    private func memory(_ bytes: [UInt8]) throws -> Figure {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString).xml")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try Peer.run("/proc/self/exe", ["--peak-of", file.path])
        guard let peak = Double(output.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchmarkFailure("the memory of parsing could not be measured: \(output)")
        }
        return Figure(
            name: "feeds.arxiv.peak_memory", values: [peak * 1.048576 / (Double(bytes.count) / 1e6)], unit: "× the file"
        )
    }

    /// Parses one file and prints the most memory this process held, in MiB: `--peak-of FILE`.
    static func printPeak(of file: String) throws {
        let feed = try ParsedFeed(parsing: FeedDocument(bytes: Array(Data(contentsOf: URL(fileURLWithPath: file)))))
        guard !feed.entries.isEmpty else { throw BenchmarkFailure("\(file) has no entry") }
        print(Machine.peakMemory)
    }

    /// What Python's readers take for the same items, where they are installed.
    private static let peer = """
        import sys, time
        data = open(sys.argv[1], 'rb').read()
        def best(name, work):
            times = []
            for _ in range(3):
                start = time.perf_counter(); work(); times.append(time.perf_counter() - start)
            print(name, *times)
        try:
            from lxml import etree
            def lxml():
                root = etree.fromstring(data)
                return [{child.tag: child.text for child in item} for item in root.iter('item')]
            best('feeds.arxiv.lxml', lxml)
        except ImportError: pass
        try:
            import feedparser
            def parse(): feedparser.parse(data)
            start = time.perf_counter(); parse(); print('feeds.arxiv.feedparser', time.perf_counter() - start)
        except ImportError: pass
        """
}
