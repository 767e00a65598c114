import Filters
import Foundation
import Logging
import Papers
import Site
import Store
import Workers

/// Asks a database for papers in a process of its own, so that what the start and the memory cost is what a site's would.
enum SearchAsker {
    static let argument = "--search-in"
    static let size = 30
    /// Papers of which the related ones are asked for, from the oldest to the newest.
    private static let related = 20

    /// What another process measured of a database; memory in MB.
    static func ask(_ path: String) throws -> [Figure] {
        try Peer.run("/proc/self/exe", [argument, path]).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            guard words.count == 3, let value = Double(words[1]) else {
                print(line)
                return nil
            }
            return Figure(name: words[0], values: [value], unit: words[2])
        }
    }

    /// Measures in this process, and prints a name, a value and a unit a line.
    static func printFigures(of path: String) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let installation = try await installation(path)
        _ = try await find(queries[0], installation)
        var figures = [
            Figure(
                name: "search.first", values: [start.duration(to: clock.now) / .milliseconds(1)],
                unit: "ms to the first answer")
        ]
        figures += spread("search", try await times(installation))
        figures.append(Figure(name: "search.memory", values: [Machine.memory], unit: "MB"))
        let related = RelatedPapers(installation)
        let latest = try await installation.database.papers.latestSeq()
        let seqs = Set((1...Int64(Self.related)).map { max(1, latest * $0 / Int64(Self.related)) })
        let papers = try await installation.database.papers.papers(seqs: seqs)
        var times: [Double] = []
        var empty = 0.0
        for paper in papers {
            times.append(
                try await seconds { if try await related.papers(like: paper, limit: 8).isEmpty { empty += 1 } })
        }
        figures.append(
            Figure(name: "related.first", values: [(times.first ?? 0) * 1000], unit: "ms to the first answer"))
        figures += spread("related", Array(times.dropFirst()))
        figures.append(Figure(name: "related.empty", values: [empty], unit: "papers of \(papers.count)"))
        figures.append(Figure(name: "related.memory", values: [Machine.memory], unit: "MB"))
        for figure in figures { print(figure.name, figure.median, figure.unit) }
    }

    static func spread(_ name: String, _ times: [Double]) -> [Figure] {
        let sorted = times.sorted()
        return [
            Figure(name: "\(name).median", values: [sorted[sorted.count / 2] * 1000], unit: "ms"),
            Figure(
                name: "\(name).p95", values: [sorted[min(sorted.count - 1, sorted.count * 95 / 100)] * 1000], unit: "ms"
            ),
        ]
    }

    /// Words, titles, sentences and filters.
    static let queries = [
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
    private static func times(_ installation: Installation) async throws -> [Double] {
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

    static func installation(_ path: String) async throws -> Installation {
        let environment = [
            "BROADSHEET_DATABASE": "sqlite:\(path)", "BROADSHEET_SMTP_TLS": "none",
            "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:25", "BROADSHEET_MAIL_FROM": "Papers <papers@example.org>",
            "BROADSHEET_WEB_BASE_URL": "https://papers.example.org",
        ]
        var logger = Logger(label: "benchmarks")
        logger.logLevel = .warning
        return try await Installation(
            settings: try await Settings(file: nil, environment: environment), clock: SiteClock { Date() },
            logger: logger)
    }

    static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await work()
        return start.duration(to: .now) / .seconds(1)
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
