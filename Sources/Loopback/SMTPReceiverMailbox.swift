import Synchronization

/// What all connections of a receiver share: the messages and the counts.
final class SMTPReceiverMailbox: Sendable {
    private struct Contents {
        var messages: [ReceivedMessage] = []
        var statistics = SMTPReceiverStatistics()
    }

    private let contents = Mutex(Contents())

    var messages: [ReceivedMessage] { contents.withLock { $0.messages } }
    var statistics: SMTPReceiverStatistics { contents.withLock { $0.statistics } }

    func add(_ message: ReceivedMessage) {
        contents.withLock {
            $0.messages.append(message)
            $0.statistics.messages += 1
        }
    }

    /// The number of a new connection, from 1.
    func connect() -> Int {
        contents.withLock {
            $0.statistics.connections += 1
            return $0.statistics.connections
        }
    }

    func count(_ change: (inout SMTPReceiverStatistics) -> Void) {
        contents.withLock { change(&$0.statistics) }
    }
}
