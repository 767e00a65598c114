import Core
import Digests
import Filters
import Foundation
import Papers
import Site
import Store

/// How the topics divide the papers of some days: what each catches, where two catch the same, and what none catches.
public struct TopicReport: Sendable {
    public struct Line: Sendable {
        public let slug: String
        /// Papers of each day, in the order of ``TopicReport/days``.
        public let perDay: [Int]
        /// The topic that shares most with this one, and how many of this one's papers; nil where none shares any.
        public let overlap: (slug: String, papers: Int)?

        public var papers: Int { perDay.reduce(0, +) }
    }

    /// One day and its papers.
    public struct Day: Sendable {
        public let day: CivilDate
        public let papers: Int
        /// Papers that no topic catches.
        public let outside: Int
    }

    /// In the order of the topics.
    public let lines: [Line]
    /// Days that have papers, in order.
    public let days: [Day]

    /// - Parameter papers: each with the day to which it counts.
    public init(_ papers: [(day: CivilDate, paper: Paper)], standings: [PaperID: PaperStanding] = [:], topics: Topics) {
        var set = FilterSet()
        let ids = topics.all.map { set.add($0.filter) }
        let matches = set.matches(in: PaperBatch(papers.map(\.paper), standings: standings))
        let caught = ids.map { Set(matches[$0]) }
        let inside = caught.reduce(into: Set()) { $0.formUnion($1) }
        let byDay = Dictionary(grouping: papers.indices, by: { papers[$0].day }).sorted { $0.key < $1.key }
        days = byDay.map { day, places in
            Day(day: day, papers: places.count, outside: places.count { !inside.contains($0) })
        }
        lines = topics.all.indices.map { topic in
            let shared = topics.all.indices.filter { $0 != topic }
                .map { (slug: topics.all[$0].slug, papers: caught[topic].intersection(caught[$0]).count) }
                .max { $0.papers < $1.papers }
            return Line(
                slug: topics.all[topic].slug, perDay: byDay.map { $0.value.count { caught[topic].contains($0) } },
                overlap: shared.flatMap { $0.papers > 0 ? $0 : nil })
        }
    }

    /// Over the papers that became news in the days before now, by the digests' usual time zone.
    public init(days: Int, in installation: Installation) async throws {
        let start = installation.clock.now.addingTimeInterval(-Double(days) * 86_400)
        let papers = try await installation.database.papers.surfaced(since: start, limit: 100_000)
        let standings = try await PaperStandings.of(
            papers, asksForSightings: installation.topics.all.contains { $0.filter.asksForSightings },
            in: installation.database)
        let zone = installation.settings.digestTimeZone
        self.init(
            papers.map { (zone.day(of: $0.surfacedAt), $0.paper) }, standings: standings,
            topics: installation.topics)
    }
}
