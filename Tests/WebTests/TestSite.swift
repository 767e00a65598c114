import Foundation
import Loopback
import ServiceLifecycle
import Site
import TestSupport
import Workers

@testable import Web

/// The real web server on a free port, asked as a browser would.
struct TestSite {
    private let base: String

    func get(_ path: String) async throws -> Browser.Answer { try await Browser().get(base + path) }

    func post(_ path: String, _ fields: [(String, String)]) async throws -> Browser.Answer {
        try await Browser().post(base + path, fields)
    }

    /// Serves an installation while `work` runs, then shuts down cleanly.
    static func serve(_ test: TestInstallation, _ work: (TestSite) async throws -> Void) async throws {
        var settings = test.installation.settings
        settings.webPort = try await LoopbackPort.free()
        let installation = try await Installation(
            settings: settings, clock: test.clock.clock, logger: test.installation.logger)
        let server = WebServer(installation)
        let group = ServiceGroup(services: [server], logger: installation.logger)
        let running = Task { try await group.run() }
        await server.waitUntilListening()
        do {
            try await work(TestSite(base: "http://127.0.0.1:\(settings.webPort)"))
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await running.value
    }
}
