import HTTPTypes
import Hummingbird

/// What every answer carries: no script, no framing, no address leaked to other sites, since addresses hold tokens.
struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
    private let fields: HTTPFields

    /// - Parameter isHTTPS: whether readers reach the site over TLS; only then may browsers be told to insist on it.
    init(isHTTPS: Bool) {
        var fields: HTTPFields = [
            .contentSecurityPolicy:
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            .xContentTypeOptions: "nosniff", .named("Referrer-Policy"): "no-referrer",
            .named("Permissions-Policy"): Self.noPermissions,
            .named("Cross-Origin-Opener-Policy"): "same-origin",
            .named("Cross-Origin-Resource-Policy"): "same-origin", .named("X-Frame-Options"): "DENY",
        ]
        // Without includeSubDomains: the other names of the domain are not ours.
        if isHTTPS { fields[.strictTransportSecurity] = "max-age=31536000" }
        self.fields = fields
    }

    /// Everything that pages might ask a browser for and ours do not.
    private static var noPermissions: String {
        [
            "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
            "fullscreen",
            "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
            "screen-wake-lock", "usb", "xr-spatial-tracking",
        ].map { "\($0)=()" }.joined(separator: ", ")
    }

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in fields { response.headers[field.name] = field.value }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
