import Core
import Foundation
import Testing
import Workers

@Suite("Days, weeks and months of papers")
struct ListPeriodTests {
    @Test(
        "are read from and written to addresses",
        arguments: [
            ("2026-11-20", "2026-11-20", "2026-11-20"), ("2026-W47", "2026-11-16", "2026-11-22"),
            ("2026-W01", "2025-12-29", "2026-01-04"), ("2026-W53", "2026-12-28", "2027-01-03"),
            ("2020-W53", "2020-12-28", "2021-01-03"), ("2026-11", "2026-11-01", "2026-11-30"),
            ("2024-02", "2024-02-01", "2024-02-29"), ("2026-12", "2026-12-01", "2026-12-31"),
        ])
    func forms(text: String, first: String, last: String) throws {
        let period = try #require(ListPeriod(text))
        #expect(period.description == text)
        #expect(period.firstDay.description == first)
        #expect(period.lastDay.description == last)
    }

    @Test(
        "what there is none of is refused",
        arguments: [
            "", "2026", "2026-11-31", "2026-13", "2026-00", "2026-W00", "2025-W53", "2026-W54", "2026-w01",
            "2026-11-20-1", "٢٠٢٦-11", "0000-01-01", "1582-10-14", "1582-W41", "1582-10", "1899-12-31", "0001-W01",
        ])
    func none(text: String) { #expect(ListPeriod(text) == nil) }

    @Test("the first and the last there are have a beginning and an end", arguments: ["Etc/GMT+12", "Asia/Kathmandu"])
    func ends(zone: String) throws {
        let zone = CivilZone(stored: zone)
        for text in ["1900-01-01", "1900-W01", "1900-01", "9999-12-31", "9999-W52", "9999-12"] {
            let moments = try #require(ListPeriod(text)).moments(in: zone)
            #expect(moments.upperBound.timeIntervalSince(moments.lowerBound) >= 86_000)
        }
    }

    @Test("every day of many years lies in its own week and month, in order")
    func tiling() throws {
        let zone = CivilZone(stored: "America/St_Johns")
        var before: [ListPeriod.Kind: Range<Date>] = [:]
        for day in 0..<1500 {
            // About noon, so that no day is passed over when clocks change.
            let moment = Date(timeIntervalSince1970: 1_500_045_000 + Double(day) * 86_400)
            for kind in [ListPeriod.Kind.day, .week, .month] {
                let period = ListPeriod(kind, of: moment, in: zone)
                let moments = period.moments(in: zone)
                #expect(moments.contains(moment))
                #expect(ListPeriod(period.description) == period)
                if let last = before[kind], last != moments { #expect(last.upperBound == moments.lowerBound) }
                before[kind] = moments
            }
        }
    }
}
