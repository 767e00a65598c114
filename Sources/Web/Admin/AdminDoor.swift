import Digests
import Foundation
import HTTPTypes
import Hummingbird
import Site
import Synchronization
import Transport
import Workers

/// Who comes in to the operator's pages: whoever gives the password, for twelve hours.
final class AdminDoor: Sendable {
    private let desk: AdminDesk
    private let password: PasswordHash
    private let limits: RequestLimits
    private let clients: ClientAddresses
    /// One password is looked at after the other: each takes its time and memory.
    private let queue = DispatchQueue(label: "admin password")
    /// Sessions that were ended in this process before their time, until then.
    private let ended = Mutex<[String: Date]>([:])

    private var installation: Installation { desk.installation }
    private var isHTTPS: Bool { installation.settings.baseURL.hasPrefix("https:") }

    /// Longer ones are wrong.
    private static let longestPassword = 1024
    /// Logging in takes a whole number of these, whatever comes of it; a password takes a fraction of one.
    private static let pace = Duration.seconds(1)
    private static let path = "/admin"

    init(desk: AdminDesk, password: PasswordHash, limits: RequestLimits, clients: ClientAddresses) {
        self.desk = desk
        self.password = password
        self.limits = limits
        self.clients = clients
    }

    func client(of request: Request, _ context: SiteContext) -> IPAddress? { clients.client(of: request, context) }

    /// Browsers take a cookie of this name over https only, for this host only, and for all of its paths (RFC 6265bis
    /// section 4.1.3).
    private var cookieName: String { isHTTPS ? "__Host-admin" : "admin" }

    func session(of request: Request) -> AdminSession? {
        guard let text = request.headers.cookie(cookieName),
            let session = AdminSession(text, key: installation.key, password: password, now: installation.clock.now),
            ended.withLock({ $0[session.number] == nil })
        else { return nil }
        return session
    }

    func show(_ request: Request) -> Response {
        session(of: request) == nil ? desk.answer(AdminLoginPage()) : Response.redirect(to: Self.path, type: .normal)
    }

    /// The answer comes at the same pace for a right password, a wrong one, and one that is not looked at because there
    /// were too many before.
    func logIn(_ posted: Posted, from client: IPAddress?) async throws -> Response {
        let typed = posted.fields.all("password").first ?? ""
        return try await EvenPace.run(step: Self.pace) {
            if let wait = limits.login(from: client, at: installation.clock.now) {
                installation.logger.warning("admin: too many attempts to log in, the last from \(Self.name(client))")
                var answer = desk.answer(AdminLoginPage(problem: .tooMany), status: .tooManyRequests)
                answer.headers[.retryAfter] = Busy.seconds(wait)
                return answer
            }
            guard await matches(typed) else {
                installation.logger.warning("admin: wrong password from \(Self.name(client))")
                return desk.answer(AdminLoginPage(problem: .wrong), status: .forbidden)
            }
            installation.logger.notice("admin: logged in from \(Self.name(client))")
            return try begin()
        }
    }

    private static func name(_ client: IPAddress?) -> String { client?.description ?? "nowhere" }

    /// On a thread that may wait.
    private func matches(_ typed: String) async -> Bool {
        guard typed.utf8.count <= Self.longestPassword else { return false }
        return await withCheckedContinuation { continuation in
            queue.async { [password] in continuation.resume(returning: password.matches(typed)) }
        }
    }

    private func begin() throws -> Response {
        let session = try AdminSession(at: installation.clock.now)
        return redirect(session.text(key: installation.key, password: password), age: Int(AdminSession.lifetime))
    }

    func logOut(_ request: Request) -> Response {
        if let session = session(of: request) {
            let now = installation.clock.now
            ended.withLock { ended in
                ended = ended.filter { $0.value > now }
                ended[session.number] = session.expiresAt
            }
        }
        return redirect("", age: 0, to: Self.path + "/login")
    }

    private func redirect(_ cookie: String, age: Int, to path: String = AdminDoor.path) -> Response {
        var answer = Response.redirect(to: path, type: .normal)
        answer.headers[.setCookie] =
            "\(cookieName)=\(cookie); Path=/; Max-Age=\(age); HttpOnly; SameSite=Strict\(isHTTPS ? "; Secure" : "")"
        return answer
    }
}

/// Leads everybody without a session to the login, before anything is looked at or done.
struct AdminGate: RouterMiddleware {
    let door: AdminDoor

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard door.session(of: request) != nil else { return .redirect(to: "/admin/login", type: .normal) }
        return try await next(request, context)
    }
}
