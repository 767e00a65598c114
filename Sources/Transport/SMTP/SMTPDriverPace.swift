/// How long a driver's thread rests between two looks at its connections: each look takes the processor from those who
/// compose and sign. Where these are what everybody waits for, few messages are under way and it rests long; where messages
/// wait for the connections, it looks often.
struct SMTPDriverPace {
    /// Microseconds. The longest is a small part of what a message takes on one connection.
    private static let shortest: UInt32 = 100
    private static let longest: UInt32 = 1600
    private var present = shortest

    /// - Parameters:
    ///   - messages: under way or waiting, on all connections.
    ///   - connections: all of them.
    /// - Returns: microseconds.
    mutating func rest(with messages: Int, on connections: Int) -> UInt32 {
        if messages > connections * 2 {
            present = max(Self.shortest, present / 2)
        } else if messages * 2 < connections * 3 {
            present = min(Self.longest, present * 2)
        }
        return present
    }
}
