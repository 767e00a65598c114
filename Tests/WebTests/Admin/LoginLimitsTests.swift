import Core
import Foundation
import Site
import Synchronization
import TestSupport
import Testing
import Transport
import Workers

@testable import Web

@Suite("Guessing the operator's password")
struct LoginLimitsTests {
    /// That of ``AdminVisit``, cheap to look at.
    private static let hash =
        "$scrypt$ln=10,r=1,p=1$c2l4dGVlbiBieXRlcyBvaw$7zUV+NLzRX8CRbgtOgIyvb01pf2hCI9v4h3EDinChyE"
    private static let start = TestInstallation.start
    private typealias Visitor = LoginLimits.Visitor

    private static func stranger(_ number: Int) throws -> Visitor {
        let text = "198.\(18 + number / 62_500).\(number / 250 % 250).\(number % 250)"
        let client: IPAddress = try #require(IPAddress(text))
        return Visitor(client: client, isCertain: true, device: nil)
    }

    /// A door before which time stands still, and the seconds that each had to wait there.
    private final class Door: Sendable {
        let door: AdminDoor
        let limits = LoginLimits()
        let clock = TestClock(LoginLimitsTests.start)
        private let place: TestInstallation
        let installation: Installation
        private let password: PasswordHash

        init() async throws {
            place = try await TestInstallation(environment: ["BROADSHEET_ADMIN_PASSWORD_HASH": LoginLimitsTests.hash])
            password = try #require(place.installation.settings.adminPassword)
            let waited = Waits()
            let clock = clock
            installation = try await Installation(
                settings: place.installation.settings,
                clock: SiteClock({ clock.now }, wait: { waited.add($0) }), logger: place.installation.logger)
            waits = waited
            door = AdminDoor(
                desk: AdminDesk(installation: installation), password: password,
                clients: ClientAddresses(installation.settings.webLimits, logger: installation.logger), limits: limits,
                pace: .microseconds(1))
        }

        private let waits: Waits

        /// - Returns: the status, and how long the attempt was made to wait.
        func attempt(_ typed: String, by visitor: Visitor) async throws -> (status: Int, waited: TimeInterval) {
            waits.clear()
            let answer = try await door.logIn(typed, by: visitor)
            return (answer.status.code, waits.sum)
        }

        func device() throws -> AdminCookie { try AdminCookie(.device, at: clock.now) }
    }

    private final class Waits: Sendable {
        private let seconds = Mutex<TimeInterval>(0)
        var sum: TimeInterval { seconds.withLock { $0 } }
        func add(_ more: TimeInterval) { seconds.withLock { $0 += more } }
        func clear() { seconds.withLock { $0 = 0 } }
    }

