import COpenSSL
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Site
import Workers

/// `/metrics`: off, unless the settings say who may read it.
///
/// The page is kept for some seconds, so that no number of readers costs the database more than one.
actor MetricsPage {
    private let access: MetricsAccess
    private let measurements: Measurements
    private let logger: Logger
    private var kept: (text: String, at: ContinuousClock.Instant)?
    private var gathering: Task<String, any Error>?

    private static let age = Duration.seconds(10)

    init(_ installation: Installation) {
        access = installation.settings.metrics
        measurements = Measurements(installation)
        logger = installation.logger
    }

    /// - Throws: `HTTPError`: 404 where it is off, 401 or 403 for who may not read it, 503 where the database is away.
    func answer(_ request: Request, _ context: SiteContext, _ clients: ClientAddresses) async throws -> Response {
        guard !access.isOff else { throw HTTPError(.notFound) }
        guard mayRead(request, context, clients) else {
            guard access.token != nil else { throw HTTPError(.forbidden) }
            throw HTTPError(.unauthorized, headers: [.wwwAuthenticate: "Bearer"])
        }
        let text: String
        do {
            text = try await page()
        } catch {
            logger.error("metrics: \(error)")
            throw HTTPError(.serviceUnavailable)
        }
        return Response(
            status: .ok, headers: [.contentType: Measurements.contentType, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private func mayRead(_ request: Request, _ context: SiteContext, _ clients: ClientAddresses) -> Bool {
        if let token = access.token, let given = request.headers[.authorization], given.hasPrefix("Bearer "),
            Self.equal(given.dropFirst(7), token)
        {
            return true
        }
        // Behind a proxy that names nobody everybody has the proxy's address, which may well be among those allowed.
        guard let client = clients.certainClient(of: request, context) else { return false }
        return access.networks.contains { $0.contains(client) }
    }

    private static func equal(_ given: Substring, _ token: String) -> Bool {
        let (left, right) = (Array(given.utf8), Array(token.utf8))
        return left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    /// Many that ask at once wait for the same page.
    private func page() async throws -> String {
        if let kept, kept.at.duration(to: .now) < Self.age { return kept.text }
        if let gathering { return try await gathering.value }
        let task = Task { try await measurements.page() }
        gathering = task
        defer { gathering = nil }
        let text = try await task.value
        kept = (text, .now)
        return text
    }
}
