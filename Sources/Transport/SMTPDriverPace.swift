/// How long a driver's thread rests between two looks at its connections: each look takes the processor from those who
/// compose and sign, so it rests longer while it finds little to do, and shorter while much waits.
struct SMTPDriverPace {
    /// Microseconds. The longest is a small part of what a message takes on one connection.
    private static let shortest: UInt32 = 100
    private static let longest: UInt32 = 800
    private var present = shortest

    /// - Parameters:
    ///   - ready: connections that had something to do at the last look.
    ///   - connections: all of them.
    /// - Returns: microseconds.
    mutating func rest(after ready: Int, of connections: Int) -> UInt32 {
        if ready * 2 > connections {
            present = max(Self.shortest, present / 2)
        } else if ready * 4 < connections {
            present = min(Self.longest, present * 2)
        }
        return present
    }
}
