import Foundation
import Logging
import Site
import Store
import Synchronization
import TestSupport
import TestTools
import Testing

@testable import Web

/// Keeps every line that is logged, of any level.
final class CollectedLog: Sendable {
    let lines = Mutex<[String]>([])

    func logger() -> Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let log: CollectedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:]) \(metadata)") }
        }
    }
}

@Suite("Tampered tokens")
struct TokenTamperingTests {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    /// A thousand ways to go wrong, the same in every run.
    private func forgeries(
        of purpose: TokenPurpose, for victim: Subscriber, by attacker: Subscriber, in test: TestInstallation
    ) -> [String] {
        var random = SplitMix64(seed: 4711)
        let genuine = Array(test.token(purpose, of: victim))
        let own = Array(test.token(purpose, of: attacker))
        var forged: [String] = []
        // Another person's payload with one's own code, and the other way round.
        for cut in genuine.indices.dropFirst() { forged.append(String(genuine[..<cut] + own[min(cut, own.count)...])) }
        for other in TokenPurpose.allCases where other != purpose { forged.append(test.token(other, of: victim)) }
        for epoch in 1...100 { forged.append(test.token(purpose, of: victim, epoch: victim.tokenEpoch ^ Int64(epoch))) }
        for age in 1...100 {
            let past = test.clock.now.addingTimeInterval(-Double(age) * 3600)
            switch purpose {
            case .confirm, .left, .address: forged.append(test.token(purpose, of: victim, expiresAt: past))
            case .preferences:
                let made = past.addingTimeInterval(-Double(Links.preferencesDays) * 86_400 - Double(age) * 86_400)
                forged.append(test.token(purpose, of: victim, madeAt: made))
            case .unsubscribe, .marks: break
            }
        }
        for length in genuine.indices { forged.append(String(genuine[..<length])) }
        while forged.count < 1000 {
            var changed = genuine
            for _ in 0...Int.random(in: 0...2, using: &random) {
                let place = changed.indices.randomElement(using: &random) ?? 0
                switch Int.random(in: 0...3, using: &random) {
                case 0: changed.insert(Self.alphabet.randomElement(using: &random) ?? "A", at: place)
                case 1 where changed.count > 1: changed.remove(at: place)
                default: changed[place] = Self.alphabet.randomElement(using: &random) ?? "A"
                }
            }
            if changed != genuine { forged.append(String(changed)) }
        }
        return Array(forged.prefix(1000)).filter { $0 != String(genuine) && $0 != String(own) }
    }

    @Test("a thousand of each kind are refused by its page and its button, change nothing and stand in no log")
    func refused() async throws {
        let test = try await TestInstallation(environment: [
            "BROADSHEET_WEB_CLIENT_REQUESTS": "0",
            // A thousand answers stand in line on one connection, and that may take long on a machine under load.
            "BROADSHEET_WEB_TIMEOUT": "600",
        ])
        try await test.store(["Diffusion for images"])
        let victim = try await test.reader()
        let attacker = try await test.reader("eve@example.org")
        let log = CollectedLog()
        try await TestSite.serve(test, logger: log.logger()) { site in
            for route in TokenRoute.all {
                let tokens = forgeries(of: route.purpose, for: victim, by: attacker, in: test)
                #expect(tokens.count > 990)
                let before = try await test.stored()
                let asked = tokens.map { RawConnection.get(route.link($0)) }
                let posted = tokens.map { RawConnection.post(route.path, "token=\($0)&paper=1&like=more") }
                for requests in [asked, posted] {
                    let statuses = try await RawConnection.statuses(site.port, requests)
                    #expect(statuses.count == tokens.count)
                    #expect(statuses.allSatisfy { $0 == 400 || $0 == 410 }, "\(route.path): \(Set(statuses))")
                }
                #expect(try await test.stored() == before)
                // The genuine one works, so that what was refused was refused for being changed.
                let genuine = RawConnection.get(route.link(test.token(route.purpose, of: victim)))
                #expect(try await RawConnection.statuses(site.port, [genuine]) == [200], "\(route.path)")
                let logged = log.lines.withLock { $0 }
                #expect(!logged.isEmpty)
                // Whatever in the log may be a token, whole; comparing each line with each token takes minutes.
                let words = Set(logged.joined(separator: " ").split { !Self.mayBeOfToken($0) })
                for token in tokens + [test.token(route.purpose, of: victim)] where token.count > 8 {
                    #expect(!words.contains(token[...]))
                }
            }
        }
    }
}

extension TokenTamperingTests {
    private static func mayBeOfToken(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
    }
}
