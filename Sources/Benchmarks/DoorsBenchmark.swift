import Foundation
import TestTools

/// Knocks at every door of the site with requests that were damaged at random: whatever is sent, the real program must go
/// on, answer with no 5xx, and spend little on it.
///
/// `Benchmarks doors [REQUESTS] [SEED]`; the same seed asks the same of the same database. Requests are sent one after the
/// other, so that the processor time of the program is that of the request.
struct DoorsBenchmark {
    private let count: Int
    private let seed: UInt64
    private let papers: Int

    /// Seconds of processor time that a request may take. A debug build takes some ten times as long.
    #if DEBUG
        private static let mostTime = 5.0
    #else
        private static let mostTime = 0.5
    #endif
    /// Requests after which keys are made anew.
    private static let stretch = 1000
    /// Every so many logs in, which takes a second each.
    private static let loginEvery = 2500
    /// After so many deaths of the program there is nothing more to learn.
    private static let mostCrashes = 400

    /// - Parameter arguments: how many requests, and the seed.
    init(arguments: [String], isQuick: Bool) throws {
        let numbers = arguments.compactMap { UInt64($0) }
        guard numbers.count == arguments.count, numbers.count <= 2 else {
            throw BenchmarkFailure("doors takes two numbers: how many requests, and the seed")
        }
        count = Int(clamping: numbers.first ?? (isQuick ? 5000 : 100_000))
        seed = numbers.count == 2 ? numbers[1] : 1
        papers = isQuick ? 200 : 1000
    }

    func run() async throws -> [Figure] {
        let ground = try await DoorGround(papers: papers)
        defer { ground.remove() }
        try ground.logIn()
        var report = DoorsReport(seed: seed)
        var random = SplitMix64(seed: seed)
        var seeds = DoorSeeds(keys: try await ground.keys())
        let sweep = DoorMutation.sweep(seeds, &random)
        var client = RawClient(port: ground.port, patience: 30)
        for index in 0..<count {
            if index % Self.stretch == 0, index > 0 { seeds = DoorSeeds(keys: try await ground.keys()) }
            let request = index < sweep.count ? sweep[index] : request(index, seeds, &random)
            let before = ground.usage.processorTime
            let start = ContinuousClock.now
            let answer = client.ask(
                request.bytes, isHead: request.method == "HEAD", endsConnection: request.breaksConnection)
            let wall = start.duration(to: .now) / .seconds(1)
            let time = ground.usage.processorTime - before
            let isDead = answer == .refused || ([.closed, .silence].contains(answer) && !answers(ground))
            guard !isDead else {
                report.crashes += 1
                try await mourn(request, ground, &report)
                guard report.crashes < Self.mostCrashes else { break }
                client = RawClient(port: ground.port, patience: 30)
                continue
            }
            report.count(request, answer, time: time, wall: wall)
            if case .status(let code) = answer, code >= 500 { report.fault("\(code)", request, [ground.logTail]) }
            if answer == .silence, !request.breaksConnection { report.fault("no answer", request, [ground.logTail]) }
            if time > Self.mostTime {
                report.fault("slow", request, [String(format: "%.0f ms of processor time", time * 1000)])
            }
            if index % 500 == 0 { report.peakMemory = max(report.peakMemory, ground.usage.peakMemory) }
        }
        report.peakMemory = max(report.peakMemory, ground.usage.peakMemory)
        return try report.close()
    }

    private func request(_ index: Int, _ seeds: DoorSeeds, _ random: inout SplitMix64) -> DoorRequest {
        var request: DoorRequest
        if index % Self.loginEvery == Self.loginEvery / 2 {
            request = DoorRequest("POST", "/admin/login")
            request.form = [DoorRequest.Field("password", seeds.keys.password)]
        } else {
            request = seeds.any(&random)
        }
        let changes = [0, 1, 1, 1, 1, 1, 1, 2, 2, 3].randomElement(using: &random) ?? 1
        for _ in 0..<changes { DoorMutation.apply(to: &request, seeds, &random) }
        return request
    }

    /// Whether the program still answers.
    private func answers(_ ground: DoorGround) -> Bool {
        let client = RawClient(port: ground.port, patience: 10)
        return client.ask(DoorRequest("GET", "/healthz").bytes) == .status(200)
    }

    /// The program is dead, or as good as dead: starts it anew, and sees by the first request of a kind what it died of.
    private func mourn(_ request: DoorRequest, _ ground: DoorGround, _ report: inout DoorsReport) async throws {
        let end = try await ground.end(within: .seconds(5))
        if report.isKnown("crash", request) || report.isFull {
            report.fault("crash", request, [])
            return try await ground.start()
        }
        try await ground.start(tracesCrashes: true)
        let answer = RawClient(port: ground.port, patience: 30).ask(
            request.bytes, isHead: request.method == "HEAD", endsConnection: request.breaksConnection)
        var words = [end]
        if answers(ground) {
            words.append("not again by itself: \(answer)")
            ground.stop()
        } else {
            _ = try await ground.end()
            words += ground.trace
        }
        report.fault("crash", request, words)
        try await ground.start()
    }
}
