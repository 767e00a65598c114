import Core
import Feeds
import Foundation
import Logging
import Mail
import Papers
import Site
import Store
import Synchronization
import Workers

/// How good a reader's mails are after some likes: nDCG@10 of weekly mails as the scheduler writes them, see ``RankingGround``,
/// beside what arxiv-sanity-lite does; and how good related papers are, see ``RelatedQuality``, and what the search finds, see
/// ``SearchQuality``.
struct RankingBenchmark {
    private typealias Reader = RankingGround.Reader

    /// What is ingested.
    private struct Conditions {
        var hasVotes = true
        /// Whether the papers of a week all become news at its end.
        var sharesAge = false
    }

    /// Readers of each task.
    let readers: Int

    private static let monday: TimeInterval = 1_795_392_000
    private static let day: TimeInterval = 86_400

    func run() async throws -> [Figure] {
        let ground = try RankingGround()
        let tasks = tasks(ground)
        let names = tasks.map(\.name)
        let all = tasks.flatMap(\.readers)
        let strangers = try await mails(ground, tasks[0].readers.map(Self.forgetful), Conditions())
        var ours: [String: Double] = [:]
        for (suffix, conditions) in [
            ("", Conditions()), (".no_votes", Conditions(hasVotes: false)),
            (".equal_ages", Conditions(sharesAge: true)),
        ] {
            var orders = try await mails(ground, all, conditions)[...]
            for task in tasks {
                ours[task.name + suffix] = mean(ground, task.readers, Array(orders.prefix(task.readers.count)))
                orders = orders.dropFirst(task.readers.count)
            }
        }
        let unmarked = zip(strangers, tasks[0].readers).flatMap { gains(ground, $1, $0) }
        var figures = [
            Figure(name: "ranking.papers", values: [Double(ground.entries.count)], unit: "papers"),
            Figure(name: "ranking.interests", values: [Double(ground.interests.count)], unit: "interests"),
            gain("unmarked", unmarked.reduce(0, +) / Double(max(1, unmarked.count))),
        ]
        figures += ours.sorted { $0.key < $1.key }.map { gain($0.key, $0.value) }
        let theirs = Peer.python(Self.peer, input: try ground.peerInput(tasks), packages: "scikit-learn")
        for figure in theirs { figures.append(gain("sanity.\(figure.name)", figure.median)) }
        for figure in theirs where names.contains(figure.name) {
            for suffix in ["", ".no_votes"] {
                let ratio = (ours[figure.name + suffix] ?? 0) / figure.median
                figures.append(
                    Figure(
                        name: "ranking.vs_sanity.\(figure.name)\(suffix)", values: [ratio], unit: "times arxiv-sanity's"
                    ))
            }
        }
        return figures + (try await answers())
    }

