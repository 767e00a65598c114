import Foundation
import Logging
import ServiceLifecycle
import Store

/// Asks every feed when it is due, as long as the service runs.
public struct IngestWorker: Service {
    private let installation: Installation

    public init(_ installation: Installation) { self.installation = installation }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await round()
                try? await Task.sleep(for: .seconds(20))
            }
        }
    }

    private func round() async {
        do {
            let due = try await installation.database.feeds.due(at: installation.clock.now)
            guard !due.isEmpty else { return }
            for report in try await FeedRound(installation).run(due) { log(report) }
        } catch is CancellationError {
            return
        } catch {
            installation.logger.error("ingest: \(error)")
        }
    }

    private func log(_ report: FetchReport) {
        let logger = installation.logger
        switch report.outcome {
        case .stored(let counts, let parsed):
            logger.info(
                "feed \(report.feed.url): \(parsed.entries.count) entries, \(counts.new) new, \(counts.changed) changed"
            )
        case .unchanged: logger.debug("feed \(report.feed.url): not modified")
        case .failed(let problem):
            logger.warning("feed \(report.feed.url) failed \(report.feed.failures + 1) times: \(problem)")
        }
    }
}
