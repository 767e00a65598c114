import Foundation
import Logging
import Site
import Synchronization
import TestSupport
import Testing

@testable import Workers

@Suite("What an installation reads")
struct InstallationNeedsTests {
    /// An installation whose templates and topics cannot be read.
    private static func open(
        _ test: TestInstallation, _ broken: WritableKeyPath<Settings, String?>, _ needs: Installation.Needs
    )
        async throws -> Installation
    {
        var settings = test.installation.settings
        settings[keyPath: broken] = test.folder.appendingPathComponent("nowhere").path
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return try await Installation(settings: settings, clock: test.clock.clock, logger: logger, needs: needs)
    }

    @Test("is what a command needs: templates that cannot be read stop those that send, and no other")
    func templates() async throws {
        let test = try await TestInstallation()
        for needs in [Installation.Needs.records, .topics] {
            let installation = try await Self.open(test, \.templatesFolder, needs)
            #expect(try await installation.database.suppressions.list().isEmpty)
        }
        await #expect(throws: (any Error).self) { _ = try await Self.open(test, \.templatesFolder, .everything) }
    }

    @Test("topics that cannot be read stop whoever uses them")
    func topics() async throws {
        let test = try await TestInstallation()
        _ = try await Self.open(test, \.topicsFile, .records)
        for needs in [Installation.Needs.topics, .everything] {
            await #expect(throws: (any Error).self) { _ = try await Self.open(test, \.topicsFile, needs) }
        }
    }

    @Test("is read once, however many ask at once, and an error is told to each")
    func once() async {
        let count = Mutex(0)
        let lazily = Lazily<Int> {
            count.withLock { $0 += 1 }
            return 7
        }
        #expect(count.withLock { $0 } == 0)
        await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<20 { group.addTask { try? lazily.get() } }
            for await value in group { #expect(value == 7) }
        }
        #expect(count.withLock { $0 } == 1)
        let failing = Lazily<Int> { throw CancellationError() }
        for _ in 0..<2 { #expect(throws: CancellationError.self) { try failing.get() } }
    }
}
