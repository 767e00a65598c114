import Foundation
import HTTPTypes
import Hummingbird
import Workers

/// Every address of the site and what answers it.
struct SiteRoutes: Sendable {
    let installation: Installation

    init(_ installation: Installation) { self.installation = installation }

    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ErrorPages(installation: installation))

        let front = FrontPages(installation: installation)
        router.get("/") { _, _ in try await front.home() }
        router.get("/week") { _, _ in try await front.home(.week) }
        router.get("/month") { _, _ in try await front.home(.month) }
        router.get("/style.css") { _, _ in front.style() }
        router.get("/healthz") { _, _ in "ok\n" }
        router.post("/subscribe") { request, _ in try await front.subscribe(try await Posted(request)) }

        let filters = FilterPages(installation: installation)
        router.get("/filters/help") { _, _ in filters.help() }
        router.get("/filters/try") { request, _ in
            try await filters.trial(FormFields(request.uri.query ?? "")["filter"] ?? "")
        }

        let links = LinkPages(installation: installation)
        router.get("/confirm") { request, _ in try await links.confirm(request.token) }
        router.post("/confirm") { request, _ in try await links.confirmed(try await Posted(request)) }
        router.get("/unsubscribe") { request, _ in try await links.unsubscribe(request.token) }
        router.post("/unsubscribe") { request, _ in try await links.unsubscribed(try await Posted(request)) }

        let preferences = PreferencesPages(installation: installation)
        router.get("/preferences") { request, _ in try await preferences.show(request.token) }
        router.post("/preferences") { request, _ in try await preferences.save(try await Posted(request)) }
        router.post("/preferences/marks") { request, _ in try await preferences.forget(try await Posted(request)) }

        let marks = MarkPages(installation: installation)
        router.get("/mark") { request, _ in
            try await marks.show(FormFields(request.uri.query ?? ""), token: request.token)
        }
        router.post("/mark") { request, _ in try await marks.save(try await Posted(request)) }
        return router
    }
}

/// What a form brought: its fields, and the token of the form or, as one-click posts have it, of the address.
struct Posted: Sendable {
    let fields: FormFields
    let token: String

    /// The most bytes of a form; ours are far smaller.
    private static let maxBytes = 65_536

    init(_ request: Request) async throws {
        var request = request
        let body = try await request.collectBody(upTo: Self.maxBytes)
        fields = FormFields(String(buffer: body))
        token = fields["token"] ?? request.token
    }
}

extension Request {
    /// The token of the query; empty where there is none.
    var token: String { FormFields(uri.query ?? "")["token"] ?? "" }
}

extension Installation {
    /// A page as an answer.
    func answer(_ page: some Page, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: page.render(templates, site: appearance))))
    }
}
