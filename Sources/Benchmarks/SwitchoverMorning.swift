import Foundation
import Loopback
import Mail

/// What came of a morning in whose middle the database's primary was replaced.
struct SwitchoverMorning {
    /// When it was done to the primary, and when another had taken over.
    let struck: Date
    let replaced: Date
    /// By sender.
    var received: [[ReceivedMessage]] = []
    /// Rows that were not recorded as sent at the end.
    var stuck = 0
    /// Seconds until the first and the last answer of `/readyz` that was not 200; nil where each was.
    var unready: (first: Double, last: Double)?
    /// What the processes said since, each line once and how often.
    private(set) var log: [String] = []

    init(struck: Date, replaced: Date) {
        self.struck = struck
        self.replaced = replaced
    }

    var recipients: Int { Set(received.joined().flatMap(\.recipients)).count }

    var doubles: Int { received.joined().count - recipients }

    /// Readers who got mails with different Message-IDs.
    var differing: Int {
        var ids: [String: Set<String>] = [:]
        for message in received.joined() {
            ids[message.recipients.joined(), default: []]
                .insert(ParsedMessage(message.bytes.prefix(4000)).fields["message-id"] ?? "")
        }
        return ids.values.count { $0.count > 1 }
    }

    /// The longest time without a mail at one of the sinks, in seconds.
    var pause: Double {
        received.map { messages in
            let times = messages.map(\.receivedAt).filter { $0 >= struck }.sorted()
            return zip([struck] + times, times).map { $1.timeIntervalSince($0) }.max() ?? 0
        }.max() ?? 0
    }

    /// One of ``SwitchoverBenchmark``'s table.
    func row(
        _ replication: PatroniCluster.Replication, _ event: PatroniCluster.Event, of subscribers: Int
    ) -> String {
        func seconds(_ value: Double) -> String { String(format: "%.1f", value) }
        let done =
            switch event {
            case .handover: "hands over"
            case .kill: "killed"
            case .freeze: "frozen"
            }
        let last = received.joined().map(\.receivedAt).max() ?? struck
        let cells = [
            replication.rawValue, done, seconds(replaced.timeIntervalSince(struck)), seconds(pause),
            seconds(last.timeIntervalSince(struck)), "\(subscribers - recipients)", "\(doubles)", "\(differing)",
            "\(stuck)", unready.map { "\(seconds($0.first)) to \(seconds($0.last))" } ?? "–",
        ]
        return "| \(cells.joined(separator: " | ")) |"
    }

    /// Takes in what a process has written since, with the seconds of the first of equal lines.
    mutating func read(_ file: String, of process: String) throws {
        var counts: [(text: String, at: Double, count: Int)] = []
        for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            guard words.count == 2, let at = try? time.parse(String(words[0])), at >= struck else { continue }
            if let known = counts.firstIndex(where: { $0.text == words[1] }) {
                counts[known].count += 1
            } else {
                counts.append((String(words[1]), at.timeIntervalSince(struck), 1))
            }
        }
        log += counts.map { "\(process), \(String(format: "%.1f", $0.at)) s, \($0.count) times: \($0.text)" }
    }
}
