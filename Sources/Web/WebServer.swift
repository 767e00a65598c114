import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Site
import Workers

/// The pages, over HTTP/1.1 on the configured address; TLS is a proxy's work.
public struct WebServer: Service {
    private let installation: Installation
    private let listening: AsyncStream<Void>
    private let nowListening: AsyncStream<Void>.Continuation

    public init(_ installation: Installation) {
        self.installation = installation
        (listening, nowListening) = AsyncStream.makeStream()
    }

    /// Serves until the service group shuts down.
    ///
    /// - Throws: `SiteError` naming the address where it cannot be listened on.
    public func run() async throws {
        let settings = installation.settings
        let application = Application(
            router: SiteRoutes(installation).router(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.webHost, port: settings.webPort), serverName: "Broadsheet"),
            onServerRunning: { _ in nowListening.finish() },
            logger: installation.logger)
        do {
            try await application.run()
        } catch let error as IOError {
            let reason = error.errnoCode == EADDRINUSE ? "is in use" : "cannot be listened on (\(error))"
            throw SiteError(
                "web.port", "\(settings.webHost):\(settings.webPort) \(reason)",
                mend: "stop what listens there, or set web.host and web.port")
        }
    }

    /// Returns when connections are accepted. To be called once.
    public func waitUntilListening() async { for await _ in listening {} }
}
