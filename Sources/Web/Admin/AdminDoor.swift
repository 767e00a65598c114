import Digests
import Foundation
import HTTPTypes
import Hummingbird
import Site
import Transport
import Workers

/// Who comes in to the operator's pages: whoever gives the password, for twelve hours.
final class AdminDoor: Sendable {
    private let desk: AdminDesk
    private let password: PasswordHash
    private let limits: LoginLimits
    private let clients: ClientAddresses
    /// Logging in takes a whole number of these, whatever comes of it; a password takes a fraction of one.
    private let pace: Duration
    /// One password is looked at after the other: each takes its time and memory. Those who were here before do not wait
    /// for strangers.
    private let known = DispatchQueue(label: "admin password")
    private let strangers = DispatchQueue(label: "admin password of strangers")

    private var installation: Installation { desk.installation }
    private var isHTTPS: Bool { installation.settings.baseURL.hasPrefix("https:") }

    /// Longer ones are wrong.
    private static let longestPassword = 1024
    private static let path = "/admin"

    init(
        desk: AdminDesk, password: PasswordHash, clients: ClientAddresses, limits: LoginLimits = LoginLimits(),
        pace: Duration = .seconds(1)
    ) {
        self.desk = desk
        self.password = password
        self.limits = limits
        self.clients = clients
        self.pace = pace
    }

    // MARK: - Cookies

    /// Browsers take a cookie of this name over https only, for this host only, and for all of its paths (RFC 6265bis
    /// section 4.1.3).
    private func name(_ kind: AdminCookie.Kind) -> String {
        let name =
            switch kind {
            case .session: "admin"
            case .device: "admin-device"
            }
        return isHTTPS ? "__Host-\(name)" : name
    }

    private func cookie(_ kind: AdminCookie.Kind, of request: Request) -> AdminCookie? {
        request.cookies[name(kind)].flatMap {
            AdminCookie(kind, $0.value, key: installation.key, password: password, now: installation.clock.now)
        }
    }

    private func field(_ kind: AdminCookie.Kind, _ value: String, age: TimeInterval) -> HTTPField {
        HTTPField(
            name: .setCookie,
            value: "\(name(kind))=\(value); Path=/; Max-Age=\(Int(age)); HttpOnly; SameSite=Strict"
                + (isHTTPS ? "; Secure" : ""))
    }

    private func field(_ cookie: AdminCookie) -> HTTPField {
        field(cookie.kind, cookie.text(key: installation.key, password: password), age: cookie.kind.lifetime)
    }

    // MARK: - Sessions

    /// The session that a browser brought, as long as the database knows it too.
    ///
    /// - Throws: `StoreError`.
    func session(of request: Request) async throws -> AdminCookie? {
        guard let session = cookie(.session, of: request),
            try await desk.database.adminSessions.isOpen(
                session.hash(key: installation.key), at: installation.clock.now)
        else { return nil }
        return session
    }

    func show(_ request: Request) async throws -> Response {
        try await session(of: request) == nil
            ? desk.answer(AdminLoginPage()) : Response.redirect(to: Self.path, type: .normal)
    }

    /// The browser stays known, so that nobody's guessing keeps its owner out.
    private func begin() async throws -> Response {
        let now = installation.clock.now
        let session = try AdminCookie(.session, at: now)
        try await desk.database.adminSessions.begin(
            session.hash(key: installation.key), expiresAt: session.expiresAt, at: now)
        var answer = Response.redirect(to: Self.path, type: .normal)
        answer.headers.append(field(session))
        answer.headers.append(field(try AdminCookie(.device, at: now)))
        return answer
    }

    func logOut(_ request: Request) async throws -> Response {
        if let session = cookie(.session, of: request) {
            try await desk.database.adminSessions.end(session.hash(key: installation.key))
        }
        return loggedOut()
    }

    /// Ends every session, also those of other browsers.
    func logOutEverywhere() async throws -> Response {
        let ended = try await desk.database.adminSessions.endAll(at: installation.clock.now)
        desk.audit("all sessions ended, \(ended) of them open")
        return loggedOut()
    }

    private func loggedOut() -> Response {
        var answer = Response.redirect(to: Self.path + "/login", type: .normal)
        answer.headers.append(field(.session, "", age: 0))
        return answer
    }

    // MARK: - Logging in

    func logIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        let typed = try await Posted(request).fields.all("password").first ?? ""
        let visitor = LoginLimits.Visitor(
            client: clients.client(of: request, context),
            isCertain: clients.certainClient(of: request, context) != nil, device: cookie(.device, of: request))
        return try await logIn(typed, by: visitor)
    }

    /// The answer comes at the same pace for a right password, a wrong one, and one that is not looked at because there
    /// were too many before.
    func logIn(_ typed: String, by visitor: LoginLimits.Visitor) async throws -> Response {
        try await EvenPace.run(step: pace) {
            let name = visitor.client?.description ?? "nowhere"
            let isRight: Bool
            switch limits.attempt(by: visitor, at: installation.clock.now) {
            case .refused(let wait):
                installation.logger.warning("admin: too many attempts to log in, the last from \(name)")
                var answer = desk.answer(AdminLoginPage(problem: .tooMany), status: .tooManyRequests)
                answer.headers[.retryAfter] = Busy.seconds(wait)
                return answer
            case .known: isRight = await matches(typed, on: known)
            case .stranger(let delay):
                defer { limits.leave() }
                try await installation.clock.sleep(for: delay)
                isRight = await matches(typed, on: strangers)
            }
            guard isRight else {
                installation.logger.warning("admin: wrong password from \(name)")
                return desk.answer(AdminLoginPage(problem: .wrong), status: .forbidden)
            }
            installation.logger.notice("admin: logged in from \(name)")
            limits.loggedIn(visitor, at: installation.clock.now)
            return try await begin()
        }
    }

    /// On a thread that may wait.
    private func matches(_ typed: String, on queue: DispatchQueue) async -> Bool {
        guard typed.utf8.count <= Self.longestPassword else { return false }
        return await withCheckedContinuation { continuation in
            queue.async { [password] in continuation.resume(returning: password.matches(typed)) }
        }
    }
}

/// Leads everybody without a session to the login, before anything is looked at or done.
struct AdminAccess: RouterMiddleware {
    let door: AdminDoor

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard try await door.session(of: request) != nil else { return .redirect(to: "/admin/login", type: .normal) }
        return try await next(request, context)
    }
}
