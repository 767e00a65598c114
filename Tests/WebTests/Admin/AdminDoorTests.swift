import Foundation
import Site
import TestSupport
import Testing

@testable import Web

@Suite("The way in to the operator's pages")
struct AdminDoorTests {
    private static let pages = [
        "/admin", "/admin/subscribers", "/admin/subscribers/1", "/admin/subscribers/1/preview",
        "/admin/subscribers/1/preview.eml", "/admin/mails", "/admin/feeds",
    ]
    private static let acts = [
        "/admin/logout", "/admin/logout/everywhere", "/admin/subscribers/1/pause", "/admin/subscribers/1/unsubscribe",
        "/admin/subscribers/1/preferences", "/admin/mails/1/retry", "/admin/feeds/1/disable", "/admin/feeds/1/ask",
    ]

    @Test("there is none where the settings hold no password")
    func off() async throws {
        let test = try await TestInstallation()
        _ = try await test.reader()
        try await TestSite.serve(test) { (site) async throws in
            let visit = AdminVisit(port: site.port)
            for path in Self.pages + ["/admin/login", "/admin/style.css"] {
                #expect(try await visit.get(path).status == 404, "\(path)")
            }
            for path in Self.acts + ["/admin/login"] {
                #expect(try await visit.post(path).status == 404, "\(path)")
            }
        }
    }

    @Test("without a login every page leads to it, and no form does anything")
    func closed() async throws {
        let test = try await AdminVisit.installation()
        _ = try await test.reader()
        try await TestSite.serve(test) { (site) async throws in
            let visit = AdminVisit(port: site.port)
            let before = try await test.stored()
            for path in Self.pages {
                let answer = try await visit.get(path)
                #expect(answer.status == 303 && answer.field("location") == "/admin/login", "\(path)")
                #expect(!answer.body.contains("ada@"))
            }
            for path in Self.acts {
                let answer = try await visit.post(path, [("reason", "x")])
                #expect(answer.status == 303 && answer.field("location") == "/admin/login", "\(path)")
            }
            #expect(try await test.stored() == before)
        }
    }

    @Test("the right password opens them for this browser, out of reach of caches, robots and scripts")
    func rightPassword() async throws {
        let test = try await AdminVisit.installation()
        try await TestSite.serve(test) { (site) async throws in
            var visit = AdminVisit(port: site.port)
            let login = try await visit.get("/admin/login")
            #expect(login.status == 200 && login.body.contains("type=\"password\""))
            let answer = try await visit.post("/admin/login", [("password", AdminVisit.password)])
            #expect(answer.status == 303 && answer.field("location") == "/admin")
            let cookie = try #require(answer.field("set-cookie"))
            #expect(cookie.hasPrefix("__Host-admin="))
            let attributes = Set(cookie.components(separatedBy: "; ").dropFirst())
            #expect(attributes == ["Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Strict", "Secure"])

            try await visit.logIn()
            for path in ["/admin", "/admin/subscribers", "/admin/mails", "/admin/feeds"] {
                let page = try await visit.get(path)
                #expect(page.status == 200, "\(path)")
                #expect(page.field("cache-control") == "no-store")
                #expect(page.field("x-robots-tag") == "noindex, nofollow")
                #expect(page.field("content-security-policy")?.contains("default-src 'none'") == true)
                #expect(!page.body.contains("style=") && !page.body.contains("<script"))
            }
            #expect(try await visit.get("/admin/login").field("location") == "/admin")
        }
    }

    @Test("over plain http, as on one's own machine, the cookie has a name that browsers take there")
    func plainHTTP() async throws {
        let test = try await AdminVisit.installation(["BROADSHEET_WEB_BASE_URL": "http://papers.example.org"])
        try await AdminVisit.inside(test) { (visit) async throws in
            #expect(visit.cookie.hasPrefix("admin="))
            #expect(try await visit.get("/admin").status == 200)
        }
    }

