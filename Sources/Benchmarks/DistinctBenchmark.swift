/// What a mail of one's own costs beside one that hundreds get: as many filters as readers, a fifth of whom like papers, in turn
/// with 500 filters and no likes.
struct DistinctBenchmark {
    let subscribers: [Int]
    private static let sharedFilters = 500
    private static let papers = 100
    private static let likes = 5
    private static let connections = 10

    func run() async throws -> [Figure] {
        var figures: [Figure] = []
        for count in subscribers { figures += try await run(count) }
        return figures
    }

    private func run(_ count: Int) async throws -> [Figure] {
        let shared = try await SendGround(
            subscribers: count, filters: min(count / 20, Self.sharedFilters), papers: Self.papers)
        defer { shared.remove() }
        let own = try await SendGround(subscribers: count, filters: count, papers: Self.papers, likes: Self.likes)
        defer { own.remove() }
        var (sharedRuns, ownRuns): ([SendGround.Run], [SendGround.Run]) = ([], [])
        for _ in 0..<Figure.runs {
            sharedRuns.append(try await shared.send(.unsigned, connections: Self.connections))
            ownRuns.append(try await own.send(.unsigned, connections: Self.connections))
        }
        func figures(_ name: String, _ ground: SendGround, _ runs: [SendGround.Run]) -> [Figure] {
            [
                Figure(name: "\(name).size", values: [ground.kilobytes], unit: "KB/message"),
                Figure(name: name, values: runs.map(\.rate), unit: "messages/s for \(count) subscribers"),
                Figure(name: "\(name).cpu", values: runs.map(\.cpuMicroseconds), unit: "µs/message"),
                Figure(name: "\(name).peak_memory", values: runs.map(\.peakMemory), unit: "MB"),
                Figure(name: "\(name).scheduling", values: [ground.scheduling], unit: "s"),
            ]
        }
        return figures("send.shared", shared, sharedRuns) + figures("send.distinct", own, ownRuns)
    }
}
