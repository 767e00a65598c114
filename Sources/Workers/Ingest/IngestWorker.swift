import Core
import Foundation
import Logging
import Papers
import ServiceLifecycle
import Store

/// Asks every feed when it is due, as long as the service runs.
public struct IngestWorker: Service {
    private let installation: Installation
    private let pacer = HostPacer()

    public init(_ installation: Installation) { self.installation = installation }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await guarded { try await round() }
                try? await Task.sleep(for: .seconds(20))
            }
        }
    }

    private func guarded(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch is CancellationError {
            return
        } catch {
            installation.logger.error("ingest: \(error)")
        }
    }

    private func round() async throws {
        let due = try await installation.database.feeds.due(at: installation.clock.now)
        guard !due.isEmpty else { return }
        for report in try await FeedRound(installation, pacer: pacer).run(due) { log(report) }
    }

    private func log(_ report: FetchReport) {
        let logger = installation.logger
        switch report.outcome {
        case .stored(let counts, let parsed):
            logger.info(
                "feed \(report.feed.url): \(counted(parsed.entries.count, "entry", plural: "entries")), \(counts.new) new, \(counts.changed) changed"
            )
        case .unchanged: logger.debug("feed \(report.feed.url): not modified")
        case .putOff(let until):
            logger.info("feed \(report.feed.url): not asked before \(until.formatted(.iso8601)), as its server wishes")
        case .failed(let problem):
            logger.warning("feed \(report.feed.url) failed \(counted(report.feed.failures + 1, "time")): \(problem)")
        }
        for note in report.notes { logger.notice("feed \(report.feed.url): \(note)") }
    }
}
