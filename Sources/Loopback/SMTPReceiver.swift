import Foundation
import NIOCore
import NIOPosix

/// An SMTP server on loopback that keeps what it is given, for the demo, the tests and the benchmarks.
///
/// It speaks enough of RFC 5321 for any client (pipelined input, STARTTLS, AUTH, enhanced codes), and misbehaves on
/// request: see ``SMTPReceiverOptions/script``.
public final class SMTPReceiver: Sendable {
    /// The port it listens on.
    public let port: Int
    private let channel: any Channel
    private let mailbox: SMTPReceiverMailbox
    private let children: LoopbackConnections

    private init(channel: any Channel, port: Int, mailbox: SMTPReceiverMailbox, children: LoopbackConnections) {
        self.channel = channel
        self.port = port
        self.mailbox = mailbox
        self.children = children
    }

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - host: an address of this machine.
    ///   - port: 0 for any free one.
    /// - Throws: NIO's error when the port is in use.
    public static func start(
        host: String = "127.0.0.1", port: Int = 0, options: SMTPReceiverOptions = SMTPReceiverOptions()
    ) async throws -> SMTPReceiver {
        let mailbox = SMTPReceiverMailbox()
        let children = LoopbackConnections()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    children.add(child)
                    if case .implicit(let certificate) = options.tls {
                        try child.pipeline.syncOperations.addHandler(certificate.makeHandler())
                    }
                    let session = SMTPServerSession(options: options, connection: mailbox.connect())
                    try child.pipeline.syncOperations.addHandler(SMTPServerHandler(session: session, mailbox: mailbox))
                }
            }
            .bind(host: host, port: port).get()
        return SMTPReceiver(
            channel: channel, port: channel.localAddress?.port ?? port, mailbox: mailbox, children: children)
    }

    /// What has come so far, in order of arrival.
    public func messages() async -> [ReceivedMessage] { mailbox.messages }

    public var statistics: SMTPReceiverStatistics { mailbox.statistics }

    /// Waits until at least `count` messages have come; gives what is there then, or after ``Awaiting/limit``.
    @discardableResult
    public func waitForMessages(_ count: Int) async -> [ReceivedMessage] {
        await Awaiting.until { mailbox.statistics.messages >= count }
        return mailbox.messages
    }

    /// Begins to stop, for who cannot wait.
    public func close() {
        channel.close(promise: nil)
        children.beginClosing()
    }

    /// Stops listening and closes every connection.
    public func stop() async {
        try? await channel.close().get()
        await children.closeAll()
    }
}
