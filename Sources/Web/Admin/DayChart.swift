import Core
import Digests
import Foundation

/// Counts by day as bars, a series above the other, and as a table.
struct DayChart: Sendable {
    struct Series: Sendable {
        let name: String
        let tone: Tone
        /// By day.
        let counts: [CivilDate: Int]
    }

    let heading: String
    /// Said beside the heading, after the sum of all.
    let unit: String
    /// The oldest first.
    let days: [CivilDate]
    let series: [Series]

    /// Of the drawing; bars lie 20 apart, see `admin-chart.html`.
    private static let height = 100.0
    private static let pitch = 20
    /// What is not nothing is seen.
    private static let least = 2.0

    /// The last days, today's at the end.
    static func lastDays(_ count: Int, before now: Date, in zone: CivilZone) -> [CivilDate] {
        var days: [CivilDate] = []
        var moment = now
        while days.count < count {
            let day = zone.day(of: moment)
            if days.last != day { days.append(day) }
            // Half a day, so that one of 23 hours is not passed over.
            moment.addTimeInterval(-43_200)
        }
        return days.reversed()
    }

    func context(_ words: AdminWords) -> TemplateContext {
        let sums = days.map { day in series.reduce(0) { $0 + ($1.counts[day] ?? 0) } }
        let top = max(sums.max() ?? 0, 1)
        let total = sums.reduce(0, +)
        var context = TemplateContext([
            "heading": heading, "total": "\(words.number(total)) \(unit)",
            "first": days.first.map(words.day), "last": days.last.map(words.day), "top": words.number(sums.max() ?? 0),
            "summary":
                "\(heading), by day: \(words.number(total)) in all, \(words.number(sums.max() ?? 0)) on the busiest day, \(words.number(sums.last ?? 0)) on the last.",
        ])
        context.set("bars", days.enumerated().flatMap { bars($0.offset, $0.element, top, words) })
        context.set("legend", series.map { TemplateContext(["series": $0.tone.rawValue, "name": $0.name]) })
        context.set("days", days.reversed().map { row($0, words) })
        return context
    }

    private func bars(_ place: Int, _ day: CivilDate, _ top: Int, _ words: AdminWords) -> [TemplateContext] {
        var floor = Self.height
        return series.compactMap { series in
            guard let count = series.counts[day], count > 0 else { return nil }
            let height = max(Self.least, Double(count) / Double(top) * Self.height)
            floor = max(0, floor - height)
            return TemplateContext([
                "x": "\(place * Self.pitch + 3)", "y": Self.text(floor), "height": Self.text(height),
                "series": series.tone.rawValue,
                "label": "\(words.day(day)): \(words.number(count)) \(series.name.lowercased())",
            ])
        }
    }

    private func row(_ day: CivilDate, _ words: AdminWords) -> TemplateContext {
        var context = TemplateContext(["day": words.day(day)])
        context.set("counts", series.map { TemplateContext(["count": words.number($0.counts[day] ?? 0)]) })
        return context
    }

    private static func text(_ number: Double) -> String { String((number * 10).rounded() / 10) }
}

/// Lines with a number and a bar each.
struct Tally: Sendable {
    struct Line: Sendable {
        let label: String
        let count: Int
        let tone: Tone
        /// Where those that it counts are listed.
        var address: String?
    }

    let heading: String
    var about: String?
    let lines: [Line]

    func context(_ words: AdminWords) -> TemplateContext {
        let top = max(lines.map(\.count).max() ?? 0, 1)
        var context = TemplateContext(["heading": heading, "about": about])
        context.set(
            "lines",
            lines.map { line in
                let share = Double(line.count) / Double(top) * 100
                return TemplateContext([
                    "label": line.label, "count": words.number(line.count), "series": line.tone.rawValue,
                    "width": String(line.count == 0 ? 0 : max(1, (share * 10).rounded() / 10)), "address": line.address,
                ])
            })
        return context
    }
}
