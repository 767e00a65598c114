import Foundation
import Site
import Store
import TestSupport
import Testing

@testable import Web

@Suite("Where forms may come from")
struct OriginCheckTests {
    private static let ours = "Origin: https://papers.example.org"

    @Test("a form from another site is refused on every address that takes forms, and changes nothing")
    func everyPost() async throws {
        let test = try await TestInstallation()
        let reader = try await test.reader()
        try await TestSite.serve(test) { (site) async throws in
            for route in TokenRoute.all {
                let form = "token=\(test.token(route.purpose, of: reader))&email=eve@example.org"
                let requests = ["Sec-Fetch-Site: cross-site", "Origin: https://evil.example"].flatMap { header in
                    [route.path, "/subscribe"].map { RawConnection.post($0, form, headers: [header]) }
                }
                #expect(try await RawConnection.statuses(site.port, requests) == [403, 403, 403, 403], "\(route.path)")
            }
            #expect(try await test.subscriber("ada@example.org") == reader)
            #expect(try await test.installation.database.subscribers.list().count == 1)
        }
    }

    @Test(
        "browsers say where a form stood, programs say nothing",
        arguments: [
            ([], 200), ([ours], 200), (["Origin: HTTPS://Papers.Example.Org"], 200),
            (["Origin: http://papers.example.org"], 200), (["Origin: https://papers.example.org.evil.example"], 403),
            (["Origin: https://evil.example"], 403), (["Origin: https://papers.example.org:8443"], 403),
            (["Origin: null"], 200), (["Origin: null", "Sec-Fetch-Site: same-origin"], 200),
            (["Origin: null", "Sec-Fetch-Site: cross-site"], 403), ([ours, "Sec-Fetch-Site: same-origin"], 200),
            (["Sec-Fetch-Site: none"], 200), (["Sec-Fetch-Site: same-site"], 403),
            (["Sec-Fetch-Site: cross-site"], 403),
        ] as [([String], Int)])
    func headers(headers: [String], expected: Int) async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { (site) async throws in
            let request = RawConnection.post("/subscribe", "email=ada@example.org", headers: headers)
            #expect(try await RawConnection.statuses(site.port, [request]) == [expected])
        }
    }

    @Test("the one-click POST of mail providers works without an Origin, and with any")
    func oneClick() async throws {
        for headers in [[], ["Origin: https://mail.example.com", "Sec-Fetch-Site: cross-site"]] {
            let test = try await TestInstallation()
            let reader = try await test.reader()
            let path = "/unsubscribe?token=\(test.token(.unsubscribe, of: reader))"
            try await TestSite.serve(test) { (site) async throws in
                let request = RawConnection.post(path, "List-Unsubscribe=One-Click", headers: headers)
                #expect(try await RawConnection.statuses(site.port, [request]) == [200])
                #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
            }
        }
    }

    @Test("a GET, with a token or without, changes nothing that is stored")
    func readingChangesNothing() async throws {
        let test = try await TestInstallation()
        let reader = try await test.reader()
        try await TestSite.serve(test) { (site) async throws in
            let before = try await test.stored()
            var paths = [
                "/", "/week", "/month", "/filters/help", "/filters/try?filter=a", "/subscribe?email=eve@example.org",
            ]
            for route in TokenRoute.all {
                paths.append(route.link(test.token(route.purpose, of: reader)))
            }
            for path in paths { _ = try await site.get(path) }
            #expect(try await test.stored() == before)
            _ = try await site.post("/subscribe", [("email", "eve@example.org")])
            #expect(try await test.stored() != before)
        }
    }
}
