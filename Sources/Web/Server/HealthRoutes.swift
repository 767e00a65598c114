import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Workers

/// What load balancers, supervisors and `broadsheet doctor` ask.
struct HealthRoutes: Sendable {
    let installation: Installation

    /// For the whole answer; a probe that succeeds leaves some of it.
    private static let patience: Duration = .seconds(6)
    private static let siteCode = HTTPField.Name.named(SiteCode.header)

    func add(to router: Router<SiteContext>) {
        // Alive: asks nobody, so that a slow database does not get the process restarted.
        let code = SiteCode.code(installation.key)
        router.get("/healthz") { _, _ in Self.answer(.ok, "ok", [Self.siteCode: code]) }
        router.get("/readyz") { _, _ in await ready() }
    }

    /// Ready: the database answers, makes changes last and has the schema that this program writes.
    private func ready() async -> Response {
        do {
            let end = ContinuousClock.now + Self.patience
            try await installation.database.probe()
            // A probe of a moment ago is not repeated, and the server may have gone since.
            let version = try await installation.database.schemaVersion(within: ContinuousClock.now.duration(to: end))
            guard let version else {
                installation.logger.error("not ready: the database does not say what schema it has")
                return Self.answer(.serviceUnavailable, "the database does not answer")
            }
            let current = Database.currentSchemaVersion
            guard version == current else {
                return Self.answer(
                    .serviceUnavailable, "the database has schema version \(version), this program writes \(current)")
            }
            return Self.answer(.ok, "ok")
        } catch {
            // The error names files, which are nobody's business; it is in the log.
            installation.logger.error("not ready: \(error)")
            return Self.answer(.serviceUnavailable, "the database does not answer")
        }
    }

    private static func answer(
        _ status: HTTPResponse.Status, _ line: String, _ headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "text/plain; charset=utf-8"
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: line + "\n")))
    }
}
