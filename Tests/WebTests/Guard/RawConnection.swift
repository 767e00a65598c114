import NIOCore
import NIOPosix
import Synchronization

/// A connection on which a test says what no browser would.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let bytes: Received

    private final class Received: Sendable {
        let all = Mutex<[UInt8]>([])
    }

    private final class Collector: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        private let received: Received

        init(_ received: Received) { self.received = received }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            received.all.withLock { $0.append(contentsOf: buffer.readableBytesView) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    private init(_ channel: any Channel, _ bytes: Received) {
        self.channel = channel
        self.bytes = bytes
    }

    static func open(_ port: Int) async throws -> RawConnection {
        let received = Received()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(received))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return RawConnection(channel, received)
    }

    /// What came, byte for byte as far as it is UTF-8.
    var received: String { String(decoding: bytes.all.withLock { $0 }, as: UTF8.self) }

    /// How many answers have begun to come.
    var answers: Int { received.ranges(of: "HTTP/1.1 ").count }

    /// - Throws: NIO's error where the other side has closed.
    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }

    /// Takes nothing more off the connection.
    func stopReading() async throws { try await channel.setOption(.autoRead, value: false).get() }

    /// Waits for what is to come, by default as long as only what never comes takes.
    func wait(seconds: Double = 300, until condition: (RawConnection) -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while !condition(self) {
            guard ContinuousClock.now < end else { return false }
            try await Task.sleep(for: .milliseconds(10))
        }
        return true
    }

    var isClosed: Bool { !channel.isActive }

    func close() async { try? await channel.close().get() }

    /// A form as a browser posts it, for a connection that stays open.
    static func post(_ path: String, _ form: String, headers: [String] = []) -> String {
        ([
            "POST \(path) HTTP/1.1", "Host: papers.example.org", "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: \(form.utf8.count)",
        ] + headers + ["", form]).joined(separator: "\r\n")
    }

    static func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: papers.example.org\r\n\r\n" }

    /// Sends requests one after the other on a connection of their own and gives the answers' status lines.
    static func statuses(_ port: Int, _ requests: [String]) async throws -> [Int] {
        let connection = try await open(port)
        // All at once: the server answers them in order.
        try await connection.send(requests.joined())
        _ = try await connection.wait { $0.answers == requests.count || $0.isClosed }
        let text = connection.received
        await connection.close()
        return text.matches(of: /HTTP\/1\.1 (\d{3})/).compactMap { Int($0.1) }
    }
}
