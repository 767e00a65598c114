import Foundation
import Logging
import Loopback
import Mail
import Papers
import Site
import Store
import Synchronization
import Testing
import Workers

/// A clock that stands still until a test moves it.
public final class TestClock: Sendable {
    private let time: Mutex<Date>

    public init(_ start: Date) { time = Mutex(start) }

    public var now: Date { time.withLock { $0 } }

    public func move(to date: Date) { time.withLock { $0 = date } }
    public func advance(by seconds: TimeInterval) { time.withLock { $0 += seconds } }

    /// Whoever waits in this time moves it on at once.
    public var clock: SiteClock { SiteClock({ self.now }, wait: { self.advance(by: $0) }) }
}

/// A whole installation in a temporary folder, with a real database and a real SMTP receiver.
public final class TestInstallation: Sendable {
    public let folder: URL
    public let place: TestPlace
    public let clock: TestClock
    public let receiver: SMTPReceiver
    public let installation: Installation
    public var desk: SubscriptionService { SubscriptionService(installation) }
    public var sender: Sender { get throws { try Sender(installation, chance: { 0 }) } }

    /// Monday, 2026-11-23T08:00:00Z
    public static let start = Date(timeIntervalSince1970: 1_795_420_800)

    /// When the digests of those who subscribed at the start are due.
    public static let morning = start.addingTimeInterval(23 * 3600)

    /// An installation in which `readers` people are due a digest of one paper.
    public static func due(
        readers: Int, receiver options: SMTPReceiverOptions = SMTPReceiverOptions(), environment: [String: String] = [:]
    ) async throws -> TestInstallation {
        let test = try await TestInstallation(receiver: options, environment: environment)
        try await test.store(["Diffusion for images"])
        for number in 1...readers {
            _ = try await test.desk.add(
                try Address("reader\(number)@example.org"), interests: Interests(topics: ["diffusion"]), source: "test")
        }
        test.clock.move(to: morning)
        #expect(try await Scheduler(test.installation).round() == readers)
        return test
    }

    public static let topics = """
        topics:
          diffusion: {title: Diffusion, about: Images., filter: diffusion}
          robots: {title: {en: Robotics, de: Robotik}, about: {en: Arms., de: Arme.}, filter: robot OR robotics}
        """

    public init(receiver options: SMTPReceiverOptions = SMTPReceiverOptions(), environment: [String: String] = [:])
        async throws
    {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let topics = folder.appendingPathComponent("topics.yaml")
        try Data(Self.topics.utf8).write(to: topics)
        place = try await TestPlace.migrated(in: folder)
        receiver = try await SMTPReceiver.start(options: options)
        clock = TestClock(Self.start)
        let login = options.credentials.map { "\($0.user):\($0.secret)@" } ?? ""
        let settings = try await Settings(
            file: nil,
            environment: [
                "BROADSHEET_DATABASE": place.url, "BROADSHEET_TOPICS_FILE": topics.path,
                "BROADSHEET_SMTP_URL": "smtp://\(login)localhost:\(receiver.port)",
                "BROADSHEET_SMTP_TLS": "none",
                "BROADSHEET_WEB_BASE_URL": "https://papers.example.org",
                "BROADSHEET_MAIL_FROM": "Papers <papers@example.org>",
            ].merging(environment) { $1 })
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        installation = try await Installation(settings: settings, clock: clock.clock, logger: logger)
    }

    deinit {
        receiver.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Stores papers as a curated feed would bring them, one for each title, numbered on.
    public func store(_ titles: [String], feed: String = "hf", trust: SourceTrust = .curator, firstID: Int = 1)
        async throws
    {
        try await store(voted: titles.map { ($0, 10) }, feed: feed, trust: trust, firstID: firstID)
    }

    /// The same, each with its upvotes.
    public func store(
        voted papers: [(title: String, upvotes: Int)], feed: String = "hf", trust: SourceTrust = .curator,
        firstID: Int = 1
    ) async throws {
        let entries = try papers.enumerated().map { offset, paper in
            var entry = Entry(
                id: try #require(PaperID(parsing: "2611.\(String(format: "%05d", firstID + offset))")),
                title: paper.title)
            entry.abstract = "About \(paper.title.lowercased())."
            entry.upvotes = paper.upvotes
            return entry
        }
        _ = try await installation.database.papers.record(entries, feed: feed, trust: trust, seenAt: clock.now)
    }

    public func subscriber(_ address: String) async throws -> Subscriber {
        try #require(try await installation.database.subscribers.subscriber(address: Address(address)))
    }

    /// The papers of a reader's last digest, by title.
    public func lastDigest(of address: String) async throws -> [String] {
        let history = try await installation.database.ledger.history(of: try await subscriber(address).id, limit: 10)
        guard let contents = history.first(where: { $0.kind == .digest })?.contents else { return [] }
        let papers = try await installation.database.papers.papers(seqs: Set(contents.items.map(\.seq)))
        return contents.items.compactMap { item in papers.first { $0.seq == item.seq }?.paper.title }
    }
}
