import Core
import Foundation
import Hummingbird
import Mail
import Site
import Synchronization
import Transport
import Workers

/// What was asked lately, by whom and of whom, and whether there is room for one more. All of it is in memory: a restart
/// forgets it, and the ledger still keeps to its few mails an address.
final class RequestLimits: Sendable {
    private struct State: Sendable {
        var requests: Allowances
        var pages: Allowances
        var signups: Allowances
        var targets: Allowances
        var overall: Allowances
        var unstamped: Allowances
    }

    private let state: Mutex<State>
    /// For the buckets that all share.
    private static let everybody: UInt64 = 0

    init(_ limits: WebLimits) {
        let hour: TimeInterval = 3600
        state = Mutex(
            State(
                requests: Allowances(Allowance(count: limits.clientRequests, period: 60)),
                pages: Allowances(Allowance(count: limits.clientPages, period: 60)),
                signups: Allowances(Allowance(count: limits.clientSignups, period: hour)),
                targets: Allowances(Allowance(count: limits.addressSignups, period: hour)),
                overall: Allowances(Allowance(count: limits.signups, period: hour)),
                unstamped: Allowances(Allowance(count: 20, period: hour))))
    }

    /// What a request costs.
    enum Work: Sendable {
        case form, search
        /// A page that was not kept.
        case page
    }

    /// Counts what a request costs.
    ///
    /// - Throws: `HTTPError` 429 with Retry-After.
    func take(_ work: Work, by client: IPAddress?, at now: Date) throws {
        let key = Self.key(client)
        try Self.refuse(
            state.withLock { state in
                switch work {
                case .form, .search: state.requests.take(key, at: now)
                case .page: state.pages.take(key, at: now)
                }
            })
    }

    /// What becomes of an address that was typed in.
    enum Signup: Sendable, Equatable {
        case welcome
        /// It was typed in often: whoever does that is answered as ever, and nothing else happens.
        case ignored
    }

    /// Counts an address that was typed in. One that is typed in over and over uses up nobody else's room.
    ///
    /// - Throws: `HTTPError` 429 with Retry-After, or ``Busy``, for reasons that have nothing to do with the address.
    func signup(of address: Address, from client: IPAddress?, at now: Date) throws -> Signup {
        // Seeded anew in each process, so that nobody can look for two addresses that share a bucket.
        let target = UInt64(bitPattern: Int64(address.key.hashValue))
        return try state.withLock { state in
            try Self.refuse(state.signups.take(Self.key(client), at: now))
            if state.targets.take(target, at: now) != nil { return .ignored }
            if let wait = state.overall.take(Self.everybody, at: now) { throw Busy(wait: wait) }
            return .welcome
        }
    }

    /// Whether one more form may come without a stamp, as from a page that was open before an update or from a script of
    /// the operator's: a few an hour.
    func mayComeUnstamped(at now: Date) -> Bool {
        state.withLock { $0.unstamped.take(Self.everybody, at: now) == nil }
    }

    private static func refuse(_ wait: TimeInterval?) throws {
        guard let wait else { return }
        throw HTTPError(.tooManyRequests, headers: [.retryAfter: Busy.seconds(wait)])
    }

    private static func key(_ client: IPAddress?) -> UInt64 { client?.lineKey ?? .max }
}

extension IPAddress {
    /// Tells one line from another: IPv6 by /64, since that is what one subscriber line has at least.
    var lineKey: UInt64 { bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
}

/// Says that more addresses were typed in, by all together, than are taken in an hour.
struct Busy: Error {
    /// Seconds until asking again makes sense.
    let wait: Double

    let status = HTTPResponse.Status.tooManyRequests

    /// For `Retry-After`.
    static func seconds(_ wait: Double) -> String { String(max(1, Int(wait.rounded(.up)))) }
}

/// Finds once for each request who sends it.
struct CurrentClient: RouterMiddleware {
    let clients: ClientAddresses

    /// The client of the request that is being answered.
    @TaskLocal static var address: IPAddress?

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        try await Self.$address.withValue(clients.client(of: request, context)) { try await next(request, context) }
    }
}

/// Counts forms, but for the one-click posts of mail providers.
struct FormLimiter: RouterMiddleware {
    let limits: RequestLimits
    let clock: SiteClock

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        if !request.isReading, !request.isOneClick {
            try limits.take(.form, by: CurrentClient.address, at: clock.now)
        }
        return try await next(request, context)
    }
}

/// Counts searches through the papers, on whose routes it stands.
struct SearchLimiter: RouterMiddleware {
    let limits: RequestLimits
    let clock: SiteClock

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        try limits.take(.search, by: CurrentClient.address, at: clock.now)
        return try await next(request, context)
    }
}
