import Core
import Foundation
import Loopback
import Mail
import Store
import TestSupport
import Testing
import Workers

@testable import Web

@Suite("A reader's time zone on the pages")
struct TimeZonePagesTests {
    private static let field = #"name="timezone" list="zones""#

    /// What stands in the field, and the problem beside it.
    private func zone(_ page: Browser.Answer) throws -> (value: String, problem: String?) {
        let field = try #require(page.body.range(of: Self.field))
        let value = try #require(page.body[field.upperBound...].range(of: "value=\""))
        let problem = page.body.range(of: #"id="timezone-problem" role="alert">"#)
        return (
            String(page.body[value.upperBound...].prefix { $0 != "\"" }),
            problem.map { String(page.body[$0.upperBound...].prefix { $0 != "<" }) }
        )
    }

    @Test(
        "is understood or refused with a proposal next to the field; what is refused changes nothing",
        arguments: [
            ("europe/paris", "Europe/Paris", nil), ("zürich", "Europe/Zurich", nil),
            ("New York", "America/New_York", nil),
            ("utc", "UTC", nil), ("BST", nil, "Unknown time zone “BST”. Try Europe/London."),
            ("EST", nil, "Unknown time zone “EST”. Try America/New_York, America/Toronto."),
            ("Qqqqqqqqqqqqqqqqqqqq", nil, "Unknown time zone “Qqqqqqqqqqqqqqqqqqqq”. Try Asia/Tokyo."),
        ] as [(String, String?, String?)])
    func preferences(typed: String, name: String?, problem: String?) async throws {
        let test = try await TestInstallation(environment: ["BROADSHEET_DIGEST_TIME_ZONE": "Asia/Tokyo"])
        let reader = try #require(
            try await test.desk.add(try Address("ada@example.org"), interests: Interests(), source: "test"))
        let form = [
            ("token", test.token(.preferences, of: reader)), ("timezone", typed), ("hour", "18"), ("cadence", "daily"),
            ("max_papers", "5"),
        ]
        try await TestSite.serve(test) { site in
            let page = try await site.post("/preferences", form)
            #expect(page.status == (name == nil ? 422 : 200))
            let shown = try zone(page)
            #expect(shown.value == name ?? typed)
            #expect(shown.problem == problem)
            let stored = try await test.subscriber("ada@example.org").schedule.timeZone.identifier
            #expect(stored == name ?? "Asia/Tokyo")
        }
    }

    @Test("that is kept stays what it was, also where it would be refused anew")
    func kept() async throws {
        let test = try await TestInstallation()
        let schedule = DeliverySchedule(timeZone: CivilZone(stored: "EST"), minute: 420)
        let reader = try #require(
            try await test.desk.add(
                try Address("ada@example.org"), interests: Interests(), schedule: schedule, source: "test"))
        let form = [
            ("token", test.token(.preferences, of: reader)), ("timezone", "EST"), ("hour", "7"), ("max_papers", "5"),
        ]
        try await TestSite.serve(test) { site in
            let page = try await site.post("/preferences", form)
            #expect(page.status == 200)
            #expect(try await test.subscriber("ada@example.org").schedule.timeZone.identifier == "EST")
        }
    }

    @Test(
        "is asked at the confirmation, where that of the browser's country is proposed",
        arguments: [
            ("de-CH,de;q=0.9", "Europe/Zurich"), ("en-US,en;q=0.5", "UTC"), ("de", "UTC"), ("ja-JP", "Asia/Tokyo"),
        ])
    func proposed(languages: String, name: String) async throws {
        let test = try await TestInstallation()
        try await test.desk.subscribe(try Address("ada@example.org"), interests: Interests(), source: "test")
        let pending = try await test.subscriber("ada@example.org")
        let link = "/confirm?token=" + test.token(.confirm, of: pending)
        try await TestSite.serve(test) { site in
            let page = try await site.get(link, headers: ["Accept-Language": languages])
            #expect(try zone(page).value == name)
            #expect(try await test.subscriber("ada@example.org").schedule == pending.schedule)
            #expect(try await site.post(link, [("timezone", name)]).status == 200)
            let reader = try await test.subscriber("ada@example.org")
            #expect(reader.state == .active && reader.schedule.timeZone.identifier == name)
            #expect(reader.nextDigestAt == reader.schedule.next(after: test.clock.now))
        }
    }

    @Test("that is unknown at the confirmation is said there, and the box stays as it was")
    func refused() async throws {
        let test = try await TestInstallation()
        try await test.desk.subscribe(try Address("ada@example.org"), interests: Interests(), source: "test")
        let link = "/confirm?token=" + test.token(.confirm, of: try await test.subscriber("ada@example.org"))
        try await TestSite.serve(test) { site in
            let page = try await site.post(link, [("timezone", "IST")])
            #expect(page.status == 422)
            let shown = try zone(page)
            #expect(shown.value == "IST")
            #expect(shown.problem == "Unknown time zone “IST”. Try Asia/Kolkata, Europe/Dublin, Asia/Jerusalem.")
            #expect(!page.body.contains("name=\"now\" value=\"1\" checked"))
            #expect(try await test.subscriber("ada@example.org").state == .pending)
            // An empty field, and a form without it, keep what there is.
            #expect(try await site.post(link, [("timezone", "")]).status == 200)
            #expect(try await test.subscriber("ada@example.org").schedule.timeZone == .utc)
            // Who is confirmed is not changed by the old link.
            #expect(try await site.post(link, [("timezone", "Asia/Tokyo")]).status == 200)
            #expect(try await test.subscriber("ada@example.org").schedule.timeZone == .utc)
        }
    }
}
