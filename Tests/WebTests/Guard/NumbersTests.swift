import Foundation
import TestSupport
import Testing

@testable import Web

@Suite("Numbers that requests bring")
struct NumbersTests {
    @Test(
        "are decimal digits within bounds, or none",
        arguments: [
            ("1", 1), ("007", 7), ("9007199254740992", 1 << 53), ("9007199254740993", nil), ("0", nil), ("", nil),
            ("-1", nil), ("+1", nil), (" 1", nil), ("1 ", nil), ("1e3", nil), ("\u{661}", nil),
            ("12345678901234567", nil),
            ("9223372036854775807", nil), ("18446744073709551616", nil),
        ] as [(String, Int64?)])
    func reading(text: String, expected: Int64?) {
        #expect(WholeNumber.parse(text) == expected)
    }

    @Test("no number in an address or a form does harm")
    func numbers() async throws {
        let test = try await AdminVisit.installation(["BROADSHEET_WEB_CLIENT_REQUESTS": "0"])
        try await test.store(["A robot"])
        try await AdminVisit.inside(test) { (visit) async throws in
            let numbers = [
                "9223372036854775807", "9223372036854775806", "-9223372036854775808", "-1", "+1", "0", "",
                "18446744073709551616", "9007199254740993", String(repeating: "9", count: 4000), "1e9", "0x10",
                "%D9%A1", "1.5",
                " 1", "nan",
            ].map { $0.replacing(" ", with: "%20") }
            let places = [
                "/?page=N", "/week?page=N", "/papers/2026-11-23?page=N", "/papers/N", "/papers/N-01-01",
                "/papers/2026-WN",
                "/topics/robots?before=N", "/topics/robots?after=N", "/search?q=robot&before=N",
                "/search?q=robot&after=N",
                "/paper/no/N", "/mark?paper=N", "/?page=N&page=1", "/admin/mails?before=N",
                "/admin/subscribers?after=N",
                "/admin/subscribers/N", "/admin/subscribers/N/preview", "/?topic=N", "/?lang=N",
            ]
            for place in places {
                for number in numbers {
                    let path = place.replacing("N", with: number)
                    let status = try await visit.get(path).status
                    #expect([200, 301, 400, 404].contains(status), "\(path.prefix(80)) \(status)")
                }
            }
            #expect(try await visit.get("/healthz").status == 200)
        }
    }
}
