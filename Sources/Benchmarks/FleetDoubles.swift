import Foundation
import Loopback
import Mail

/// Something that was done to a fleet while it sent.
struct FleetEvent {
    enum Cause {
        case kill
        case restart
    }

    let cause: Cause
    /// The senders that it met.
    let senders: [Int]
    let began: Date
    /// What came until then had been sent before.
    let ended: Date

    init(_ cause: Cause, of senders: [Int], from began: Date) {
        self.cause = cause
        self.senders = senders
        self.began = began
        ended = Date()
    }
}

/// Which mails came more than once, and because of what.
struct FleetDoubles {
    /// Of each event, in their order.
    private(set) var ofKills: [Double]
    private(set) var ofRestarts: [Double]
    /// The longest time from a mail that came again to the kill of its sender, in seconds.
    private(set) var oldest = 0.0
    let recipients: Int

    private struct Copy {
        let sender: Int
        let messageID: String
        let at: Date
    }

    /// - Parameter received: by sender.
    /// - Throws: ``BenchmarkFailure`` where a second mail is not the first again, and where nothing explains it.
    init(_ received: [[ReceivedMessage]], events: [FleetEvent]) throws {
        var copies: [String: [Copy]] = [:]
        for (sender, messages) in received.enumerated() {
            for message in messages {
                let id = ParsedMessage(message.bytes.prefix(4000)).fields["message-id"] ?? ""
                copies[message.recipients.joined(), default: []].append(
                    Copy(sender: sender, messageID: id, at: message.receivedAt))
            }
        }
        recipients = copies.count
        var counts = Array(repeating: 0.0, count: events.count)
        for (recipient, copies) in copies where copies.count > 1 {
            let copies = copies.sorted { $0.at < $1.at }
            for (first, second) in zip(copies, copies.dropFirst()) {
                guard first.messageID == second.messageID else {
                    throw BenchmarkFailure("\(recipient) got \(first.messageID) and \(second.messageID)")
                }
                let cause = events.firstIndex {
                    $0.senders.contains(first.sender) && $0.ended >= first.at && $0.began <= second.at
                }
                guard let cause else { throw BenchmarkFailure("\(recipient) got two mails, and nothing had happened") }
                counts[cause] += 1
                if events[cause].cause == .kill {
                    oldest = max(oldest, events[cause].began.timeIntervalSince(first.at))
                }
            }
        }
        ofKills = zip(events, counts).filter { $0.0.cause == .kill }.map(\.1)
        ofRestarts = zip(events, counts).filter { $0.0.cause == .restart }.map(\.1)
    }
}
