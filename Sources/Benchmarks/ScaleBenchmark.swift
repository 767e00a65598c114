import Foundation

/// How an installation grows: one morning of everybody's, from few subscribers to many.
///
/// With `BROADSHEET_BENCHMARK_POSTGRES`, the address of a server without a database's name, on PostgreSQL too.
struct ScaleBenchmark {
    let counts: [Int]
    private static let filters = 500
    private static let papers = 100
    private static let claim = 320

    func run() async throws -> [Figure] {
        var figures = try await run(on: "sqlite", database: { _ in nil })
        if let server = ProcessInfo.processInfo.environment["BROADSHEET_BENCHMARK_POSTGRES"] {
            figures += try await run(on: "postgres") { count in
                let (address, query) = Self.parted(server)
                let name = "scale_\(count)"
                _ = try Peer.run("/usr/bin/psql", ["-q", server, "-c", "DROP DATABASE IF EXISTS \(name)"])
                _ = try Peer.run("/usr/bin/psql", ["-q", server, "-c", "CREATE DATABASE \(name)"])
                return "\(address)/\(name)\(query)"
            }
        }
        return figures
    }

    /// A server's address, as `postgres://user@/postgres?host=/run/postgresql`, before and behind its database.
    private static func parted(_ server: String) -> (address: String, query: String) {
        let query = server.firstIndex(of: "?").map { String(server[$0...]) } ?? ""
        let address = server.dropLast(query.count)
        let slash = address.lastIndex(of: "/") ?? address.endIndex
        return (String(address[..<slash]), query)
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
