import Foundation
import Logging
import Loopback
import Mail
import Site
import Store
import Workers

/// The real program with its pages on loopback, a database of papers and readers, and the keys to all of its doors.
final class DoorGround {
    private let ground: SendGround
    private let installation: Installation
    private let environment: [String: String]
    private let password: PasswordHash
    let port: Int
    let metricsToken: String
    private var process: Process?
    private var log: URL { ground.folder.appendingPathComponent("serve.log") }
    /// How many readers were added after the first ones.
    private var added = 0

    private static let typedPassword = "four random words of a benchmark"
    private static let filters = ["robot policy", "title:diffusion OR image -medical", "upvotes>=20", "protein*"]

    /// - Parameter papers: of the day that is stored.
    init(papers: Int) async throws {
        ground = try await SendGround(subscribers: 40, filters: 20, papers: papers)
        port = try await LoopbackPort.free()
        password = try PasswordHash(of: Self.typedPassword)
        metricsToken = try SiteKey.generate()
        environment = [
            "BROADSHEET_DATABASE": "sqlite:\(ground.folder.path)/bench.sqlite",
            "BROADSHEET_FEEDS_FILE": "\(ground.folder.path)/feeds.yaml", "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:1",
            "BROADSHEET_WEB_PORT": "\(port)", "BROADSHEET_METRICS_TOKEN": metricsToken,
            "BROADSHEET_ADMIN_PASSWORD_HASH": password.description,
            "BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org", "BROADSHEET_LOG_LEVEL": "warning",
            // Limits would hide the work behind them.
            "BROADSHEET_WEB_CLIENT_REQUESTS": "0", "BROADSHEET_WEB_CLIENT_SIGNUPS": "0",
            "BROADSHEET_WEB_ADDRESS_SIGNUPS": "0", "BROADSHEET_WEB_SIGNUPS": "0",
            "BROADSHEET_WEB_CLIENT_CONNECTIONS": "0", "BROADSHEET_WEB_TRUSTED_PROXIES": "127.0.0.1",
        ]
        var all = environment
        all["BROADSHEET_SMTP_TLS"] = "none"
        all["BROADSHEET_SITE_INSTANCE"] = "benchmark"
        all["BROADSHEET_WEB_BASE_URL"] = "https://papers.example.org"
        all["BROADSHEET_MAIL_FROM"] = "Broadsheet <papers@example.org>"
        var logger = Logger(label: "benchmarks")
        logger.logLevel = .error
        installation = try await Installation(settings: try await Settings(file: nil, environment: all), logger: logger)
        _ = try await ground.send(.unsigned, connections: 1, only: 20)
        try await readSmallFeeds()
        try await start()
    }

    func remove() {
        stop()
        ground.remove()
    }

    /// Papers that are known by a DOI, by an address, and with what else feeds hold.
    private func readSmallFeeds() async throws {
        let documents = FuzzSeeds.all
        let server = try await HTTPFileServer.start { request in
            let number = Int(request.path.split(separator: "/").last ?? "") ?? 0
            return .document(documents[number % documents.count], contentType: "text/plain", for: request)
        }
        let lines = documents.indices.map { "  - \(server.baseURL)/\($0)\n" }.joined()
        try Data("feeds:\n\(lines)".utf8).write(to: ground.folder.appendingPathComponent("feeds.yaml"))
        try await installation.synchroniseFeeds()
        _ = try await FeedRound(installation).run(try await installation.database.feeds.all())
        await server.stop()
    }

    // MARK: - The program

