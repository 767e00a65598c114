#if PostgreSQL
    import Foundation
    import Logging
    import Loopback
    import ServiceLifecycle
    import Store
    import Synchronization
    import TestSupport
    import Testing

    @testable import Workers

    @Suite("A server that makes no change last", .enabled(if: TestPlace.isOnServer), .serialized)
    struct ReadinessTests {
        /// What was logged, line by line.
        ///
        /// `@unchecked Sendable` because the lines have their lock, and nobody sets level or metadata once it logs.
        private final class Lines: LogHandler, @unchecked Sendable {
            let lines = Mutex<[String]>([])
            var metadata: Logger.Metadata = [:]
            var logLevel: Logger.Level = .info
            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { nil }
                set { _ = newValue }
            }

            func log(event: LogEvent) { lines.withLock { $0.append("\(event.level) \(event.message)") } }

            /// Until a line holds some words.
            func wait(for words: String) async throws {
                let wasSaid = await Awaiting.until { lines.withLock { $0.contains { $0.contains(words) } } }
                #expect(wasSaid, "nobody said “\(words)”: \(lines.withLock(\.self))")
            }
        }

        @Test("is told in the log, by /readyz and by doctor, and so is its end", arguments: [false, true])
        func told(isFrozen: Bool) async throws {
            try await OwnServer.with { server in
                let test = try await TestInstallation(environment: ["BROADSHEET_DATABASE": server.url])
                let lines = Lines()
                let logger = Logger(label: "test", factory: { _ in lines })
                let installation = try await Installation(
                    settings: test.installation.settings, clock: test.clock.clock, logger: logger)
                let group = ServiceGroup(services: [DatabaseWatch(installation)], logger: test.installation.logger)
                let watching = Task { try await group.run() }
                try await TestSite.serve(test) { site in
                    // On a busy machine the database may take longer than a look has patience for.
                    #expect(try await Awaiting.until { try await site.get("/readyz").status == 200 })
                    try set(server, isFrozen: isFrozen, isWell: false)
                    // Asked at once: what was seen a moment ago is not asked again, and must not be waited for either.
                    #expect(try await Awaiting.until { try await site.get("/readyz").status == 503 })
                    try await lines.wait(for: isFrozen ? "has not confirmed a change" : "synchronous_standby_names")
                    #expect(try await site.get("/readyz").status == 503)
                    #expect(try await site.get("/healthz").status == 200)
                    let findings = await Doctor(settings: test.installation.settings, offline: true).examine()
                    #expect(findings.first { $0.check == "database" }?.state == .failed)
                    try set(server, isFrozen: isFrozen, isWell: true)
                    try await lines.wait(for: "makes changes last again")
                    #expect(try await Awaiting.until { try await site.get("/readyz").status == 200 })
                }
                await group.triggerGracefulShutdown()
                try await watching.value
            }
        }

        private func set(_ server: OwnServer, isFrozen: Bool, isWell: Bool) throws {
            if isFrozen { return try server.freeze(!isWell) }
            try PostgreSQLServer.run(
                isWell
                    ? "ALTER SYSTEM RESET synchronous_standby_names"
                    : "ALTER SYSTEM SET synchronous_standby_names = 'nobody'", at: server.url)
            try PostgreSQLServer.run("SELECT pg_reload_conf()", at: server.url)
        }
    }
#endif
