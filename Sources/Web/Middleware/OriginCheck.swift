import Foundation
import HTTPTypes
import Hummingbird

/// Takes forms from this site's own pages only. Browsers say where a form stood; programs say nothing and are let in.
struct OriginCheck: RouterMiddleware {
    /// `https://papers.example.org`, in lower case.
    private let ownOrigin: String

    /// - Parameter baseURL: where readers see the site.
    init(baseURL: String) {
        let url = URLComponents(string: baseURL)
        let port = url?.port.map { ":\($0)" } ?? ""
        ownOrigin = "\(url?.scheme ?? "http")://\(url?.host ?? "")\(port)".lowercased()
    }

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard request.isReading || request.isOneClick || isOwn(request) else { throw HTTPError(.forbidden) }
        return try await next(request, context)
    }

    private func isOwn(_ request: Request) -> Bool {
        if let site = request.headers[.secFetchSite] { return site == "same-origin" || site == "none" }
        // Our pages send no referrer, and then browsers write `null` here for our own forms too (Fetch, “append a request
        // Origin header”); those of before 2023 send no Sec-Fetch-Site beside it. It says nothing.
        guard let origin = request.headers[.origin]?.lowercased(), origin != "null" else { return true }
        if origin == ownOrigin { return true }
        // The site may be open under a second name, or by its number.
        guard let authority = request.head.authority?.lowercased() else { return false }
        return origin == "http://\(authority)" || origin == "https://\(authority)"
    }
}

extension Request {
    /// GET, HEAD and the like, which change nothing.
    var isReading: Bool { [.get, .head, .options, .trace].contains(method) }

    /// Whether this may be the one-click POST of a mail provider (RFC 8058), which bears its token in the address. Many
    /// come from few machines, with whatever headers these have.
    var isOneClick: Bool { method == .post && uri.path == "/unsubscribe" && !token.isEmpty }
}

extension HTTPField.Name {
    static let secFetchSite = named("Sec-Fetch-Site")
}