    @Test("a thousand wrong ones from a thousand addresses slow the right one down, and do not keep it out")
    func crowd() async throws {
        let door = try await Door()
        let home = try Self.stranger(9999)
        #expect(try await door.attempt(AdminVisit.password, by: home) == (303, 0))
        var slowest: TimeInterval = 0
        for number in 0..<1000 {
            let (status, waited) = try await door.attempt("guessed it?", by: try Self.stranger(number))
            #expect(status == 403)
            #expect(waited >= slowest && waited <= 10)
            if number < 90 { #expect(waited == 0) }
            slowest = waited
        }
        #expect(slowest == 10)
        // From somewhere new, slowly; where somebody was before, or with its browser, at once.
        #expect(try await door.attempt(AdminVisit.password, by: try Self.stranger(2000)) == (303, 10))
        #expect(try await door.attempt(AdminVisit.password, by: home) == (303, 0))
        var browser = try Self.stranger(2001)
        browser.device = try door.device()
        #expect(try await door.attempt(AdminVisit.password, by: browser) == (303, 0))
        // A wrong password waits as long as the right one.
        #expect(try await door.attempt("guessed it?", by: try Self.stranger(2002)) == (403, 10))
        // When the crowd has gone, so have the waits.
        door.clock.advance(by: 2 * 3600)
        #expect(try await door.attempt(AdminVisit.password, by: try Self.stranger(2003)) == (303, 0))
    }

    @Test("one client has eight attempts in a quarter of an hour, also where it is known")
    func client() async throws {
        let door = try await Door()
        for visitor in [try Self.stranger(1), try Self.stranger(2)] {
            for _ in 0..<8 { #expect(try await door.attempt("guessed it?", by: visitor).status == 403) }
            #expect(try await door.attempt(AdminVisit.password, by: visitor).status == 429)
        }
        let home = try Self.stranger(3)
        for _ in 0..<8 { #expect(try await door.attempt(AdminVisit.password, by: home).status == 303) }
        #expect(try await door.attempt(AdminVisit.password, by: home).status == 429)
        // Its browser is not kept out by what its line did.
        var browser = home
        browser.device = try door.device()
        #expect(try await door.attempt(AdminVisit.password, by: browser).status == 303)
    }

    @Test("a stolen cookie of a browser guesses no more than eight times more than one without")
    func stolen() async throws {
        let door = try await Door()
        let device = try door.device()
        var looked = 0
        for number in 0..<400 {
            var thief = try Self.stranger(number % 5)
            thief.device = device
            if try await door.attempt("guessed it?", by: thief).status == 403 { looked += 1 }
        }
        #expect(looked == 8 + 5 * 8)
        // From ever new addresses it is as slow as anybody.
        for number in 10..<400 {
            var thief = try Self.stranger(number)
            thief.device = device
            _ = try await door.attempt("guessed it?", by: thief)
        }
        var thief = try Self.stranger(900)
        thief.device = device
        #expect(try await door.attempt("guessed it?", by: thief) == (403, 10))
    }

    @Test("a line behind a proxy that names nobody is not known, whoever logged in there")
    func uncertain() async throws {
        let door = try await Door()
        var proxy = try Self.stranger(1)
        proxy.isCertain = false
        #expect(try await door.attempt(AdminVisit.password, by: proxy).status == 303)
        for number in 100..<500 { _ = try await door.attempt("guessed it?", by: try Self.stranger(number)) }
        #expect(try await door.attempt(AdminVisit.password, by: proxy).waited == 10)
        proxy.isCertain = true
        #expect(try await door.attempt(AdminVisit.password, by: proxy) == (303, 10))
        #expect(try await door.attempt(AdminVisit.password, by: proxy) == (303, 0))
        door.clock.advance(by: 7 * 86_400 + 1)
        for number in 500..<900 { _ = try await door.attempt("guessed it?", by: try Self.stranger(number)) }
        #expect(try await door.attempt(AdminVisit.password, by: proxy).waited == 10)
    }

    @Test("strangers are so many at once; one more is refused, and who was there before is not")
    func places() throws {
        let limits = LoginLimits()
        let home = try Self.stranger(9999)
        limits.loggedIn(home, at: Self.start)
        for number in 0..<LoginLimits.places {
            guard case .stranger = limits.attempt(by: try Self.stranger(number), at: Self.start) else {
                Issue.record("refused")
                return
            }
        }
        let next = try Self.stranger(1000)
        #expect(limits.attempt(by: next, at: Self.start) == .refused(wait: 5))
        #expect(limits.attempt(by: home, at: Self.start) == .known)
        var browser = next
        browser.device = try AdminCookie(.device, at: Self.start)
        #expect(limits.attempt(by: browser, at: Self.start) == .known)
        limits.leave()
        guard case .stranger = limits.attempt(by: next, at: Self.start) else {
            Issue.record("refused")
            return
        }
    }

    // MARK: - Over the wire

    @Test("a login leaves a cookie by which its browser is known, and only a genuine one counts")
    func cookie() async throws {
        let test = try await AdminVisit.installation([
            "BROADSHEET_ADMIN_PASSWORD_HASH": Self.hash, "BROADSHEET_WEB_TRUSTED_PROXIES": "127.0.0.1",
        ])
        try await TestSite.serve(test) { (site) async throws in
            let visit = AdminVisit(port: site.port)
            let answer = try await visit.post("/admin/login", [("password", AdminVisit.password)])
            let fields = answer.head.components(separatedBy: "\r\n").filter {
                $0.lowercased().hasPrefix("set-cookie: ")
            }
            let field = try #require(fields.last).dropFirst("set-cookie: ".count)
            #expect(fields.count == 2 && field.hasPrefix("__Host-admin-device="))
            let attributes = Set(field.components(separatedBy: "; ").dropFirst())
            #expect(attributes == ["Path=/", "Max-Age=7776000", "HttpOnly", "SameSite=Strict", "Secure"])
            let device = String(field.prefix { $0 != ";" })

            let eve = "X-Forwarded-For: 203.0.113.9"
            func attempt(_ cookie: String?) async throws -> Int {
                let headers = [eve] + (cookie.map { ["Cookie: \($0)"] } ?? [])
                return try await visit.post(
                    "/admin/login", [("password", AdminVisit.password)], headers: headers
                ).status
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { _ = try await visit.post("/admin/login", [("password", "x")], headers: [eve]) }
                }
                try await group.waitForAll()
            }
            let value = device.dropFirst("__Host-admin-device=".count)
            let settings = test.installation.settings
            let key = test.installation.key
            let other = try #require(PasswordHash(Self.hash.replacing("7zUV", with: "8zUV")))
            let password = try #require(settings.adminPassword)
            let made = try AdminCookie(.device, at: test.clock.now)
            let old = try AdminCookie(.device, at: test.clock.now - 91 * 86_400)
            let session = try AdminCookie(.session, at: test.clock.now)
            for (cookie, status) in [
                (nil, 429), ("admin-device=\(value)", 429), ("__Host-admin-device=\(value.dropLast())", 429),
                ("__Host-admin-device=\(made.text(key: key, password: other))", 429),
                ("__Host-admin-device=\(old.text(key: key, password: password))", 429),
                ("__Host-admin-device=\(session.text(key: key, password: password))", 429), (device, 303),
                ("__Host-admin-device=\(made.text(key: key, password: password))", 303),
            ] {
                #expect(try await attempt(cookie) == status, "\(cookie ?? "none")")
            }
            // It opens nothing by itself.
            var bare = visit
            bare.cookie = device
            #expect(try await bare.get("/admin").status == 303)
        }
    }
}
