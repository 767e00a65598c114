import Foundation

/// Times are stored as Int64 milliseconds since 1970 UTC, which both databases sort and compare alike.
extension Date {
    /// Milliseconds since 1970-01-01T00:00:00Z; the nearest there are for instants beyond 292 million years.
    public var milliseconds: Int64 {
        let exact = (timeIntervalSince1970 * 1000).rounded()
        return Int64(exactly: exact) ?? (exact > 0 ? .max : .min)
    }

    public init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

extension Optional<Date> {
    var milliseconds: Int64? { self?.milliseconds }
}

extension SQLRow {
    func date(_ name: String) throws -> Date? { try integer(name).map(Date.init(milliseconds:)) }

    func instant(_ name: String) throws -> Date { Date(milliseconds: try number(name)) }
}