    /// - Parameter tracesCrashes: whether it writes a stack to its log when it dies, which takes seconds.
    func start(tracesCrashes: Bool = false) async throws {
        try Data().write(to: log)
        var environment = environment
        environment["SWIFT_BACKTRACE"] =
            tracesCrashes ? "enable=yes,color=no,interactive=no,threads=crashed,images=none,limit=12" : "enable=no"
        process = try ground.program(
            ["serve", "--roles", "web"], environment, log: try FileHandle(forWritingTo: log))
        // The search is ready when all papers have been read for it.
        let deadline = ContinuousClock.now + .seconds(60)
        let client = RawClient(port: port, patience: 10)
        while client.ask(DoorRequest("GET", "/search?q=model").bytes) != .status(200) {
            guard ContinuousClock.now < deadline, isAlive else {
                throw BenchmarkFailure("the program does not serve its pages: \(logTail)")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    func stop() {
        guard let process, process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var isAlive: Bool { process?.isRunning ?? false }

    var usage: ProcessUsage { ProcessUsage(process: process?.processIdentifier ?? 0) }

    /// Waits until it has ended; kills it where it does not.
    ///
    /// - Returns: how it ended.
    func end(within wait: Duration = .seconds(60)) async throws -> String {
        guard let process else { return "never started" }
        let deadline = ContinuousClock.now + wait
        while process.isRunning, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
        if process.isRunning {
            stop()
            return "did not answer and was killed"
        }
        return process.terminationReason == .uncaughtSignal
            ? "signal \(process.terminationStatus)" : "status \(process.terminationStatus)"
    }

    /// What it wrote last.
    var logTail: String {
        let text = String(decoding: (try? Data(contentsOf: log)) ?? Data(), as: UTF8.self)
        return text.split(separator: "\n").suffix(3).joined(separator: " / ")
    }

    /// The stack that it wrote as it died: the fault and its uppermost functions of ours.
    var trace: [String] {
        let text = String(decoding: (try? Data(contentsOf: log)) ?? Data(), as: UTF8.self)
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        let fault = lines.first { $0.contains("Fatal error") || $0.contains("Crash reason") || $0.contains("crashed:") }
        let frames = lines.filter { $0.contains(" in ") && $0.first?.isNumber == true }
        return [fault].compactMap(\.self) + frames.prefix(6)
    }

    // MARK: - Keys

    /// What opens the doors now; made anew now and then, since requests leave, move and delete readers.
    func keys() async throws -> DoorKeys {
        try await restock()
        let store = installation.database
        let now = installation.clock.now
        let readers = try await store.subscribers.list(limit: 500)
        let papers = try await store.papers.newest(limit: 300)
        let mails = try await store.ledger.newest(in: .sent, limit: 20) + store.ledger.newest(in: .failed, limit: 20)
        var sessions: [String] = []
        for _ in 0..<30 {
            let session = try AdminCookie(.session, at: now)
            try await store.adminSessions.begin(
                session.hash(key: installation.key), expiresAt: session.expiresAt, at: now)
            sessions.append("__Host-admin=" + session.text(key: installation.key, password: password))
        }
        var keys = DoorKeys(
            sessions: sessions, password: Self.typedPassword, metricsToken: metricsToken,
            stamp: FormStamp.text(at: now.addingTimeInterval(-60), key: installation.key))
        keys.readers = readers.map(\.id)
        keys.mails = mails.map(\.id)
        keys.feeds = try await store.feeds.all().map(\.id)
        keys.papers = papers.map { (seq: $0.seq, id: $0.paper.id) }
        keys.topics = installation.topics.all.map(\.slug)
        keys.addresses = readers.map(\.address.description)
        // Of the first ones too, who have been sent mails.
        for reader in readers.prefix(20) + readers.dropFirst(20).suffix(60) {
            for (purpose, token) in tokens(of: reader, now) { keys.tokens[purpose, default: []].append(token) }
        }
        return keys
    }

    /// Every link that a reader may hold.
    private func tokens(of reader: Subscriber, _ now: Date) -> [(DoorKeys.Purpose, String)] {
        let (links, id, epoch) = (installation.links, reader.id, reader.tokenEpoch)
        func token(_ link: String) -> String { String(link.split(separator: "=", maxSplits: 1).last ?? "") }
        var tokens: [(DoorKeys.Purpose, String)] = [
            (.unsubscribe, token(links.unsubscribe(subscriber: id, epoch: epoch))),
            (.preferences, token(links.preferences(subscriber: id, epoch: epoch, now: now))),
            (.marks, token(links.marks(subscriber: id, epoch: epoch))),
            (.address, token(links.newAddress("new\(id)@example.org", subscriber: id, epoch: epoch, now: now))),
        ]
        if reader.state == .pending {
            tokens.append((.confirm, token(links.confirm(subscriber: id, epoch: epoch, now: now))))
        }
        if reader.state == .unsubscribed {
            tokens.append((.left, links.leftToken(subscriber: id, epoch: epoch, now: now)))
        }
        return tokens
    }

    /// Keeps some readers in every state.
    private func restock() async throws {
        let service = SubscriptionService(installation)
        let counts = try await installation.database.subscribers.counts()
        for state in [SubscriberState.active, .pending, .unsubscribed, .paused] where counts[state, default: 0] < 12 {
            for _ in 0..<12 {
                added += 1
                let address = try Address("more\(added)@example.org")
                let interests = Interests(topics: ["robotics"], filters: [Self.filters[added % Self.filters.count]])
                if state == .pending {
                    try await service.subscribe(address, interests: interests, source: "benchmark")
                    continue
                }
                guard let reader = try await service.add(address, interests: interests, source: "benchmark") else {
                    continue
                }
                if state == .unsubscribed { _ = try await service.leave(reader, source: "benchmark") }
                if state == .paused { _ = try await service.pause(reader, source: "benchmark") }
            }
        }
    }

    /// Logs in through the form, as a person does, and looks whether that opens the desk.
    ///
    /// - Throws: ``BenchmarkFailure`` where it does not.
    func logIn() throws {
        let client = RawClient(port: port, patience: 10)
        var login = DoorRequest("POST", "/admin/login")
        login.form = [DoorRequest.Field("password", Self.typedPassword)]
        let answer = client.ask(login.bytes)
        let line = client.header.split(separator: "\r\n").first { $0.lowercased().hasPrefix("set-cookie:") }
        guard let cookie = line?.dropFirst(11).prefix(while: { $0 != ";" }) else {
            throw BenchmarkFailure("the password opens nothing: \(answer)")
        }
        var page = DoorRequest("GET", "/admin")
        page.headers.append(DoorRequest.Header("Cookie", cookie.trimmingCharacters(in: .whitespaces)))
        guard client.ask(page.bytes) == .status(200) else { throw BenchmarkFailure("the session opens nothing") }
    }
}