    /// How good related papers and what is searched for are, on the same days.
    func answers() async throws -> [Figure] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "broadsheet-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let entries = try RealDays.entries()
        return try await RelatedQuality(entries: entries).run(in: folder)
            + SearchQuality(entries: entries).run(in: folder)
    }

    /// The first mails of five readers, line by line, to be judged by eye.
    func printOrders() async throws {
        let ground = try RankingGround()
        let readers = ground.readers(5, likes: 5)
        let orders = try await mails(ground, readers, Conditions())
        for (reader, mails) in zip(readers, orders) {
            print("\n\(reader.interests.joined(separator: ", "))")
            for like in reader.likes { print("  liked: \(ground.entries[like].title)") }
            for number in mails[0] {
                let entry = ground.entries[number]
                let mark = reader.relevant.contains(number) ? "*" : " "
                print("  \(mark) \(entry.title) (\(entry.upvotes ?? 0) votes, \(entry.stars ?? 0) stars)")
            }
        }
    }

    private func tasks(_ ground: RankingGround) -> [(name: String, readers: [Reader])] {
        [
            ("likes5", ground.readers(readers, likes: 5)), ("likes20", ground.readers(readers, likes: 20)),
            ("mixed", ground.readers(readers, together: 3, likes: 2)),
        ]
    }

    private static func forgetful(_ reader: Reader) -> Reader {
        Reader(interests: reader.interests, likes: [], relevant: reader.relevant)
    }

    private func gain(_ name: String, _ value: Double) -> Figure {
        Figure(name: "ranking.\(name)", values: [value], unit: "nDCG@10")
    }

    private func gains(_ ground: RankingGround, _ reader: Reader, _ mails: [[Int]]) -> [Double] {
        mails.enumerated().compactMap { ground.gain($1, of: reader, week: ground.firstJudged + $0) }
    }

    private func mean(_ ground: RankingGround, _ readers: [Reader], _ orders: [[[Int]]]) -> Double {
        let all = zip(readers, orders).flatMap { gains(ground, $0, $1) }
        return all.reduce(0, +) / Double(max(1, all.count))
    }

    // MARK: - The program

    /// The papers of each judged week's mail of each reader, in order.
    private func mails(
        _ ground: RankingGround, _ readers: [Reader], _ conditions: Conditions
    ) async throws -> [[[Int]]] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "broadsheet-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let time = BenchmarkClock(Self.monday)
        let installation = try await installation(in: folder, time)
        let database = installation.database
        for week in 0..<ground.firstJudged { try await store(week, of: ground, conditions, in: installation, time) }
        // A week without papers, so that the first mail holds nothing of the weeks before.
        time.move(to: Self.start(of: ground.firstJudged) - 3 * Self.day)
        var subscribers: [Int64] = []
        let numbers = try await numbers(ground, in: database)
        for (number, reader) in readers.enumerated() {
            let added = try await SubscriptionService(installation).add(
                try Address("reader\(number)@example.org"), interests: Interests(),
                schedule: DeliverySchedule(timeZone: .utc, minute: 7 * 60, cadence: .weekly, weekday: 1),
                maxPapers: 10, source: "benchmark")
            guard let added else { throw BenchmarkFailure("reader \(number) was not added") }
            subscribers.append(added.id)
            for like in reader.likes {
                guard let seq = numbers.seqs[like] else { continue }
                _ = try await database.marks.set(
                    Mark(paperSeq: seq, isLiked: true, at: installation.clock.now), of: added.id)
            }
        }
        let scheduler = Scheduler(installation, onRequest: true)
        for week in ground.firstJudged..<ground.weeks.count {
            try await store(week, of: ground, conditions, in: installation, time)
            time.move(to: Self.start(of: week + 1) + 7 * 3600 + 60)
            _ = try await scheduler.round()
        }
        return try await orders(of: subscribers, ground, database)
    }

    private func orders(
        of subscribers: [Int64], _ ground: RankingGround, _ database: Database
    ) async throws -> [[[Int]]] {
        let numbers = try await numbers(ground, in: database)
        var orders: [[[Int]]] = []
        for subscriber in subscribers {
            let history = try await database.ledger.history(of: subscriber, limit: 100)
            let slots = Dictionary(
                history.compactMap { mail in
                    mail.contents.map { (mail.slot, $0.items.compactMap { numbers.papers[$0.seq] }) }
                },
                uniquingKeysWith: { first, _ in first })
            orders.append(
                (ground.firstJudged..<ground.weeks.count).map { week in
                    let monday = CivilZone.utc.day(of: Date(timeIntervalSince1970: Self.start(of: week + 1)))
                    return slots[monday.description] ?? []
                })
        }
        return orders
    }

    private static func start(of week: Int) -> TimeInterval { monday + Double(week) * 7 * day }

    private func store(
        _ week: Int, of ground: RankingGround, _ conditions: Conditions, in installation: Installation,
        _ time: BenchmarkClock
    ) async throws {
        // The likes' weeks lie one further back.
        let start = Self.start(of: week < ground.firstJudged ? week - 1 : week)
        for (day, papers) in ground.weeks[week].enumerated() {
            time.move(to: start + (conditions.sharesAge ? 4 : Double(day)) * Self.day + 10 * 3600)
            let entries = papers.map { number in
                var entry = ground.entries[number]
                if !conditions.hasVotes { (entry.upvotes, entry.comments, entry.stars) = (nil, nil, nil) }
                return entry
            }
            _ = try await installation.database.papers.record(
                entries, feed: "days", trust: .curator, seenAt: installation.clock.now)
        }
    }

    /// Under which numbers the papers are stored, and the other way round.
    private func numbers(
        _ ground: RankingGround, in database: Database
    ) async throws -> (seqs: [Int: Int64], papers: [Int64: Int]) {
        let byID = Dictionary(
            ground.entries.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let pairs = try await database.papers.newest(limit: ground.entries.count + 1).compactMap { stored in
            byID[stored.paper.id].map { (number: $0, seq: stored.seq) }
        }
        return (
            Dictionary(pairs.map { ($0.number, $0.seq) }, uniquingKeysWith: { first, _ in first }),
            Dictionary(pairs.map { ($0.seq, $0.number) }, uniquingKeysWith: { first, _ in first })
        )
    }

    private func installation(in folder: URL, _ time: BenchmarkClock) async throws -> Installation {
        let settings = try await Settings(
            file: nil,
            environment: [
                "BROADSHEET_DATABASE": "sqlite:\(folder.path)/bench.sqlite",
                "BROADSHEET_WEB_BASE_URL": "https://papers.example.org",
                "BROADSHEET_MAIL_FROM": "Broadsheet <papers@example.org>",
            ])
        var logger = Logger(label: "benchmarks")
        logger.logLevel = .error
        return try await Installation(settings: settings, clock: SiteClock { time.now }, logger: logger)
    }

    /// arxiv-sanity-lite's own parameters; each week it knows all papers up to its end.
    private static let peer = """
        import sys, json, math
        try:
            import numpy as np
            from sklearn.feature_extraction.text import TfidfVectorizer
            from sklearn.svm import LinearSVC
        except ImportError: sys.exit()
        data = json.load(open(sys.argv[1])); papers = data['papers']
        def ndcg(order, relevant):
            gain = lambda place: 1 / math.log2(place + 2)
            got = sum(gain(place) for place, paper in enumerate(order[:10]) if paper in relevant)
            return got / sum(gain(place) for place in range(min(10, len(relevant))))
        gains = {task['name']: [] for task in data['tasks']}; chance = []
        random = np.random.default_rng(1)
        for week in data['weeks']:
            vectors = TfidfVectorizer(
                strip_accents='unicode', stop_words='english', token_pattern=r'(?u)\\b[a-zA-Z_][a-zA-Z0-9_]+\\b',
                ngram_range=(1, 2), max_features=20000, sublinear_tf=True, max_df=0.1, min_df=5
            ).fit_transform(papers[:max(week) + 1])
            for task in data['tasks']:
                for reader in task['readers']:
                    relevant = set(reader['relevant']) & set(week)
                    if not relevant: continue
                    wanted = np.zeros(vectors.shape[0]); wanted[reader['likes']] = 1
                    model = LinearSVC(class_weight='balanced', max_iter=10000, tol=1e-6, C=0.01).fit(vectors, wanted)
                    scores = dict(zip(week, model.decision_function(vectors[week])))
                    gains[task['name']].append(ndcg(sorted(week, key=lambda paper: -scores[paper]), relevant))
                    chance.append(ndcg(list(random.permutation(week)), relevant))
        for name, values in gains.items(): print(name, sum(values) / len(values))
        print('chance', sum(chance) / len(chance))
        """
}

/// A clock that shows what it is set to.
private final class BenchmarkClock: Sendable {
    private let time: Mutex<Date>

    init(_ start: TimeInterval) { time = Mutex(Date(timeIntervalSince1970: start)) }

    var now: Date { time.withLock { $0 } }
    func move(to seconds: TimeInterval) { time.withLock { $0 = Date(timeIntervalSince1970: seconds) } }
}
