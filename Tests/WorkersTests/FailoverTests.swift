#if PostgreSQL
    import Foundation
    import Loopback
    import Mail
    import Store
    import TestSupport
    import TestTools
    import Testing

    @testable import Workers

    @Suite("A fail-over to a standby that lagged", .enabled(if: TestPlace.isOnServer), .serialized)
    struct FailoverTests {
        /// Runs `body` with an installation whose mails are all sent, of which the standby that has taken over knows nothing.
        private func afterLoss(
            _ body: (TestInstallation, Sender, MovingName) async throws -> Void
        ) async throws {
            try await OwnServer.withStandby { primary, standby, name in
                let test = try await TestInstallation.due(readers: 20, environment: ["BROADSHEET_DATABASE": name.url])
                let sender = try Sender(test.installation, chance: { 0 })
                // What a first round leaves behind: who sends, and which server this is.
                #expect(try await test.installation.database.noticeFailover(at: test.clock.now) == false)
                try await InstanceGuard(test.installation).check()
                try await follow(standby, test.installation.database)
                // The stream is held back: from here on the standby hears nothing.
                try PostgreSQLServer.run("ALTER SYSTEM SET primary_conninfo = ''", at: Self.any(standby))
                try PostgreSQLServer.run("SELECT pg_reload_conf()", at: Self.any(standby))
                try await untilHeldBack(primary)
                #expect(try await sender.drain().sent == 20)
                try await primary.crash()
                try await standby.promote()
                try name.lead(to: standby)
                try await body(test, sender, name)
            }
        }

        private static func any(_ server: OwnServer) -> String { server.url + "&target_session_attrs=any" }

        /// Until the standby has all that the primary has.
        private func follow(_ standby: OwnServer, _ database: Database) async throws {
            let marker = UUID().uuidString
            try await database.installation.set("marker", marker)
            let reader = try Database(url: Self.any(standby))
            #expect(
                try await Awaiting.until { try await reader.installation.value("marker") == marker },
                "the standby does not follow")
        }

        private func untilHeldBack(_ primary: OwnServer) async throws {
            let question = ["-At", primary.url, "-c", "SELECT count(*) FROM pg_stat_replication"]
            #expect(
                try await Awaiting.until {
                    String(decoding: try Command.run("psql", question), as: UTF8.self).hasPrefix("0")
                }, "the standby still follows")
        }

        @Test("what this sender knows of the last minutes is recorded again, and nobody gets a mail twice")
        func recordsAgain() async throws {
            try await afterLoss { (test, sender, _) async throws in
                for _ in 0..<3 { _ = try? await sender.drain() }
                #expect(try await test.installation.database.ledger.backlog() == [.sent: 20])
                #expect(await test.receiver.messages().count == 20)
                #expect(try await test.installation.database.lastFailover() != nil)
            }
        }

        @Test(
            "another sender, which knows nothing of it, sends each again under its first Message-ID; numbers go on elsewhere"
        )
        func doubles() async throws {
            try await afterLoss { test, _, name in
                let other = try await Installation(
                    settings: test.installation.settings, clock: test.clock.clock, logger: test.installation.logger)
                _ = try await Sender(other, chance: { 0 }).drain()
                let messages = await test.receiver.messages()
                #expect(messages.count == 40)
                var ids: [String: Set<String>] = [:]
                for message in messages {
                    ids[message.recipients.joined(), default: []]
                        .insert(ParsedMessage(message.bytes).fields["message-id"] ?? "")
                }
                #expect(ids.count == 20 && ids.values.allSatisfy { $0.count == 1 })
                _ = try await SubscriptionService(other).add(
                    try Address("late@example.org"), interests: Interests(topics: ["diffusion"]), source: "test")
                let reader = try await other.database.subscribers.subscriber(address: Address("late@example.org"))
                #expect(try #require(reader).id > 10_000_000)
            }
        }
    }
#endif
