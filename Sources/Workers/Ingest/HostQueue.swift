import Foundation

/// Feeds that must be asked one after the other, over one connection at a time: those of one host, or of all of arXiv's.
struct HostQueue: Hashable, Sendable {
    let name: String
    /// Seconds from one request to the next.
    let spacing: TimeInterval
    /// Whether what the server says of patience counts for all feeds of the queue: in one's own network many services
    /// share a host.
    let isOneService: Bool

    /// arXiv allows one request every three seconds and one connection, counted over all its hosts (arXiv API terms of use).
    private static let arXivSpacing: TimeInterval = 3
    /// What nobody asks for and nobody can object to.
    private static let usualSpacing: TimeInterval = 1

    /// - Parameter isPrivate: the feed is on this machine or in the operator's own network, where nothing is spaced.
    init(url: String, isPrivate: Bool) {
        let host = URL(string: url)?.host?.lowercased() ?? ""
        isOneService = !isPrivate
        if host == "arxiv.org" || host.hasSuffix(".arxiv.org") {
            name = "arxiv.org"
            spacing = Self.arXivSpacing
        } else {
            name = host
            spacing = isPrivate || host.isEmpty ? 0 : Self.usualSpacing
        }
    }

    /// arXiv has answered 406 where others say 429.
    var isArXiv: Bool { name == "arxiv.org" }
}

/// When each host may be asked next, over all rounds of this process.
public actor HostPacer {
    private var free: [String: Date] = [:]

    public init() {}

    /// Returns when it is this request's turn.
    func turn(in queue: HostQueue, clock: SiteClock) async throws {
        let now = clock.now
        let start = max(now, free[queue.name] ?? now)
        free[queue.name] = start.addingTimeInterval(queue.spacing)
        try await clock.sleep(for: start.timeIntervalSince(now))
    }
}