    @Test("a wrong password is refused, takes as long as any, and is logged without the password")
    func wrongPassword() async throws {
        let test = try await AdminVisit.installation()
        let log = CollectedLog()
        try await TestSite.serve(test, logger: log.logger()) { (site) async throws in
            let visit = AdminVisit(port: site.port)
            for wrong in ["", "four words of mine ", "Four words of mine", String(repeating: "x", count: 3000)] {
                let start = ContinuousClock.now
                let answer = try await visit.post("/admin/login", [("password", wrong)])
                #expect(start.duration(to: .now) >= .seconds(1))
                #expect(answer.status == 403 && answer.field("set-cookie") == nil)
                #expect(answer.body.contains("Wrong password."))
            }
        }
        let lines = log.lines.withLock(\.self)
        #expect(lines.count { $0.contains("admin: wrong password from 127.0.0.1") } == 4)
        #expect(!lines.contains { $0.lowercased().contains("four words") || $0.contains("xxxxx") })
    }

    @Test("after eight attempts of one client even the right password is not looked at; another client is let in")
    func tooMany() async throws {
        let test = try await AdminVisit.installation(["BROADSHEET_WEB_TRUSTED_PROXIES": "127.0.0.1"])
        try await TestSite.serve(test) { (site) async throws in
            let visit = AdminVisit(port: site.port)
            let eve = "X-Forwarded-For: 203.0.113.9"
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await visit.post("/admin/login", [("password", "guessed it?")], headers: [eve]).status
                    }
                }
                for try await status in group { #expect(status == 403) }
            }
            let start = ContinuousClock.now
            let refused = try await visit.post("/admin/login", [("password", AdminVisit.password)], headers: [eve])
            #expect(refused.status == 429 && refused.field("set-cookie") == nil)
            #expect(refused.field("retry-after").flatMap { Int($0) } ?? 0 > 60)
            #expect(start.duration(to: .now) >= .seconds(1))
            let other = try await visit.post(
                "/admin/login", [("password", AdminVisit.password)], headers: ["X-Forwarded-For: 198.51.100.7"])
            #expect(other.status == 303)
            test.clock.advance(by: 120)
            #expect(
                try await visit.post("/admin/login", [("password", AdminVisit.password)], headers: [eve]).status == 303)
        }
    }

    @Test("a form of another site does nothing, also where the browser brings the cookie")
    func foreignForms() async throws {
        let test = try await AdminVisit.installation()
        let reader = try await test.reader()
        try await AdminVisit.inside(test) { (visit) async throws in
            for header in ["Origin: https://evil.example", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"] {
                for path in Self.acts + ["/admin/login"] {
                    #expect(try await visit.post(path, headers: [header]).status == 403, "\(path) \(header)")
                }
            }
            #expect(try await test.subscriber("ada@example.org") == reader)
            #expect(try await visit.get("/admin").status == 200)
        }
    }

    @Test("a login lasts twelve hours")
    func expiry() async throws {
        let test = try await AdminVisit.installation()
        try await AdminVisit.inside(test) { (visit) async throws in
            test.clock.advance(by: 12 * 3600 - 2)
            #expect(try await visit.get("/admin").status == 200)
            test.clock.advance(by: 4)
            #expect(try await visit.get("/admin").status == 303)
        }
    }

    @Test("a cookie that was changed anywhere opens nothing")
    func tampered() async throws {
        let test = try await AdminVisit.installation()
        try await AdminVisit.inside(test) { (visit) async throws in
            let genuine = Array(visit.cookie)
            let name = visit.cookie.prefix { $0 != "=" }.count
            for place in genuine.indices where place > name && place % 3 == 0 {
                var changed = visit
                var text = genuine
                text[place] = text[place] == "A" ? "B" : "A"
                changed.cookie = String(text)
                #expect(try await changed.get("/admin/feeds").status == 303, "\(place)")
            }
            for cookie in ["__Host-admin=", "__Host-admin=..", "admin=\(genuine.dropFirst(name + 1))"] {
                var changed = visit
                changed.cookie = cookie
                #expect(try await changed.get("/admin/feeds").status == 303)
            }
        }
    }

    @Test("logging out ends the session, also for a copy of its cookie")
    func logout() async throws {
        let test = try await AdminVisit.installation()
        try await AdminVisit.inside(test) { (visit) async throws in
            let answer = try await visit.post("/admin/logout")
            #expect(answer.status == 303 && answer.field("location") == "/admin/login")
            #expect(answer.field("set-cookie")?.hasPrefix("__Host-admin=; Path=/; Max-Age=0;") == true)
            #expect(try await visit.get("/admin").status == 303)
            var again = visit
            try await again.logIn()
            #expect(try await again.get("/admin").status == 200)
        }
    }
}
