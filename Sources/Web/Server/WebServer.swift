import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Site
import Workers

/// The pages, over HTTP/1.1 on the configured address; TLS is a proxy's work.
public struct WebServer: Service {
    private let installation: Installation
    private let routes: SiteRoutes
    private let listening: AsyncStream<Int>
    private let nowListening: AsyncStream<Int>.Continuation

    public init(_ installation: Installation) { self.init(installation, interval: .seconds(1)) }

    /// - Parameter interval: how often it is asked whether papers changed, at most.
    init(_ installation: Installation, interval: Duration) {
        self.installation = installation
        routes = SiteRoutes(installation, interval: interval)
        (listening, nowListening) = AsyncStream.makeStream()
    }

    /// Serves until the service group shuts down.
    ///
    /// - Throws: `SiteError` naming the address where it cannot be listened on.
    public func run() async throws {
        let settings = installation.settings
        let application = Application(
            router: routes.router(), server: .http1(configuration: connections),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.webHost, port: settings.webPort), serverName: "Broadsheet",
                availableConnectionsDelegate: .maximum(settings.webLimits.connections, logger: installation.logger)),
            onServerRunning: { channel in
                nowListening.yield(channel.localAddress?.port ?? settings.webPort)
                nowListening.finish()
            },
            logger: installation.logger)
        defer { nowListening.finish() }
        do {
            try await application.run()
        } catch let error as IOError {
            let reason = error.errnoCode == EADDRINUSE ? "is in use" : "cannot be listened on (\(error))"
            throw SiteError(
                "web.port", "\(settings.webHost):\(settings.webPort) \(reason)",
                mend: "stop what listens there, or set web.host and web.port")
        }
    }

    /// Requests of ours are small: an address with a token or a filter, and what browsers add to it.
    private var connections: HTTP1Channel.Configuration {
        let timeout = TimeAmount.seconds(Int64(installation.settings.webLimits.timeout))
        let clients = ClientConnections(installation.settings.webLimits)
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                clients.handler(), RequestHeads.Installer(), SlowClients(timeout: timeout),
            ], idleTimeout: timeout,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100))
    }

    /// Returns when connections are accepted. To be called once.
    ///
    /// - Returns: the port, which is another than the configured one where that is 0; nil where ``run()`` ended before.
    public func waitUntilListening() async -> Int? { await listening.first { _ in true } }
}
