import Foundation
import Logging
import Loopback
import ServiceLifecycle
import Store
import Synchronization
import TestSupport
import Testing

@testable import Workers

/// Notes its name while it runs.
private struct Noted: Service {
    let name: String
    let running: Shared

    final class Shared: Sendable {
        struct State {
            var names: Set<String> = []
            /// How often one has begun.
            var starts = 0
        }
        let state = Mutex(State())
        var current: Set<String> { state.withLock(\.names) }
        var starts: Int { state.withLock(\.starts) }
    }

    func run() async throws {
        running.state.withLock {
            $0.names.insert(name)
            $0.starts += 1
        }
        try? await Task.sleep(for: .seconds(3600))
        running.state.withLock { _ = $0.names.remove(name) }
    }
}

@Suite("Work that one process does")
struct OneAtATimeTests {
    private func wait(for names: Set<String>, _ running: Noted.Shared) async throws {
        #expect(await Awaiting.until { running.current == names })
    }

    @Test("runs in one, and in another when that one ends")
    func takesOver() async throws {
        let test = try await TestInstallation()
        let running = Noted.Shared()
        func process(_ name: String) -> Task<Void, any Error> {
            let work = OneAtATime(
                "ingest", in: test.installation, [Noted(name: name, running: running)], pause: .milliseconds(50))
            return Task { try await work.run() }
        }
        let first = process("first")
        try await wait(for: ["first"], running)
        let second = process("second")
        try await Task.sleep(for: .milliseconds(300))
        #expect(running.current == ["first"])
        first.cancel()
        try await wait(for: ["second"], running)
        second.cancel()
        try await wait(for: [], running)
    }

    @Test(
        "stops where the connection that kept the place breaks, and goes on in one",
        .enabled(if: TestPlace.isOnServer))
    func loses() async throws {
        let test = try await TestInstallation()
        let running = Noted.Shared()
        let processes = ["first", "second"].map { name in
            let work = OneAtATime(
                "ingest", in: test.installation, [Noted(name: name, running: running)], pause: .milliseconds(50))
            return Task { try await work.run() }
        }
        await Awaiting.until { running.current.count == 1 }
        for _ in 0..<3 {
            let before = running.starts
            try test.place.breakConnections()
            // Who kept the place stops, and it or the other begins.
            #expect(await Awaiting.until { running.starts > before && running.current.count == 1 })
        }
        for process in processes { process.cancel() }
    }

    @Test(
        "a sender elsewhere whose place is free is gone after a while, and one that holds it is not",
        .enabled(if: TestPlace.isOnServer))
    func presence() async throws {
        let test = try await TestInstallation()
        let presence = Heartbeat(test.installation.database, claimant: .current)
        let keeping = try await presence.keep()
        let alive = try #require(try await test.installation.database.take("sender elsewhere/a/1/1"))
        let start = ContinuousClock.now
        for name in ["elsewhere/a/1/1", "gone/b/1/1"] {
            #expect(try await !presence.isGone(name, at: start))
            #expect(try await !presence.isGone(name, at: start + .seconds(59)))
        }
        #expect(try await !presence.isGone("elsewhere/a/1/1", at: start + .seconds(61)))
        #expect(try await presence.isGone("gone/b/1/1", at: start + .seconds(61)))
        #expect(try await !presence.isGone(Claimant.current.description, at: start + .seconds(61)))
        await alive.giveUp()
        keeping.cancel()
    }
}
