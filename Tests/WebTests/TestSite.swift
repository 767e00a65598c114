import Foundation
import Logging
import Loopback
import ServiceLifecycle
import Site
import TestSupport
import Workers

@testable import Web

/// The real web server on a free port, asked as a browser would.
struct TestSite {
    let port: Int
    private var base: String { "http://127.0.0.1:\(port)" }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Browser.Answer {
        try await Browser().get(base + path, headers: headers)
    }

    func post(_ path: String, _ fields: [(String, String)]) async throws -> Browser.Answer {
        try await Browser().post(base + path, fields)
    }

    /// Serves an installation while `work` runs, then shuts down cleanly.
    ///
    /// - Parameters:
    ///   - logger: instead of the installation's.
    ///   - port: the one that the installation's links lead to; else a free one.
    ///   - interval: how often the pages ask whether papers changed; at each request here.
    static func serve(
        _ test: TestInstallation, logger: Logger? = nil, port: Int? = nil, interval: Duration = .zero,
        _ work: (TestSite) async throws -> Void
    ) async throws {
        var settings = test.installation.settings
        settings.webPort = port ?? 0
        let installation = try await Installation(
            settings: settings, clock: test.clock.clock, logger: logger ?? test.installation.logger)
        let server = WebServer(installation, interval: interval)
        let group = ServiceGroup(services: [server], logger: installation.logger)
        let running = Task { try await group.run() }
        guard let port = await server.waitUntilListening() else { return try await running.value }
        do {
            try await work(TestSite(port: port))
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await running.value
    }
}

extension String {
    /// Begins the block of data on a paper's page: a script by its name, which no browser runs.
    static let dataBlock = "<script type=\"application/ld+json\">"

    /// A page without that beginning, so that any other script is one that does not belong there.
    var withoutDataBlock: String { replacing(Self.dataBlock, with: "") }
}
