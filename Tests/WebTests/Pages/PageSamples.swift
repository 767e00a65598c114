import Core
import Feeds
import Filters
import Foundation
import Mail
import Papers
import Store
import Testing
import Workers

@testable import Digests
@testable import Web

/// One sample of every page.
enum PageSamples {
    private static let testFolder = URL(filePath: #filePath).deletingLastPathComponent()

    static func templates(_ language: Language = .english) throws -> TemplateSet {
        let folder = (0..<3).reduce(testFolder) { folder, _ in folder.deletingLastPathComponent() }
            .appending(path: "Templates")
        let texts = try FileManager.default.contentsOfDirectory(atPath: folder.path).reduce(into: [String: String]()) {
            $0[$1] = try String(contentsOf: folder.appending(path: $1), encoding: .utf8)
        }
        return try TemplateSet(embedded: texts, language: language)
    }

    static let site = SiteAppearance(
        name: "Broadsheet", tagline: "The day’s research papers, delivered",
        postalAddress: "Example University\nCentre Street 1, 12345 Anytown", accent: Colour("#9c2a1f") ?? .ink,
        baseURL: "https://papers.example.org")

    static func day() throws -> CivilDate { try #require(CivilDate("2026-11-23")) }

    static func paper(_ number: Int, _ title: String) throws -> Paper {
        let id = try #require(PaperID(parsing: "2611.\(String(10_000 + number).suffix(5))"))
        return Paper(Entry(id: id, title: title))
    }

    static func topics() -> [TopicTick] {
        [
            TopicTick(slug: "vision", title: "Computer vision", about: "Seeing & understanding.", isTicked: true),
            TopicTick(slug: "agents", title: "Agents", about: "Models that act."),
        ]
    }

    static func preferences() throws -> PreferencesPage {
        var page = PreferencesPage(
            token: "t.1-a&\"", address: "ada@example.org", topics: topics(), filters: "title:diffusion\nauthor:x",
            cadence: "weekdays", minute: 420, timeZone: TimeZoneChoice(typed: "Europe/Berlin"), maxPapers: 20,
            nextDigest: try moment(),
            unsubscribeURL: "https://papers.example.org/unsubscribe?token=u",
            deleteURL: "https://papers.example.org/preferences/delete?token=p", isSaved: true)
        page.authors = "Ada Lovelace\nA. <Turing>"
        page.firstDay = CivilDate("2026-11-24")
        page.lastDay = CivilDate("2027-11-23")
        return page
    }

    /// With a pause, a preview and something wrong with each form.
    static func troubledPreferences() throws -> PreferencesPage {
        var page = try preferences()
        page.isSaved = false
        page.nextDigest = nil
        page.standing = .paused(until: CivilDate("2026-12-07"))
        page.pauseProblem = "2026-11-01 is not ahead; choose a day after today"
        page.authorProblem = "Line 2: no name."
        page.newAddress = "ada@"
        page.addressProblem = "No domain."
        page.previews = [
            .init(
                filter: "title:diffusion", warnings: ["“or” is looked for as a word here"],
                result: .init(
                    ofWeek: 1, ofMonth: 12, looked: 300,
                    papers: [("Diffusion <b>once</b> more", "https://arxiv.org/abs/2611.10001"), ("למידה עמוקה", "")])),
            .init(filter: "author:(", problem: "the parenthesis is not closed"),
        ]
        return page
    }

    static func all() throws -> [(String, any Page)] {
        var whole = try paper(1, "Attention Is Still All You Need")
        whole.abstract = "We look again. It still wins."
        whole.authors = ["Ada Lovelace", "Zoë Müller", "山田太郎", "Omar Khalil", "Eve Adams"].map { Author($0) }
        whole.organization = "Example Institute"
        whole.publishedAt = Date(timeIntervalSince1970: 1_795_392_000)
        whole.upvotes = 1204
        whole.comments = 2
        whole.pdfURL = "https://arxiv.org/pdf/2611.10001"
        whole.discussionURL = "https://huggingface.co/papers/2611.10001"
        let link = "https://papers.example.org/preferences?token=p"
        let offer = MailLinkOffer(token: "t.1-a&\"", right: .unsubscribe)
        return [
            (
                "home",
                try home(.latest(day()), [whole, paper(2, "למידה עמוקה")])
            ),
            (
                "home-problem",
                HomePage(
                    .latest(try day()), papers: [], topics: topics(), email: "ada@", problem: "No domain.")
            ),
            ("check-inbox", CheckInboxPage(contact: "hello@example.org")),
            (
                "confirm",
                ConfirmPage(
                    token: "t.1-a&\"", address: "ada@example.org", topics: ["Agents", "Computer vision"],
                    timeZone: TimeZoneChoice(typed: "Europe/Berlin"), time: "07:00")
            ),
            (
                "confirmed-now",
                ConfirmedPage(
                    address: "ada@example.org", beginning: .now, firstDigest: try moment())
            ),
            ("confirmed", ConfirmedPage(address: "ada@example.org", firstDigest: try moment())),
            ("unsubscribe", UnsubscribePage(token: "t.1-a&\"", address: "ada@example.org", offer: offer)),
            ("unsubscribed", UnsubscribedPage(address: "ada@example.org", token: "l.1-a&\"")),
            ("unsubscribed-thanked", UnsubscribedPage(address: "ada@example.org", token: "l.1", isThanked: true)),
            ("undo", UndoPage(token: "l.1-a&\"", address: "ada@example.org")),
            (
                "addition",
                AdditionPage(
                    token: "t.1-a&\"", topics: ["Agents", "Computer vision"], filters: ["title:\"a <b> c\""],
                    isTrending: true)
            ),
            ("address", NewAddressPage(token: "a.1-a&\"", address: "ada@example.com")),
            ("delete", DeletePage(token: "t.1-a&\"", address: "ada@example.org", preferencesURL: link)),
            ("preferences-troubled", try troubledPreferences()), ("preferences", try preferences()),
            ("library", library()),
            ("notice", NoticePage.expiredLink), ("notice-offer", NoticePage.expiredPreferences("p.1-a&\"")),
            ("confirmed-known", ConfirmedPage(address: "ada@example.org", beginning: .known, offer: offer)),
            ("filter-help", FilterHelpPage()), ("filter-try", try trial(whole)),
            ("week", try home(.trending(.week), [whole])), ("day", try dated(whole)), ("paper", try page(of: whole)),
            ("search", try search(whole)), ("search-problem", try badSearch()),
            (
                "topics",
                TopicsPage(
                    rows: [.init(slug: "agents", title: "Agents", about: "They act.", papers: 12)], days: 5)
            ),
            (
                "topic",
                TopicPage(
                    slug: "agents", heading: "Agents", about: "They act.", filter: "agent OR \"tool use\"",
                    papers: [listed(whole)], newerURL: "/topics/agents?after=9", olderURL: "/topics/agents?before=3")
            ),
            ("about", AboutPage()), ("privacy", PrivacyPage(contact: "hello@example.org")),
            ("imprint", ImprintPage(operatorName: "Example University", contact: "hello@example.org")),
            ("error", ErrorPage(status: 404)),
        ]
    }

    static func library() -> LibraryPage {
        var page = LibraryPage(
            token: "p.1-a&\"", address: "ada@example.org", size: LibrarySize(entries: 1204, papers: 2),
            entries: [
                .init(
                    id: 9, title: "Attention Is <b>All</b> You Need",
                    authors: ["Ashish Vaswani", "Noam Shazeer", "Niki Parmar", "Jakob Uszkoreit"], year: 2017,
                    address: "/paper/1706.03762"),
                .init(id: 8, title: "למידה עמוקה", authors: [], year: nil),
            ], older: 8)
        page.reports = [
            LibraryReport(
                format: .bibTeX, read: 1206, counts: ShelvedCounts(added: 1204, known: 1, papers: 2, leftOut: 1),
                skipped: [
                    SkippedEntry(line: 12, name: "smith<2020>", reason: .broken),
                    SkippedEntry(line: nil, name: "", reason: .unnamed),
                ], skippedCount: 3, isCut: true)
        ]
        page.problem = (.broken, detail: "line 7, column 2: “x” begins no value")
        return page
    }

    static func listed(_ paper: Paper) -> ListedPaper {
        ListedPaper(paper, address: SiteAddress.paper(paper.id, seq: 7))
    }

    static func home(_ span: HomePage.Span, _ papers: [Paper]) throws -> HomePage {
        var page = HomePage(span, papers: papers.map(listed), count: 53, topics: topics())
        page.previous = ListPeriod("2026-11-20")
        page.stamp = "stamp-1"
        return page
    }

    /// The second page of a day in the past, asked for with a filter.
    private static func dated(_ paper: Paper) throws -> HomePage {
        var page = try home(.period(#require(ListPeriod("2026-11-19"))), [paper])
        page.number = 2
        page.next = ListPeriod("2026-11-23")
        page.filter = .text("author:\"Ada\"")
        return page
    }

    private static func page(of paper: Paper) throws -> PaperPage {
        var paper = paper
        paper.categories = ["cs.LG", "stat.ML"]
        paper.keywords = ["attention"]
        paper.journal = "Journal of Looking"
        paper.synopsis = "Looking again helps."
        var page = PaperPage(listed(paper))
        page.topics = [("agents", "Agents")]
        page.sightings = [.init(feed: "Daily Papers", day: try day())]
        page.related = [listed(try self.paper(3, "Attention Is Enough"))]
        return page
    }

    private static func search(_ paper: Paper) throws -> SearchPage {
        var page = SearchPage(query: "attention or")
        page.warnings = ["“or” is looked for as a word here"]
        let title = [
            MarkedText(text: "Attention", isHit: true), MarkedText(text: " Is Still All You Need", isHit: false),
        ]
        page.result = .init(
            rows: [.init(paper: listed(paper), title: title)], newerURL: "/search?q=attention%20or&after=9",
            olderURL: "/search?q=attention%20or&before=3", filter: "attention or")
        page.result?.otherOrderURL = "/search?q=attention%20or&sort=best"
        return page
    }

    private static func badSearch() throws -> SearchPage {
        var page = SearchPage(query: "lable:x")
        let texts = try templates().texts
        do {
            _ = try Filter(page.query)
        } catch {
            page.problem = SearchPage.Problem(error, texts)
        }
        return page
    }

    private static func trial(_ paper: Paper) throws -> FilterTrialPage {
        var page = FilterTrialPage(filter: "\"attention\" or")
        page.warnings = ["“or” is looked for as a word here"]
        let title = [
            MarkedText(text: "Attention", isHit: true), MarkedText(text: " Is Still All You Need", isHit: false),
        ]
        page.result = .init(
            ofWeek: 1, ofMonth: 3, looked: 100,
            papers: [.init(paper: paper, title: title, terms: ["attention"])])
        return page
    }

    private static func moment() throws -> DigestMoment {
        DigestMoment(
            date: Date(timeIntervalSince1970: 1_795_500_000),
            timeZone: CivilZone(stored: "Europe/Berlin"))
    }

    /// Compares with a file in `Fixtures`; with `BROADSHEET_UPDATE_FIXTURES` set, writes it instead.
    static func expectFixture(_ text: String, _ name: String) throws {
        let file = testFolder.appending(path: "Fixtures/\(name)")
        if ProcessInfo.processInfo.environment["BROADSHEET_UPDATE_FIXTURES"] != nil {
            return try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        let difference = zip(text.split(separator: "\n"), expected.split(separator: "\n")).first { $0 != $1 }
        #expect(
            text == expected, "\(name) differs, first at \(difference.map { "“\($0)”, expected “\($1)”" } ?? "its end")"
        )
    }
}
