import Foundation
import TestSupport
import Testing

@testable import Web

@Suite("The headers of every answer")
struct SecurityHeadersTests {
    private static let requests = [
        RawConnection.get("/"), RawConnection.get("/style.css"), RawConnection.get("/healthz"),
        RawConnection.get("/nowhere"), RawConnection.get("/confirm?token=x"),
        RawConnection.post("/subscribe", "email=nobody"), RawConnection.post("/nowhere", ""),
        RawConnection.post("/subscribe", "email=a%40example.org", headers: ["Sec-Fetch-Site: cross-site"]),
        "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS /subscribe HTTP/1.1\r\nHost: a\r\n\r\n",
    ]

    /// The header of the answer to one request, in lower case.
    private func header(_ site: TestSite, _ request: String) async throws -> String {
        let connection = try await RawConnection.open(site.port)
        try await connection.send(request)
        _ = try await connection.wait { $0.received.contains("\r\n\r\n") }
        let text = connection.received
        await connection.close()
        return text.components(separatedBy: "\r\n\r\n")[0].lowercased()
    }

    @Test("each forbids scripts, framing, sniffing, referrers and what pages may ask of a browser", arguments: requests)
    func present(request: String) async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { (site) async throws in
            let header = try await header(site, request)
            let policy = try #require(header.firstMatch(of: /content-security-policy: ([^\r]*)/)).1
            for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
                #expect(policy.contains(part), "\(part) is not in \(policy)")
            }
            #expect(!policy.contains("unsafe") && !policy.contains("script-src"))
            for line in [
                "x-content-type-options: nosniff", "referrer-policy: no-referrer", "x-frame-options: deny",
                "cross-origin-opener-policy: same-origin", "cross-origin-resource-policy: same-origin",
                "strict-transport-security: max-age=31536000", "cache-control: ",
            ] { #expect(header.contains("\r\n\(line)"), "\(line) is not in \(header)") }
            #expect(header.contains("permissions-policy: ") && header.contains("camera=()"))
        }
    }

    @Test("only a site that is reached over https tells browsers to stay there")
    func plainHTTP() async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_WEB_BASE_URL": "http://papers.example.org"])
        try await TestSite.serve(test) { (site) async throws in
            #expect(try await !header(site, RawConnection.get("/")).contains("strict-transport-security"))
            #expect(try await header(site, RawConnection.get("/")).contains("content-security-policy"))
        }
    }
}
