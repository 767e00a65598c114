import Foundation

/// How an installation grows: one morning of everybody's, from few subscribers to many.
///
/// Built with PostgreSQL, on that too, on a server of its own.
struct ScaleBenchmark {
    let counts: [Int]
    private static let filters = 500
    private static let papers = 100
    private static let claim = 320

    func run() async throws -> [Figure] {
        var figures = try await run(on: "sqlite") { _ in nil }
        #if PostgreSQL
            let postgres = try PrivatePostgres()
            defer { postgres.stop() }
            figures += try await run(on: "postgres") { try postgres.database("scale_\($0)") }
        #endif
        return figures
    }

    private func run(on name: String, database: (Int) throws -> String?) async throws -> [Figure] {
        var figures: [Figure] = []
        var perSubscriber: [String: [Double]] = [:]
        for count in counts {
            let ground = try await SendGround(
                subscribers: count, filters: Self.filters, papers: Self.papers, database: try database(count))
            defer { ground.remove() }
            let steps = [
                ("import", ground.importing), ("schedule", ground.scheduling),
                ("claim", try await ground.claimAll(batch: Self.claim)),
            ]
            for (step, seconds) in steps {
                perSubscriber[step, default: []].append(seconds / Double(count))
                figures.append(
                    Figure(name: "scale.\(name).\(count).\(step)", values: [Double(count) / seconds], unit: "rows/s"))
            }
        }
        for (step, times) in perSubscriber.sorted(by: { $0.key < $1.key }) {
            guard let first = times.first, let last = times.last else { continue }
            figures.append(
                Figure(
                    name: "scale.\(name).\(step).growth", values: [last / first],
                    unit: "× the time a subscriber, from \(counts.first ?? 0) to \(counts.last ?? 0)"))
        }
        figures.append(Figure(name: "scale.\(name).peak_memory", values: [Machine.peakMemory], unit: "MB"))
        return figures
    }
}
