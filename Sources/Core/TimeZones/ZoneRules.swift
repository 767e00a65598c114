import Foundation

/// How far a zone's clock is from Greenwich, at any moment, and which moment a time on its wall is.
enum ZoneRules: Sendable {
    /// Seconds east of Greenwich, for ever.
    case fixed(Int)
    case file(TZifFile)
    /// The rules that are linked into the program, for machines without a time-zone database.
    case foundation(TimeZone)

    /// Seconds east of Greenwich.
    func offset(at instant: Int64) -> Int {
        switch self {
        case .fixed(let offset): offset
        case .file(let file): file.offset(at: instant)
        case .foundation(let zone): zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
        }
    }

    /// The first moment after `instant`, and up to `end`, at which something about the clock changes.
    func nextChange(after instant: Int64, until end: Int64) -> Int64? {
        switch self {
        case .fixed: return nil
        case .file(let file): return file.nextChange(after: instant).flatMap { $0 <= end ? $0 : nil }
        case .foundation:
            let before = offset(at: instant)
            guard offset(at: end) != before else { return nil }
            var (low, high) = (instant, end)
            while high - low > 1 {
                let middle = low + (high - low) / 2
                if offset(at: middle) == before { low = middle } else { high = middle }
            }
            return high
        }
    }

    /// A moment that a time on the wall stands for.
    struct Moment: Equatable {
        /// In seconds since 1970 UTC.
        let instant: Int64
        /// Where the clock is put forward over the time: when that happens.
        let gap: Int64?
    }

    /// No clock is further from Greenwich, in seconds.
    private static let farthest: Int64 = 93_600

    /// The moment of a time on the wall.
    ///
    /// Of a time that comes twice, since the clock is put back, the first counts. A time that is skipped, since the clock is
    /// put forward, lies as far behind the change as it would without one: 02:30 is shown as 03:30.
    ///
    /// - Parameter local: seconds from 1970-01-01 00:00 on the wall.
    func moment(ofLocal local: Int64) -> Moment {
        var begin = local - Self.farthest
        let end = local + Self.farthest
        var offset = Int64(self.offset(at: begin))
        while true {
            let next = nextChange(after: begin, until: end)
            let instant = local - offset
            guard let next else { return Moment(instant: instant, gap: nil) }
            if instant < next { return Moment(instant: instant, gap: nil) }
            let following = Int64(self.offset(at: next))
            if local - following < next { return Moment(instant: instant, gap: next) }
            (begin, offset) = (next, following)
        }
    }
}
