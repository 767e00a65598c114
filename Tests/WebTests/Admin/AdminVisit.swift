import Foundation
import Site
import TestSupport

@testable import Web

/// An operator's browser: keeps the cookie it is given, and follows no redirect by itself.
struct AdminVisit: Sendable {
    struct Answer: Sendable {
        let status: Int
        /// As it came, one field a line.
        let head: String
        let body: String

        func field(_ name: String) -> String? {
            head.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
                .map { String($0.dropFirst(name.count + 2)) }
        }
    }

    static let password = "four words of mine"
    private static let hash = Result { try PasswordHash(of: password).description }

    let port: Int
    /// `NAME=VALUE`; empty before the login.
    var cookie = ""

    /// An installation with an operator's desk.
    static func installation(_ environment: [String: String] = [:]) async throws -> TestInstallation {
        try await TestInstallation(
            environment: ["BROADSHEET_ADMIN_PASSWORD_HASH": try hash.get()].merging(environment) { $1 })
    }

    /// Serves an installation to somebody who has logged in.
    static func inside(
        _ test: TestInstallation, _ work: (AdminVisit) async throws -> Void
    ) async throws {
        try await TestSite.serve(test) { site in
            var visit = AdminVisit(port: site.port)
            try await visit.logIn()
            try await work(visit)
        }
    }

    mutating func logIn(_ password: String = Self.password) async throws {
        let answer = try await post("/admin/login", [("password", password)])
        cookie = answer.field("set-cookie").map { String($0.prefix { $0 != ";" }) } ?? ""
    }

    func get(_ path: String) async throws -> Answer { try await send(RawConnection.get(path)) }

    func post(_ path: String, _ form: [(String, String)] = [], headers: [String] = []) async throws -> Answer {
        let body = form.map { "\($0.0)=\(SiteAddress.encoded($0.1))" }.joined(separator: "&")
        return try await send(RawConnection.post(path, body, headers: headers))
    }

    private static func isWhole(_ text: String) -> Bool {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
        return text[end.upperBound...].utf8.count >= length
    }

    private func send(_ request: String) async throws -> Answer {
        var lines = request.components(separatedBy: "\r\n")
        if !cookie.isEmpty { lines.insert("Cookie: language=en; \(cookie)", at: 1) }
        let connection = try await RawConnection.open(port)
        try await connection.send(lines.joined(separator: "\r\n"))
        _ = try await connection.wait { $0.isClosed || Self.isWhole($0.received) }
        let text = connection.received
        await connection.close()
        let parts = text.components(separatedBy: "\r\n\r\n")
        let status = text.firstMatch(of: /^HTTP\/1\.1 (\d{3})/).flatMap { Int($0.1) } ?? 0
        return Answer(status: status, head: parts[0], body: parts.dropFirst().joined(separator: "\r\n\r\n"))
    }
}
