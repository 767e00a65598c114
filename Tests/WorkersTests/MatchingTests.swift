import Core
import Digests
import Feeds
import Filters
import Foundation
import Mail
import Papers
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Matching, grouping and explaining")
struct MatchingTests {
    private let morning = TestInstallation.start.addingTimeInterval(23 * 3600)

    private func contents(of address: String, in test: TestInstallation) async throws -> DigestContents {
        let reader = try await test.subscriber(address)
        let history = try await test.installation.database.ledger.history(of: reader.id, limit: 1)
        return try #require(history.first?.contents)
    }

    @Test("each paper stands once, under its best topic, and every group is one block")
    func groups() async throws {
        let test = try await TestInstallation()
        try await test.store([
            "Diffusion one", "A robot", "Diffusion two", "Robot diffusion", "Diffusion three", "Protein folding",
        ])
        let interests = Interests(topics: ["diffusion", "robots"], filters: ["protein"])
        _ = try await test.desk.add(try Address("ada@example.org"), interests: interests, source: "test")
        test.clock.move(to: morning)
        _ = try await Scheduler(test.installation).round()
        let items = try await contents(of: "ada@example.org", in: test).items
        #expect(items.map(\.seq).sorted() == [1, 2, 3, 4, 5, 6])
        // Robots are rarer, so the paper of both topics is theirs.
        #expect(items.first { $0.seq == 4 }?.group == "robots")
        #expect(items.first { $0.seq == 4 }?.topics == ["diffusion", "robots"])
        #expect(items.first { $0.seq == 6 }?.group == nil)
        let blocks = items.map { $0.group ?? "" }
        #expect(zip(blocks, blocks.dropFirst()).count { $0 != $1 } == 2)
    }

    @Test("the digest says which terms of which topic or filter were found")
    func terms() async throws {
        let test = try await TestInstallation()
        try await test.store(["Robotics of proteins"])
        let interests = Interests(topics: ["robots"], filters: ["protein OR enzyme"])
        _ = try await test.desk.add(try Address("ada@example.org"), interests: interests, source: "test")
        test.clock.move(to: morning)
        _ = try await Scheduler(test.installation).round()
        let item = try #require(try await contents(of: "ada@example.org", in: test).items.first)
        #expect(item.terms == ["robots": ["robotics"], "protein OR enzyme": ["protein"]])
        _ = try await test.sender.drain()
        let mail = try #require(await test.receiver.messages().last).text
        #expect(mail.contains("protein OR enzyme"))
    }

