import Foundation
import Papers

/// Something that is counted by the day, under the name that ``StatisticsStore`` gives it out by.
enum DailyCounts {
    private static let day: Int64 = 86_400_000

    static func number(ofDay time: Date) -> Int64 { time.milliseconds / day }

    /// Adds to the counts of a day. In order of names, so that two transactions never wait for each other.
    static func add(_ sql: any SQLConnection, _ counts: [String: Int], at time: Date) throws {
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
            try sql.execute(
                """
                INSERT INTO daily_counts (day, name, count) VALUES ($1, $2, $3)
                ON CONFLICT (day, name) DO UPDATE SET count = daily_counts.count + excluded.count
                """, [number(ofDay: time), name, count])
        }
    }

    /// A stored count, in bounds within which sums of many are numbers, too.
    static func read(_ count: Int64) -> Int { Int(min(max(0, count), WholeNumber.rows.upperBound / 4096)) }

    /// Counts what became of a delivery, and what the mail server said of it.
    static func count(_ result: DeliveryResult, in counts: inout [String: Int]) {
        guard result.state != .pending else { return }
        counts[outcome(result.state), default: 0] += 1
        if result.state != .skipped { counts[reply(result.reply), default: 0] += 1 }
    }

    static func outcome(_ state: DeliveryState) -> String { "mail \(state.rawValue)" }

    static func bounce(_ fault: DeliveryFault) -> String { "bounce \(fault.rawValue)" }

    /// The class of what a mail server said: `reply 2xx`; `reply none` where it said nothing, or the fault was on the way.
    static func reply(_ text: String) -> String {
        let givenUp = "given up after: "
        let code = text.utf8.dropFirst(text.hasPrefix(givenUp) ? givenUp.utf8.count : 0).prefix(4)
        guard code.count >= 3, code.prefix(3).allSatisfy({ (0x30...0x39).contains($0) }),
            code.count == 3 || code.last == 0x20 || code.last == 0x2D, let first = code.first,
            (0x32...0x35).contains(first)
        else { return "reply none" }
        return "reply \(Character(Unicode.Scalar(first)))xx"
    }
}
