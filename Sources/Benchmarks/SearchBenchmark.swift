import Core
import Feeds
import Filters
import Foundation
import GRDB
import Logging
import Papers
import Site
import Store
import TestTools
import Workers

/// The search over very many papers, grown from real days: how soon after the start it answers, how fast, with how much memory,
/// what keeping its index costs when a day comes in, and bare FTS5 beside it.
///
/// The real days are those of `BROADSHEET_TEST_FEEDS`; without them they are invented, and how good the answers are is not
/// measured.
struct SearchBenchmark {
    let papers: Int

    private static let few = 1000
    private static let day = 2000
    private static let size = 30

    func run() async throws -> [Figure] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let real = try RealDays.entries()
        var grown = GrownPapers(real.isEmpty ? RealDays.invented() : real)
        var figures = real.isEmpty ? [] : try await SearchQuality(entries: real).run(in: folder)
        let small = try await Self.installation(folder, "small")
        try await Self.store(grown.next(Self.few), in: small)
        _ = try await Self.ask(small)
        let fewMemory = Machine.memory
        let large = try await Self.installation(folder, "large")
        var stored = 0
        while stored < papers {
            try await Self.store(grown.next(Self.day), in: large)
            stored += Self.day
        }
        let days = try await (0..<Figure.runs).asyncMap { _ in
            let entries = grown.next(Self.day)
            return try await Self.seconds { try await Self.store(entries, in: large) } * 1000
        }
        figures.append(Figure(name: "search.store", values: days, unit: "ms a day of \(Self.day) papers"))
        let started = try await Self.installation(folder, "large")
        let first = try await Self.seconds {
            _ = try await Self.find(Self.queries[0], started)
        }
        figures.append(Figure(name: "search.first", values: [first * 1000], unit: "ms for the first answer"))
        let times = try await Self.ask(started)
        figures += Self.spread("search", times)
        figures.append(
            Figure(
                name: "search.memory", values: [Machine.memory - fewMemory],
                unit: "MB more with \(papers) papers than with \(Self.few)"))
        let bare = try bareTimes(folder, &grown)
        figures += Self.spread("search.fts5", bare)
        return figures
    }

    private static func spread(_ name: String, _ times: [Double]) -> [Figure] {
        let sorted = times.sorted()
        return [
            Figure(name: "\(name).median", values: [sorted[sorted.count / 2] * 1000], unit: "ms"),
            Figure(
                name: "\(name).p95", values: [sorted[min(sorted.count - 1, sorted.count * 95 / 100)] * 1000], unit: "ms"
            ),
        ]
    }

    /// Words, titles, sentences and filters.
    private static let queries = [
        "diffusion transformer", "reinforcement learning", "vision-language models", "agents",
        "attention is all you need",
        "chain of thought reasoning with verifiable rewards", "text-to-image generation", "mixture of experts",
        "how do language models learn in context", "protein", "video generation with long context",
        "title:diffusion", "\"large language model\" benchmark", "quantiz*", "author:wang reasoning",
        "upvotes>=20 robot",
        "cat:cs.LG diffusion", "(vision OR audio) tokenizer -video", "speculative decoding", "zq17 zq18 zq19",
    ]

    private static func find(_ typed: String, _ installation: Installation) async throws -> SearchIndex.Page {
        let wording = try SearchWording(typed)
        return try await SearchIndex(installation).search(
            wording, from: wording.asksForBest ? .best(0) : .newest, size: size)
    }

    /// Seconds of each question, of which each is asked three times.
    private static func ask(_ installation: Installation) async throws -> [Double] {
        var times: [Double] = []
        for query in queries {
            var asked: [Double] = []
            for _ in 0..<Figure.runs { asked.append(try await seconds { _ = try await find(query, installation) }) }
            let median = asked.sorted()[asked.count / 2]
            if ProcessInfo.processInfo.environment["BROADSHEET_SEARCH_TIMES"] != nil {
                print("# \(query): \(Int(median * 1_000_000)) µs")
            }
            times.append(median)
        }
        return times
    }

    /// The same words in a table of FTS5 with texts, by `bm25()`.
    private func bareTimes(_ folder: URL, _ grown: inout GrownPapers) throws -> [Double] {
        grown = GrownPapers(grown.seeds)
        let queue = try DatabaseQueue(path: folder.appendingPathComponent("bare.sqlite").path)
        try queue.write { db in
            try db.execute(sql: "CREATE VIRTUAL TABLE papers USING fts5(title, abstract, tokenize = 'porter')")
        }
        var stored = 0
        while stored < papers {
            let entries = grown.next(Self.day)
            stored += entries.count
            try queue.write { db in
                let statement = try db.cachedStatement(sql: "INSERT INTO papers (title, abstract) VALUES (?, ?)")
                for entry in entries { try statement.execute(arguments: [entry.title, entry.abstract]) }
            }
        }
        let words = try Self.queries.compactMap { query -> String? in
            let wording = try SearchWording(query)
            guard wording.kind == .text else { return nil }
            return wording.words.telling.map { "\"\($0.written)\"" }.joined(separator: " ")
        }
        return try queue.read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY bm25(papers) LIMIT \(Self.size)")
            return try words.map { words in
                let start = ContinuousClock.now
                _ = try Int64.fetchAll(statement, arguments: [words])
                return start.duration(to: .now) / .seconds(1)
            }
        }
    }

    private static func store(_ entries: [Entry], in installation: Installation) async throws {
        _ = try await installation.database.papers.record(
            entries, feed: "benchmark", trust: .archive, seenAt: installation.clock.now)
    }

    static func installation(_ folder: URL, _ name: String) async throws -> Installation {
        let environment = [
            "BROADSHEET_DATABASE": "sqlite:\(folder.path)/\(name).sqlite", "BROADSHEET_SMTP_TLS": "none",
            "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:25", "BROADSHEET_MAIL_FROM": "Papers <papers@example.org>",
            "BROADSHEET_WEB_BASE_URL": "https://papers.example.org",
        ]
        var logger = Logger(label: "benchmarks")
        logger.logLevel = .warning
        return try await Installation(
            settings: try await Settings(file: nil, environment: environment), clock: SiteClock { Date() },
            logger: logger)
    }

    private static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await work()
        return start.duration(to: .now) / .seconds(1)
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ work: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await work(element)) }
        return values
    }
}

extension Machine {
    /// The memory this process holds now, in MB.
    fileprivate static var memory: Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
        return Double(line.split(separator: " ").dropFirst().first ?? "0").map { $0 / 1024 } ?? 0
    }
}
