import Foundation
import Testing

@testable import Core

@Suite("A zone's rule for ever")
struct POSIXTimeZoneTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        /// Moments and the hours east of Greenwich from then on.
        let offsets: [(at: String, hours: Double)]
        var testDescription: String { rule }
    }

    static let cases = [
        Case(rule: "UTC0", offsets: [("2026-07-01T00:00:00Z", 0)]),
        Case(rule: "<+03>-3", offsets: [("2026-01-01T00:00:00Z", 3), ("2126-07-01T00:00:00Z", 3)]),
        Case(rule: "<-0330>3:30", offsets: [("2026-01-01T00:00:00Z", -3.5)]),
        Case(
            rule: "CET-1CEST,M3.5.0,M10.5.0/3",
            offsets: [
                ("2026-03-29T00:59:59Z", 1), ("2026-03-29T01:00:00Z", 2), ("2026-10-25T00:59:59Z", 2),
                ("2026-10-25T01:00:00Z", 1), ("2096-03-25T01:00:00Z", 2),
            ]),
        // In Dublin standard time is that of summer, and saving lies behind it.
        Case(
            rule: "IST-1GMT0,M10.5.0,M3.5.0/1",
            offsets: [
                ("2026-01-01T00:00:00Z", 0), ("2026-03-29T00:59:59Z", 0), ("2026-03-29T01:00:00Z", 1),
                ("2026-10-25T00:59:59Z", 1), ("2026-10-25T01:00:00Z", 0),
            ]),
        // South of the equator the year begins in summer.
        Case(
            rule: "AEST-10AEDT,M10.1.0,M4.1.0/3",
            offsets: [
                ("2026-01-01T00:00:00Z", 11), ("2026-04-04T15:59:59Z", 11), ("2026-04-04T16:00:00Z", 10),
                ("2026-10-03T16:00:00Z", 11),
            ]),
        // Half an hour of saving.
        Case(
            rule: "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
            offsets: [("2026-01-01T00:00:00Z", 11), ("2026-06-01T00:00:00Z", 10.5)]),
        // Hours beyond a day and below none: the last Thursday at 50:00 is Saturday at two.
        Case(
            rule: "IST-2IDT,M3.4.4/26,M10.5.0",
            offsets: [("2026-03-26T23:59:59Z", 2), ("2026-03-27T00:00:00Z", 3), ("2026-10-24T23:00:00Z", 2)]),
        Case(
            rule: "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
            offsets: [("2026-03-29T00:59:59Z", -2), ("2026-03-29T01:00:00Z", -1), ("2026-10-25T01:00:00Z", -2)]),
        // Saving for ever: each year's end is the next one's beginning.
        Case(
            rule: "EST5EDT,0/0,J365/25",
            offsets: [
                ("2026-01-01T04:59:59Z", -4), ("2026-01-01T05:00:00Z", -4), ("2026-07-01T00:00:00Z", -4),
                ("2028-12-31T12:00:00Z", -4), ("2029-01-01T05:00:00Z", -4),
            ]),
        // J60 is 1 March in every year, 59 is 29 February in leap years.
        Case(
            rule: "AAA3BBB,J60/0,J300/0", offsets: [("2028-03-01T02:59:59Z", -3), ("2028-03-01T03:00:00Z", -2)]),
        Case(rule: "AAA3BBB,59/0,J300/0", offsets: [("2028-02-29T02:59:59Z", -3), ("2028-02-29T03:00:00Z", -2)]),
    ]

    @Test("says the offset at each moment, and when it changes", arguments: cases)
    func offsets(example: Case) throws {
        let rule = try #require(POSIXTimeZone(example.rule))
        let style = Date.ISO8601FormatStyle()
        for (at, hours) in example.offsets {
            let moment = Int64(try style.parse(at).timeIntervalSince1970)
            #expect(rule.offset(at: moment) == Int(hours * 3600), "\(at)")
            // The next change is where the offset before it ends, and not before.
            if let next = rule.nextChange(after: moment) {
                #expect(next > moment)
                #expect(rule.offset(at: next - 1) == rule.offset(at: moment), "\(at)")
            }
        }
    }

    @Test(
        "is none where a part is missing, too much or out of range",
        arguments: [
            "", "C1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M10.5.0/3,",
            "CET-1CEST,M13.5.0,M10.5.0",
            "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,J0,J366",
            "CET-1CEST,366,J1", "CET-25", "CET-1:60", "CET-1CEST,M3.5.0/168,M10.5.0", "<+03-3", "<>-3", "<+0é>-3",
            "CET-99999999999999999999", "\u{0}UTC0", "UTC0\n",
        ])
    func none(text: String) { #expect(POSIXTimeZone(text) == nil) }
}
