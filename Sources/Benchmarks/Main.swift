import Foundation

/// Measures Broadsheet against real servers on loopback: `swift run -c release Benchmarks [NAME…] [--quick]`.
///
/// `Benchmarks fuzz [COUNT] [SEED]` feeds the parsers with mutated documents instead, `Benchmarks doors [COUNT] [SEED]` the
/// pages with mutated requests, and `Benchmarks returned [COUNT] [SEED]` what reads bounces with mutated mails.
/// `Benchmarks relays FOLDER [NAME…]` sends by real mail servers, see ``RelaysBenchmark``, and `Benchmarks switchover FOLDER`
/// on PostgreSQL servers of which one takes over from another, see ``SwitchoverBenchmark``. `Benchmarks ranking orders` prints
/// the mails of five readers, `Benchmarks ranking answers` measures related papers and the search only, see
/// ``RankingBenchmark``, and `Benchmarks search FILE` asks a database that is there, see ``SearchAsker``.
///
/// One line a figure, `NAME VALUE UNIT`, the median of the runs with the lowest and highest behind it.
@main
enum Main {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        let quick = arguments.contains("--quick")
        let names = arguments.filter { !$0.hasPrefix("--") }
        do {
            if arguments.first == "--peak-of", let file = names.first { return try FeedsBenchmark.printPeak(of: file) }
            if arguments.first == SinkProcess.argument { LightSink.run() }
            if arguments.first == ReturnedReader.argument, let folder = names.first {
                return try await ReturnedReader.run(folder: folder)
            }
            if arguments.first == SearchAsker.argument, let file = names.first {
                return try await SearchAsker.printFigures(of: file)
            }
            if names.first == "search", names.count == 2 {
                for figure in try SearchAsker.ask(names[1]) { print(figure) }
                return print(Machine.description(runs: 1))
            }
            if names == ["ranking", "answers"] {
                for figure in try await RankingBenchmark(readers: 0).answers() { print(figure) }
                return
            }
            if names.first == "relays" { return try await RelaysBenchmark(arguments: Array(names.dropFirst())).run() }
            if names.first == "switchover" {
                return try await SwitchoverBenchmark(arguments: Array(names.dropFirst()), isQuick: quick).run()
            }
            if names == ["ranking", "orders"] { return try await RankingBenchmark(readers: 5).printOrders() }
            if names.first == "fuzz" { return try FuzzRun(arguments: Array(arguments.dropFirst())).run() }
            if let name = names.first, let run = counted[name], names.count > 1, UInt64(names[1]) != nil {
                for figure in try await run(Array(names.dropFirst()), quick) { print(figure) }
                return print(Machine.description(runs: 1))
            }
            for name in names where !all.keys.contains(name) {
                throw BenchmarkFailure(
                    "there is no benchmark “\(name)”; there are \(all.keys.sorted().joined(separator: ", "))")
            }
            for (name, benchmark) in all.sorted(by: { $0.key < $1.key }) where names.isEmpty || names.contains(name) {
                for figure in try await benchmark(quick) { print(figure) }
            }
            print(Machine.description(runs: Figure.runs))
        } catch {
            FileHandle.standardError.write(Data("Benchmarks: \(error)\n".utf8))
            exit(1)
        }
    }

    /// Those that take how often and a seed.
    private static let counted: [String: @Sendable (_ numbers: [String], _ quick: Bool) async throws -> [Figure]] = [
        "doors": { try await DoorsBenchmark(arguments: $0, isQuick: $1).run() },
        "returned": { try await ReturnedBenchmark(arguments: $0, isQuick: $1).run() },
    ]

    private static let all: [String: @Sendable (_ quick: Bool) async throws -> [Figure]] = [
        "doors": { try await DoorsBenchmark(arguments: [], isQuick: $0).run() },
        "returned": { try await ReturnedBenchmark(arguments: [], isQuick: $0).run() },
        "distinct": {
            try await DistinctBenchmark(subscribers: $0 ? [2000] : [10_000, 100_000]).run()
        },
        "day": { try await DayBenchmark(subscribers: $0 ? 200 : 1000, papers: 35).run() },
        "feeds": { try FeedsBenchmark(items: $0 ? 2000 : 20_000, entries: $0 ? 400 : 4000).run() },
        "filters": { try FiltersBenchmark(most: $0 ? 100_000 : 1_000_000, papers: 200).run() },
        "fleet": { try await FleetBenchmark(subscribers: $0 ? 8000 : 20_000).run() },
        "import": { try await ImportBenchmark(lines: $0 ? 20_000 : 1_000_000).run() },
        "kills": { try await KillsBenchmark(kills: $0 ? 10 : 200, messages: $0 ? 500 : 2000).run() },
        "ranking": { try await RankingBenchmark(readers: $0 ? 20 : 60).run() },
        "year": { try await YearBenchmark(subscribers: $0 ? 80 : 500, days: $0 ? 120 : 365).run() },
        "scale": { try await ScaleBenchmark(counts: $0 ? [2000, 20_000] : [10_000, 100_000, 1_000_000]).run() },
        "search": { try await SearchBenchmark(papers: $0 ? 20_000 : 1_000_000).run() },
        "send": {
            try await SendBenchmark(subscribers: $0 ? 2000 : 10_000, manySubscribers: $0 ? 20_000 : 100_000).run()
        },
    ]
}

struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
