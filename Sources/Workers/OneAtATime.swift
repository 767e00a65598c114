import Foundation
import Logging
import ServiceLifecycle
import Store

/// Runs services in one process at a time, of all that serve the same database; when that process dies, in another.
///
/// Fetching the feeds is of this kind, for the feeds' servers are to be asked once. What writes digests could run in several,
/// since the ledger takes each morning's digest once, but each would do the same work.
public struct OneAtATime: Service {
    private let installation: Installation
    private let place: String
    private let services: [any Service]
    private let pause: Duration

    /// - Parameters:
    ///   - place: names what only one process does, in one word.
    ///   - pause: how often it is looked whether the place is free, or still ours.
    public init(
        _ place: String, in installation: Installation, _ services: [any Service], pause: Duration = .seconds(5)
    ) {
        self.installation = installation
        self.place = place
        self.services = services
        self.pause = pause
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var isWaiting = false
            while !Task.isCancelled {
                do {
                    if let held = try await installation.database.take(place) {
                        isWaiting = false
                        await work(while: held)
                        await held.giveUp()
                    } else if !isWaiting {
                        isWaiting = true
                        installation.logger.info("\(place): another process does it; this one waits")
                    }
                } catch {
                    if !Task.isCancelled { installation.logger.error("\(place): \(error)") }
                }
                try? await Task.sleep(for: pause)
            }
        }
    }

    /// Runs the services until the place is lost or the task is cancelled.
    private func work(while held: any HeldLock) async {
        installation.logger.debug("\(place): this process does it")
        await withTaskGroup(of: Void.self) { group in
            for service in services {
                group.addTask {
                    do {
                        try await service.run()
                    } catch {
                        if !Task.isCancelled { installation.logger.error("\(place): \(error)") }
                    }
                }
            }
            group.addTask {
                while !Task.isCancelled, await held.isHeld() { try? await Task.sleep(for: pause) }
                if !Task.isCancelled {
                    installation.logger.warning("\(place): the connection that kept it ours broke; trying again")
                }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
