import Foundation

/// What came of many requests: statuses by route, and each kind of fault with a request that shows it.
struct DoorsReport {
    private let seed: UInt64
    var crashes = 0
    /// MB, of every process there was.
    var peakMemory = 0.0
    private var requests = 0
    private var errors = 0
    private var slow = 0
    private var longest: (time: Double, request: String) = (0, "")
    private var longestWall: (time: Double, request: String) = (0, "")
    private var statuses: [String: [String: Int]] = [:]
    private var faults: [String: Fault] = [:]
    private var order: [String] = []

    private struct Fault {
        var count = 0
        let words: [String]
        let summary: String
        let file: String
    }

    /// The most kinds that are told of.
    private static let told = 20

    init(seed: UInt64) { self.seed = seed }

    mutating func count(_ request: DoorRequest, _ answer: RawClient.Answer, time: Double, wall: Double) {
        requests += 1
        let name: String
        switch answer {
        case .status(let code): name = String(code)
        case .closed: name = "closed"
        case .silence: name = "silence"
        case .refused: name = "refused"
        }
        statuses[request.route, default: [:]][name, default: 0] += 1
        if time > longest.time { longest = (time, request.summary) }
        if wall > longestWall.time { longestWall = (wall, request.summary) }
    }

    func isKnown(_ kind: String, _ request: DoorRequest) -> Bool { faults["\(kind): \(request.kind)"] != nil }

    /// Whether more kinds would not be told of.
    var isFull: Bool { order.count > Self.told }

    /// Keeps the first request of each kind of fault as a file.
    mutating func fault(_ kind: String, _ request: DoorRequest, _ words: [String]) {
        if kind == "slow" { slow += 1 } else if kind != "crash" { errors += 1 }
        let key = "\(kind): \(request.kind)"
        if faults[key] == nil {
            let file = FileManager.default.temporaryDirectory
                .appendingPathComponent("broadsheet-doors-\(seed)-\(order.count + 1).http")
            try? Data(request.bytes).write(to: file)
            faults[key] = Fault(words: words, summary: request.summary, file: file.path)
            order.append(key)
        }
        faults[key]?.count += 1
    }

    /// Prints the statuses of every route, and what took longest.
    ///
    /// - Returns: the figures.
    /// - Throws: ``BenchmarkFailure`` with each kind of fault, where there was one.
    func close() throws -> [Figure] {
        for (route, counts) in statuses.sorted(by: { $0.key < $1.key }) {
            let counts = counts.sorted { $0.key < $1.key }.map { "\($0.key) ×\($0.value)" }
            print("# \(route): \(counts.joined(separator: ", "))")
        }
        print("# most processor time: \(longest.request)")
        print("# longest: \(String(format: "%.0f ms", longestWall.time * 1000)), \(longestWall.request)")
        let figures = [
            Figure(name: "doors.requests", values: [Double(requests + crashes)], unit: "requests of seed \(seed)"),
            Figure(name: "doors.crashes", values: [Double(crashes)], unit: "ends of the program"),
            Figure(name: "doors.errors", values: [Double(errors)], unit: "answers of 500 and above"),
            Figure(name: "doors.slow", values: [Double(slow)], unit: "requests over the bound"),
            Figure(name: "doors.longest", values: [longest.time * 1000], unit: "ms of processor time, at most"),
            Figure(name: "doors.peak_memory", values: [peakMemory], unit: "MB"),
        ]
        guard !order.isEmpty else { return figures }
        for figure in figures { print(figure) }
        let lines = order.prefix(Self.told).compactMap { key in
            faults[key].map { fault in
                ([key + " ×\(fault.count)", "  \(fault.summary)", "  nc 127.0.0.1 PORT < \(fault.file)"]
                    + fault.words.map { "  \($0)" }).joined(separator: "\n")
            }
        }
        throw BenchmarkFailure("\(order.count) kinds of requests broke a bound:\n\(lines.joined(separator: "\n"))")
    }
}
