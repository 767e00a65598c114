import Feeds
import Filters
import Foundation
import GRDB
import Papers

/// Many filters over a day's papers: how long until every filter's matches are known.
struct FiltersBenchmark {
    /// How many filters the largest set has.
    let most: Int
    let papers: Int

    func run() throws -> [Figure] {
        let papers = try Self.papers(papers)
        var random = RandomFilters(papers: papers, seed: 7)
        let filters = random.distinct(most)
        let plain = random.plain(20_000)
        var figures: [Figure] = []
        var perFilter: [Double] = []
        for (name, count) in [("10k", 10_000), ("100k", 100_000), ("million", 1_000_000)] where count <= most {
            let measured = try measure(name, filters.prefix(count), papers)
            figures += measured
            perFilter.append((measured.first { $0.name.hasSuffix("match") }?.median ?? 0) / Double(count) * 1e9)
        }
        for (name, value) in zip(["10k", "100k", "million"], perFilter) {
            figures.append(Figure(name: "filters.\(name).per_filter", values: [value], unit: "ns"))
        }
        figures.append(Figure(name: "filters.peak_memory", values: [Machine.peakMemory], unit: "MB"))
        let ours = try plainSet(plain, papers)
        figures.append(Figure(name: "filters.plain.match", values: [ours * 1e9], unit: "ns/filter"))
        figures.append(ratio("filters.vs_loop", try loop(filters.prefix(500), papers), (perFilter.last ?? 1) / 1e9))
        figures.append(ratio("filters.vs_fts5", try fullText(plain.prefix(2000), papers), ours))
        return figures + peers(plain, papers, ours)
    }

    private func measure(_ name: String, _ filters: ArraySlice<String>, _ papers: [Paper]) throws -> [Figure] {
        var set = FilterSet()
        let compile = try seconds { for filter in filters { set.add(try Filter(filter)) } }
        var batch = PaperBatch([])
        let prepare = seconds { batch = PaperBatch(papers) }
        var matches = 0
        let match = (0..<5).map { _ in seconds { matches = set.matches(in: batch).paperCount } }
        guard matches == papers.count else { throw BenchmarkFailure("the set looked at \(matches) papers") }
        return [
            Figure(name: "filters.\(name).compile", values: [compile], unit: "s"),
            Figure(name: "filters.\(name).papers", values: [prepare], unit: "s to prepare \(papers.count) papers"),
            Figure(name: "filters.\(name).match", values: match, unit: "s"),
        ]
    }

    /// Our own set on the filters that the peers understand: seconds a filter.
    private func plainSet(_ plain: [[String]], _ papers: [Paper]) throws -> Double {
        var set = FilterSet()
        for words in plain { set.add(try Filter(words.joined(separator: " "))) }
        let batch = PaperBatch(papers)
        return ((0..<5).map { _ in seconds { _ = set.matches(in: batch) } }.sorted()[2]) / Double(plain.count)
    }

    /// A loop of the evaluator over filters and papers: seconds a filter.
    private func loop(_ filters: ArraySlice<String>, _ papers: [Paper]) throws -> Double {
        let parsed = try filters.map { try Filter($0) }
        let papers = papers.map { PaperText($0) }
        var hits = 0
        let time = seconds { for filter in parsed { for paper in papers where filter.matches(paper) { hits += 1 } } }
        return time / Double(filters.count)
    }

    /// One MATCH of SQLite's FTS5 for each filter: seconds a filter.
    private func fullText(_ plain: ArraySlice<[String]>, _ papers: [Paper]) throws -> Double {
        let queue = try DatabaseQueue()
        return try queue.write { db in
            try db.execute(sql: "CREATE VIRTUAL TABLE papers USING fts5(title, abstract, tokenize = 'porter')")
            for paper in papers {
                try db.execute(
                    sql: "INSERT INTO papers (title, abstract) VALUES (?, ?)",
                    arguments: [paper.title, paper.abstract])
            }
            let statement = try db.cachedStatement(sql: "SELECT rowid FROM papers WHERE papers MATCH ?")
            return try seconds {
                for words in plain {
                    let query = words.map { "\"\($0)\"" }.joined(separator: " ")
                    _ = try Int.fetchAll(statement, arguments: [query])
                }
            } / Double(plain.count)
        }
    }

    private func ratio(_ name: String, _ theirs: Double, _ ours: Double) -> Figure {
        Figure(name: name, values: [theirs / ours], unit: "times our time a filter")
    }

    private func peers(_ plain: [[String]], _ papers: [Paper], _ ours: Double) -> [Figure] {
        let input: [String: Any] = [
            "filters": plain, "papers": papers.map { "\($0.title) \($0.abstract)".lowercased() },
        ]
        guard let data = try? JSONSerialization.data(withJSONObject: input) else { return [] }
        return Peer.python(Self.peer, input: Array(data)).map { figure in
            Figure(
                name: "filters.vs_\(figure.name)", values: figure.values.map { $0 / ours },
                unit: "times our time a filter")
        }
    }

    /// Prints seconds a filter.
    private static let peer = """
        import sys, json, time
        data = json.load(open(sys.argv[1])); filters = data['filters']; papers = data['papers']
        def clock(name, count, work):
            start = time.perf_counter(); work(); print(name, (time.perf_counter() - start) / count)
        try:
            import ahocorasick
            automaton = ahocorasick.Automaton()
            for word in {word for words in filters for word in words}: automaton.add_word(word, word)
            automaton.make_automaton()
            def aho():
                for paper in papers:
                    found = {word for _, word in automaton.iter(paper)}
                    for words in filters: all(word in found for word in words)
            clock('pyahocorasick', len(filters), aho)
        except ImportError: pass
        try:
            import tantivy
            builder = tantivy.SchemaBuilder(); builder.add_text_field('text', tokenizer_name='en_stem')
            index = tantivy.Index(builder.build()); writer = index.writer()
            for paper in papers: writer.add_document(tantivy.Document(text=[paper]))
            writer.commit(); index.reload(); searcher = index.searcher()
            def search():
                for words in filters[:5000]:
                    query = index.parse_query(' AND '.join('"%s"' % word for word in words), ['text'])
                    searcher.search(query, limit=200)
            clock('tantivy', 5000, search)
        except ImportError: pass
        """

    private func seconds(_ work: () throws -> Void) rethrows -> Double {
        try ContinuousClock().measure(work) / .seconds(1)
    }

    /// Real papers, the longest abstracts aside nothing is chosen; invented ones where there are none.
    private static func papers(_ count: Int) throws -> [Paper] {
        var papers: [Paper] = []
        let documents = SampleFeeds.documents(under: "huggingface")
        for document in documents.isEmpty ? [SampleDay.json(papers: count)] : documents {
            guard let feed = try? ParsedFeed(parsing: FeedDocument(bytes: document)) else { continue }
            papers += feed.entries.map { Paper($0) }
            if papers.count >= count { break }
        }
        guard papers.count >= count else { throw BenchmarkFailure("there are only \(papers.count) papers") }
        return Array(papers.prefix(count))
    }
}
