import Foundation
import Site
import TestSupport
import Testing
import Workers

@testable import Store
@testable import Web

@Suite("The operator's sessions, over processes and restarts")
struct AdminSessionTests {
    /// One of the same cookie on another server.
    private func visit(_ visit: AdminVisit, at port: Int) -> AdminVisit {
        var there = AdminVisit(port: port)
        there.cookie = visit.cookie
        return there
    }

    @Test("a login opens the pages of every process, and a logout closes those of every process, also after a restart")
    func logout() async throws {
        let test = try await AdminVisit.installation()
        var cookies: [String] = []
        try await TestSite.serve(test) { (first) async throws in
            try await TestSite.serve(test) { (second) async throws in
                var ended = AdminVisit(port: first.port)
                var kept = ended
                try await ended.logIn()
                try await kept.logIn()
                #expect(try await visit(ended, at: second.port).get("/admin").status == 200)
                #expect(try await visit(ended, at: second.port).post("/admin/logout").status == 303)
                #expect(try await ended.get("/admin").status == 303)
                #expect(try await visit(kept, at: second.port).get("/admin").status == 200)
                cookies = [ended.cookie, kept.cookie]
            }
        }
        try await TestSite.serve(test) { (again) async throws in
            for (cookie, status) in zip(cookies, [303, 200]) {
                var visit = AdminVisit(port: again.port)
                visit.cookie = cookie
                #expect(try await visit.get("/admin").status == status)
            }
        }
    }

    @Test("logging out everywhere ends all of them, wherever they are")
    func everywhere() async throws {
        let test = try await AdminVisit.installation()
        try await TestSite.serve(test) { (first) async throws in
            try await TestSite.serve(test) { (second) async throws in
                var (here, there) = (AdminVisit(port: first.port), AdminVisit(port: second.port))
                try await here.logIn()
                try await there.logIn()
                #expect(try await here.get("/admin").body.contains("action=\"/admin/logout/everywhere\""))
                let answer = try await here.post("/admin/logout/everywhere")
                #expect(answer.status == 303 && answer.field("location") == "/admin/login")
                #expect(try await there.get("/admin").status == 303)
                #expect(try await here.get("/admin").status == 303)
                try await there.logIn()
                #expect(try await there.get("/admin").status == 200)
            }
        }
    }

    @Test("the database holds no cookie, and a row of its own opens nothing")
    func rows() async throws {
        let test = try await AdminVisit.installation()
        try await AdminVisit.inside(test) { (visit) async throws in
            let rows = try await test.installation.database.contents().filter { $0.hasPrefix("admin_sessions:") }
            #expect(rows.count == 1)
            let number = try #require(visit.cookie.split(separator: ".").dropFirst().first)
            #expect(!rows[0].contains(number))
            var forged = visit
            forged.cookie = "__Host-admin=" + (rows[0].split(separator: " ").last ?? "")
            #expect(try await forged.get("/admin").status == 303)
        }
    }

    @Test("a copy of the database that takes over revives no session")
    func takeOver() async throws {
        let test = try await AdminVisit.installation()
        try await AdminVisit.inside(test) { (visit) async throws in
            _ = try await InstanceGuard(test.installation).takeOver()
            #expect(try await visit.get("/admin").status == 303)
        }
    }
}
