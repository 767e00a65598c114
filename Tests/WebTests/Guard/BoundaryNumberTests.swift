import Foundation
import Loopback
import Site
import Store
import TestSupport
import Testing

@testable import Web

/// One number too large in one address ended the process, for everybody. Every parameter of every route is asked with the
/// numbers at which arithmetic ends, with nothing, with much, and twice.
@Suite("Numbers that strangers choose")
struct BoundaryNumberTests {
    private static let values = [
        "0", "-1", "1", "2147483647", "2147483648", "-2147483648", "4294967296", "9007199254740992",
        "9007199254740993", "9223372036854775806", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
        String(repeating: "9", count: 400), "1e308", "1e400", "-1e308", "NaN", "inf", "-0", "+1", "0x7fffffffffffffff",
        "", "%20", "%00", "%ff%fe", "%", "%zz", "1.5", "%D9%A1", "1%0d%0aX:y", "0000-00-00", "9999-12-31",
        "9999999-99-99", "0001-01-01", "1582-10-14", "2026-W99", "2026-W00", "0000-W01", "2026-13",
    ]

    /// Addresses with a hole for a value.
    private static let holes = [
        "/?page={}", "/?topic={}", "/?filter={}", "/week?page={}", "/month?page={}", "/trending?page={}",
        "/?page=1&page={}", "/search?q=a&after={}", "/search?q=a&before={}", "/search?q={}", "/search?q=a&from={}",
        "/search?q=a&sort={}",
        "/search?q=a&after=1&after={}", "/search?q=a&before={}&after={}", "/search?q=upvotes%3E{}",
        "/search?q=age%3C{}", "/search/feed.atom?q={}", "/search/feed.json?q=upvotes%3E{}",
        "/topics/diffusion?after={}",
        "/topics/diffusion?before={}", "/topics/{}", "/papers/{}", "/papers/{}/feed.atom", "/papers/2026-11?page={}",
        "/paper/{}", "/paper/no/{}", "/paper/doi/{}", "/?lang={}", "/filters/try?filter=upvotes%3E{}",
        "/filters/try?filter={}", "/mark?paper={}&like=more&token=TOKEN", "/mark?paper=1&like={}&token=TOKEN",
        "/unsubscribe?token={}", "/preferences?token={}", "/confirm?token={}", "/address?token={}",
        "/unsubscribe/undo?token={}", "/preferences/delete?token={}", "/metrics?x={}", "/healthz?x={}",
        "/sitemap.xml?x={}", "/feed.json?x={}", "/logo.png?x={}",
    ]

    /// Forms with a hole for a value, by address.
    private static let forms: [(path: String, fields: String)] = [
        ("/mark", "token=TOKEN&paper={}&like=more"), ("/preferences", "token=OWN&hour={}&max_papers=5&timezone=UTC"),
        ("/preferences", "token=OWN&hour=7:{}&weekday={}&max_papers=5&timezone=UTC"),
        ("/preferences", "token=OWN&hour=7&max_papers={}&timezone=UTC"),
        ("/preferences", "token=OWN&hour=7&max_papers=5&timezone={}"),
        ("/preferences", "token=OWN&hour=7&max_papers=5&timezone=UTC&filter=upvotes%3E{}&preview=1"),
        ("/preferences/marks", "token=OWN&forget={}"), ("/preferences/pause", "token=OWN&until={}"),
        ("/preferences/link", "token=OWN&right={}"), ("/subscribe", "email=a%40example.org&stamp={}"),
        ("/subscribe", "email=a%40example.org&filter=upvotes%3E{}"), ("/language", "language={}&to={}"),
        ("/unsubscribe/reason", "token=TOKEN&reason={}&words={}"), ("/admin/login", "password={}"),
    ]

    @Test("end no process, and are no fault of the server's")
    func everywhere() async throws {
        let test = try await AdminVisit.installation([
            "BROADSHEET_WEB_CLIENT_REQUESTS": "0", "BROADSHEET_WEB_TIMEOUT": "600",
        ])
        try await test.store(["Diffusion for images"])
        let reader = try await test.reader()
        func filled(_ text: String, _ value: String) -> String {
            text.replacing("{}", with: value).replacing("TOKEN", with: test.token(.marks, of: reader))
                .replacing("OWN", with: test.token(.preferences, of: reader))
        }
        try await TestSite.serve(test) { site in
            // Passwords are looked at slowly: one is enough here.
            let forms = Self.forms.filter { $0.path != "/admin/login" }
            for value in Self.values {
                let asked = Self.holes.map { RawConnection.get(filled($0, value)) }
                let posted = forms.map { RawConnection.post($0.path, filled($0.fields, value)) }
                let statuses = try await RawConnection.statuses(site.port, asked + posted)
                #expect(statuses.count == asked.count + posted.count, "\(value)")
                for (status, request) in zip(statuses, Self.holes + forms.map(\.fields)) where status >= 500 {
                    Issue.record("\(request) with \(value): \(status)")
                }
            }
            #expect(try await site.get("/").status == 200)
        }
    }

    @Test("end no process on the operator's pages")
    func desk() async throws {
        let test = try await AdminVisit.installation(["BROADSHEET_WEB_CLIENT_REQUESTS": "0"])
        let holes = [
            "/admin/mails?state=failed&before={}", "/admin/mails?state={}", "/admin/subscribers?after={}",
            "/admin/subscribers?q={}&after={}", "/admin/subscribers/{}", "/admin/subscribers/{}/preview",
            "/admin?done={}",
        ]
        try await AdminVisit.inside(test) { visit in
            for value in Self.values where !value.isEmpty {
                for hole in holes {
                    let status = try await visit.get(hole.replacing("{}", with: value)).status
                    #expect(status < 500, "\(hole) with \(value)")
                }
            }
        }
    }
}
