import Feeds
import Foundation
import Store
import Transport

/// Asks for one document as politely as its host deserves: in turn, with validators, with patience.
struct FeedFetcher: Sendable {
    let installation: Installation
    let fetcher: HTTPFetcher
    let pacer: HostPacer
    let plan: FetchPlan

    init(_ installation: Installation, pacer: HostPacer, chance: @escaping @Sendable () -> Double) {
        self.installation = installation
        self.pacer = pacer
        fetcher = HTTPFetcher(userAgent: ProgramVersion.userAgent("+\(installation.settings.baseURL)"))
        plan = FetchPlan(interval: installation.settings.feedsInterval, chance: chance)
    }

    /// A server may ask for this many seconds of patience within a round; for longer, the round goes on without it.
    private static let longestWait: TimeInterval = 30
    private static let mostRetries = 2

    enum Answer {
        case document(HTTPResponse)
        case unchanged(HTTPResponse)
        /// The host wants no request before this time.
        case wait(until: Date?, reason: String)
        case gone
    }

    /// - Throws: `TransportError`, or ``IngestProblem`` for an answer that is no document.
    func ask(_ request: HTTPRequest, queue: HostQueue) async throws -> Answer {
        var request = request
        request.maxBytes = installation.settings.feedsMaxBytes
        request.timeout = .seconds(installation.settings.feedsTimeout)
        var retries = 0
        while true {
            try await pacer.turn(in: queue, clock: installation.clock)
            do {
                let response = try await fetcher.fetch(request)
                let verdict = FetchVerdict(
                    status: response.status, headers: response.headers, queue: queue, now: installation.clock.now)
                switch verdict {
                case .document: return .document(response)
                case .unchanged: return .unchanged(response)
                case .gone: return .gone
                case .refused: throw IngestProblem("\(request.url) answered with status \(response.status)")
                case .wait(let seconds):
                    guard let seconds, seconds <= Self.longestWait, retries < Self.mostRetries else {
                        return .wait(
                            until: seconds.map { installation.clock.now.addingTimeInterval($0) },
                            reason: "\(request.url) asks for patience (status \(response.status))")
                    }
                    try await installation.clock.sleep(for: seconds)
                case .stumbled:
                    guard retries < Self.mostRetries else {
                        throw IngestProblem("\(request.url) answered with status \(response.status), three times")
                    }
                    try await installation.clock.sleep(for: plan.pause(beforeRetry: retries + 1))
                }
            } catch let error as TransportError where error.kind == .interrupted && retries < Self.mostRetries {
                try await installation.clock.sleep(for: plan.pause(beforeRetry: retries + 1))
            }
            retries += 1
        }
    }
}

/// A failure of one feed that no lower module has a word for.
struct IngestProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
