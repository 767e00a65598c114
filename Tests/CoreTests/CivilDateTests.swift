import Foundation
import Testing

@testable import Core

@Suite("Days of the calendar")
struct CivilDateTests {
    @Test(
        "days are counted from 1970 in both directions, over leap years and centuries",
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (59, "1970-03-01"), (11_016, "2000-02-29"), (11_017, "2000-03-01"),
            (20_780, "2026-11-23"), (-719_468, "0000-03-01"), (-25_508, "1900-03-01"), (47_541, "2100-03-01"),
        ])
    func counted(_ number: Int, _ text: String) {
        let date = CivilDate(daysSince1970: number)
        #expect(date.description == text)
        #expect(date.daysSince1970 == number)
    }

    @Test("every day of eight centuries comes back the same")
    func roundTrip() {
        for number in -146_097...146_097 {
            let date = CivilDate(daysSince1970: number)
            if date.daysSince1970 != number || CivilDate(year: date.year, month: date.month, day: date.day) != date {
                Issue.record("\(number) became \(date)")
                return
            }
        }
    }

    @Test(
        "days there are none of are nil",
        arguments: [(2026, 2, 29), (2026, 13, 1), (2026, 0, 1), (2026, 4, 31), (2100, 2, 29), (2026, 1, 0)])
    func none(_ year: Int, _ month: Int, _ day: Int) { #expect(CivilDate(year: year, month: month, day: day) == nil) }

    @Test(
        "texts that name no day are nil",
        arguments: [
            "2026-02-29", "2026-13-01", "2026-00-01", "2026-1-1", "26-01-01", "2026-01-32", "2026-01-0１", "", "2026-01",
        ])
    func unread(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("a moment's day depends on where one is")
    func zones() throws {
        let moment = Date(timeIntervalSince1970: 1_795_473_000)  // 2026-11-23 22:30 UTC
        #expect(CivilZone.utc.day(of: moment).description == "2026-11-23")
        #expect(CivilZone(stored: "Asia/Tokyo").day(of: moment).description == "2026-11-24")
        #expect(CivilZone.utc.day(of: Date(timeIntervalSince1970: -1)).description == "1969-12-31")
    }

    @Test("days agree with Foundation's calendar through the centuries")
    func foundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for step in 0..<2000 {
            let date = Date(timeIntervalSince1970: Double(step) * 86_400 * 37)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let day = CivilZone.utc.day(of: date)
            #expect([day.year, day.month, day.day] == [parts.year, parts.month, parts.day])
        }
    }
}
