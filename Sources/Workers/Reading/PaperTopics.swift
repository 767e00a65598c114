import Filters
import Site
import Store

/// Which topics a stored paper falls into.
public enum PaperTopics {
    /// In the order of the topics.
    public static func of(_ stored: StoredPaper, in installation: Installation) async throws -> [Topic] {
        let topics = installation.topics.all
        let standings = try await PaperStandings.of(
            [stored], asksForSightings: topics.contains { $0.filter.asksForSightings }, in: installation.database)
        let text = PaperText(stored.paper, standings[stored.paper.id] ?? PaperStanding())
        return topics.filter { $0.filter.matches(text) }
    }
}
