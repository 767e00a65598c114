import Foundation
import Logging
import Site
import Store
import Workers

/// How fast a list of people is taken over, into a real SQLite file.
struct ImportBenchmark {
    let lines: Int

    func run() async throws -> [Figure] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let list = folder.appendingPathComponent("list.csv")
        try write(list)
        var logger = Logger(label: "benchmarks")
        logger.logLevel = .error
        let settings = try await Settings(
            file: nil,
            environment: [
                "BROADSHEET_DATABASE": "sqlite:\(folder.path)/bench.sqlite",
                "BROADSHEET_WEB_BASE_URL": "https://papers.example.org", "BROADSHEET_MAIL_FROM": "papers@example.org",
            ])
        let installation = try await Installation(settings: settings, logger: logger)
        let start = ContinuousClock.now
        let report = try await SubscriberImport(installation, policy: SubscriberStore.ImportPolicy(source: "benchmark"))
            .run(file: list, refuse: { _ in }, progress: { _ in })
        let seconds = start.duration(to: .now) / .seconds(1)
        guard report.added == lines else { throw BenchmarkFailure("\(report.added) of \(lines) lines were taken") }
        return [
            Figure(name: "import.sqlite", values: [seconds], unit: "s for \(lines) lines"),
            Figure(name: "import.sqlite.rate", values: [Double(lines) / seconds], unit: "lines/s"),
            Figure(name: "import.peak_memory", values: [Machine.peakMemory], unit: "MB"),
        ]
    }

    private func write(_ file: URL) throws {
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        handle.write(Data("email,name,status,created_at,topics\n".utf8))
        for start in stride(from: 0, to: lines, by: 10_000) {
            let text = (start..<min(lines, start + 10_000)).map {
                "reader.\($0)@dept\($0 % 500).example.org,\"Reader, No. \($0)\",enabled,2025-03-04T05:06:07Z,robotics\n"
            }.joined()
            handle.write(Data(text.utf8))
        }
        try handle.close()
    }
}