    @Test("a match in the title stands before one in the abstract, a pinned paper before both")
    func titleFirst() async throws {
        let test = try await TestInstallation()
        var inAbstract = Entry(id: try #require(PaperID(parsing: "2611.00001")), title: "Arms")
        inAbstract.abstract = "Nothing but protein."
        let inTitle = Entry(id: try #require(PaperID(parsing: "2611.00002")), title: "Protein")
        var pinned = Entry(id: try #require(PaperID(parsing: "2611.00003")), title: "Legs")
        pinned.abstract = "Also of protein."
        let store = test.installation.database.papers
        _ = try await store.record([inAbstract, inTitle, pinned], feed: "hf", trust: .curator, seenAt: test.clock.now)
        _ = try await store.pin(3, note: nil, at: test.clock.now)
        _ = try await test.desk.add(
            try Address("ada@example.org"), interests: Interests(filters: ["protein"]), source: "test")
        test.clock.move(to: morning)
        _ = try await Scheduler(test.installation).round()
        #expect(try await test.lastDigest(of: "ada@example.org") == ["Legs", "Protein", "Arms"])
    }

    @Test("feed: and is: know what the store has seen")
    func standings() async throws {
        let test = try await TestInstallation()
        try await test.store(["From here"], feed: "https://feeds.example.org/here")
        var cross = Entry(id: try #require(PaperID(parsing: "2611.00050")), title: "Crossed")
        cross.announceType = .cross
        let store = test.installation.database.papers
        _ = try await store.record([cross], feed: "https://arxiv.example/rss", trust: .archive, seenAt: test.clock.now)
        _ = try await store.pin(2, note: nil, at: test.clock.now)
        for (filter, expected) in [
            ("feed:here", ["From here"]), ("is:cross", ["Crossed"]), ("is:pinned", ["Crossed"]), ("is:new", []),
            ("-feed:arxiv", ["From here"]),
        ] {
            let trial = try await FilterTrial(try Filter(filter), newest: 10, in: test.installation)
            #expect(trial.found.map(\.paper.title) == expected, "\(filter)")
            #expect(trial.looked == 2)
        }
    }

    @Test("an explanation names what became of the paper, from matching to the cap")
    func explanations() async throws {
        let test = try await TestInstallation()
        let interests = Interests(topics: ["diffusion"])
        _ = try await test.desk.add(
            try Address("ada@example.org"), interests: interests, maxPapers: 1, source: "test")
        test.clock.advance(by: 60)
        try await test.store(["Diffusion one", "Diffusion two", "A robot", "Diffusion hidden"])
        let store = test.installation.database.papers
        try await store.setHidden(4, true)
        func verdict(_ number: Int) async throws -> Explanation {
            let id = try #require(PaperID(parsing: "2611.0000\(number)"))
            let paper = try #require(try await store.paper(id: id))
            return try await Explanation(
                of: paper, for: try await test.subscriber("ada@example.org"), in: test.installation)
        }
        #expect(try await verdict(1).verdict.hasPrefix("it waits for the next digest, on 2026-11-24"))
        #expect(try await verdict(3).verdict.hasPrefix("it matches none of the topics and filters of ada@example.org"))
        #expect(try await verdict(4).verdict.hasPrefix("it is hidden"))
        test.clock.move(to: morning)
        _ = try await Scheduler(test.installation).round()
        let sent = try await verdict(1)
        #expect(sent.isInDigest)
        #expect(sent.details.contains("it matches Diffusion (diffusion)"))
        let passed = try await verdict(2)
        #expect(!passed.isInDigest)
        #expect(passed.verdict.hasPrefix("others ranked before it in the digest of 2026-11-24"))
    }

    @Test("a week's trend is what curators listed in it, the most noticed first")
    func trending() async throws {
        let test = try await TestInstallation()
        try await test.store(["Of last week"])
        test.clock.advance(by: 9 * 86_400)
        try await test.store(["Of this week"], firstID: 20)
        try await test.store(["Archived"], feed: "arxiv", trust: .archive, firstID: 40)
        test.clock.advance(by: 2 * 86_400)
        try await test.store(["Of today"], firstID: 60)
        func titles(_ period: TrendingPeriod) async throws -> [String] {
            try await Trending(period, in: test.installation).papers.map(\.paper.title)
        }
        #expect(try await titles(.day) == ["Of today"])
        #expect(try await titles(.week) == ["Of today", "Of this week"])
        #expect(try await titles(.month) == ["Of today", "Of this week", "Of last week"])
    }

    @Test("the topics' report counts each day, what topics share, and what none catches")
    func report() async throws {
        let test = try await TestInstallation()
        try await test.store(["Diffusion", "Robot diffusion", "Protein"])
        test.clock.advance(by: 86_400)
        try await test.store(["Diffusion again"], firstID: 20)
        let report = try await TopicReport(days: 30, in: test.installation)
        #expect(report.days.map(\.papers) == [3, 1])
        #expect(report.days.map(\.outside) == [1, 0])
        #expect(report.lines.map(\.perDay) == [[2, 1], [1, 0]])
        #expect(report.lines.map { $0.overlap?.slug } == ["robots", "diffusion"])
        #expect(report.lines.map { $0.overlap?.papers } == [1, 1])
    }

    @Test("the shipped topics are written in every language", arguments: Language.allCases)
    func languages(language: Language) async throws {
        var settings = try await TestInstallation().installation.settings
        settings.topicsFile = nil
        for topic in try Installation.topics(settings).all {
            #expect((topic.about[language] == topic.about[.english]) == (language == .english), "\(topic.slug)")
            #expect(!topic.title[language].isEmpty)
        }
    }

    @Test(
        "no real day leaves more than a tenth of its papers outside all shipped topics",
        .enabled(
            if: ProcessInfo.processInfo.environment["BROADSHEET_TEST_FEEDS"] != nil,
            "BROADSHEET_TEST_FEEDS names no folder of real feeds"))
    func shippedTopics() async throws {
        let root = URL(fileURLWithPath: try #require(ProcessInfo.processInfo.environment["BROADSHEET_TEST_FEEDS"]))
        let files = try ["huggingface", "huggingface/corpus"].flatMap { folder in
            try FileManager.default.contentsOfDirectory(
                at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
        }.filter { $0.pathExtension == "json" }
        var settings = try await TestInstallation().installation.settings
        settings.topicsFile = nil
        let topics = try Installation.topics(settings)
        #expect(topics.all.count >= 25)
        var days = 0
        for file in files {
            // The folder also holds broken documents and what is no day.
            guard let feed = try? ParsedFeed(parsing: FeedDocument(bytes: Array(try Data(contentsOf: file)))) else {
                continue
            }
            let day = CivilZone.utc.day(of: TestInstallation.start)
            let report = TopicReport(feed.entries.map { (day, Paper($0)) }, topics: topics)
            for day in report.days where day.papers >= 10 {
                days += 1
                #expect(day.outside * 10 <= day.papers, "\(file.lastPathComponent): \(day.outside) of \(day.papers)")
            }
        }
        #expect(days >= 35)
    }
}
