import NIOCore
import NIOHTTP1
import NIOPosix

/// An HTTP/1.1 server on loopback that answers by a closure and remembers what it was asked.
public final class HTTPFileServer: Sendable {
    /// The port it listens on.
    public let port: Int
    private let channel: any Channel
    private let log: HTTPRequestLog
    private let children: LoopbackConnections

    private init(channel: any Channel, port: Int, log: HTTPRequestLog, children: LoopbackConnections) {
        self.channel = channel
        self.port = port
        self.log = log
        self.children = children
    }

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - host: an address of this machine.
    ///   - port: 0 for any free one.
    ///   - responder: answers each request.
    /// - Throws: NIO's error when the port is in use.
    public static func start(
        host: String = "127.0.0.1", port: Int = 0, responder: @escaping HTTPResponder
    ) async throws -> HTTPFileServer {
        let log = HTTPRequestLog()
        let children = LoopbackConnections()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    children.add(child)
                    try child.pipeline.syncOperations.configureHTTPServerPipeline()
                    try child.pipeline.syncOperations.addHandler(HTTPServerHandler(responder: responder, log: log))
                }
            }
            .bind(host: host, port: port).get()
        return HTTPFileServer(
            channel: channel, port: channel.localAddress?.port ?? port, log: log, children: children)
    }

    /// `http://127.0.0.1:PORT`.
    public var baseURL: String { "http://127.0.0.1:\(port)" }

    /// Every request so far, in order.
    public var requests: [HTTPServerRequest] { log.all }

    /// Stops listening and closes every connection.
    public func stop() async {
        try? await channel.close().get()
        await children.closeAll()
    }
}
