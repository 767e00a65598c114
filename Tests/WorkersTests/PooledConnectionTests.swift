import Loopback
import TestSupport
import Testing
import Transport

@testable import Workers

@Suite("The connection of a worker", .timeLimit(.minutes(5)))
struct PooledConnectionTests {
    private static let message = OutgoingMessage(
        sender: "s@example.org", recipient: "r@example.org", bytes: Array("Subject: x\r\n\r\nx\r\n".utf8))

    @Test(
        "a connection that has had its share is closed when what was promised to it is sent or forgone",
        arguments: [true, false])
    func keepsPromise(isForgone: Bool) async throws {
        let receiver = try await SMTPReceiver.start()
        let server = try SMTPServer(url: "smtp://127.0.0.1:\(receiver.port)", tls: .none)
        let pool = RelayPool([Relay(server: server, weight: 1)], now: { TestInstallation.start })
        let link = PooledConnection(pool: pool, driver: SMTPDriver(), messagesPerConnection: 2)
        let uses = [try await link.use(), try await link.use()]
        #expect(await uses[0].connection.send(Self.message).isAccepted)
        // Another lane finds the share used up, and has the connection closed before the second message is handed over.
        async let next = link.use()
        await Awaiting.until { await !link.retiring.isEmpty }
        if isForgone {
            uses[1].connection.forgo()
        } else {
            #expect(await uses[1].connection.send(Self.message).isAccepted)
        }
        #expect(try await next.connection.send(Self.message).isAccepted)
        await link.close()
        #expect(await receiver.messages().count == (isForgone ? 2 : 3))
        #expect(receiver.statistics.connections == 2)
        await receiver.stop()
    }
}
