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
/// the same of related papers, what keeping its index costs when a day comes in, and bare FTS5 beside it.
///
/// The real days are those of `BROADSHEET_TEST_FEEDS`; without them they are invented. How good the answers are tells
/// `Benchmarks ranking`. `Benchmarks search FILE` asks a database of SQLite that is there already.
struct SearchBenchmark {
    let papers: Int

    private static let few = 1000
    private static let day = 2000

    func run() async throws -> [Figure] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let real = try RealDays.entries()
        var grown = GrownPapers(real.isEmpty ? RealDays.invented() : real)
        let small = try await Self.installation(folder, "small")
        try await Self.store(grown.next(Self.few), in: small)
        let large = try await Self.installation(folder, "large")
        var stored = 0
        while stored < papers {
            try await Self.store(grown.next(Self.day), in: large)
            stored += Self.day
        }
        let days = try await (0..<Figure.runs).asyncMap { _ in
            let entries = grown.next(Self.day)
            return try await SearchAsker.seconds { try await Self.store(entries, in: large) } * 1000
        }
        var figures = [Figure(name: "search.store", values: days, unit: "ms a day of \(Self.day) papers")]
        let few = try SearchAsker.ask(folder.appendingPathComponent("small.sqlite").path)
        figures += try SearchAsker.ask(folder.appendingPathComponent("large.sqlite").path).map { figure in
            guard figure.unit == "MB", let before = few.first(where: { $0.name == figure.name }) else { return figure }
            return Figure(
                name: figure.name, values: [figure.median - before.median],
                unit: "MB more with \(papers) papers than with \(Self.few)")
        }
        let bare = try bareTimes(folder, &grown)
        figures += SearchAsker.spread("search.fts5", bare)
        return figures
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
        let words = try SearchAsker.queries.compactMap { query -> String? in
            let wording = try SearchWording(query)
            guard wording.kind == .text else { return nil }
            return wording.words.telling.map { "\"\($0.written)\"" }.joined(separator: " ")
        }
        return try queue.read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY bm25(papers) LIMIT \(SearchAsker.size)")
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

    private static func installation(_ folder: URL, _ name: String) async throws -> Installation {
        try await SearchAsker.installation(folder.appendingPathComponent("\(name).sqlite").path)
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ work: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await work(element)) }
        return values
    }
}
