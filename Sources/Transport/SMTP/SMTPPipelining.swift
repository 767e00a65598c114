/// How far commands go ahead of a server's replies, where it offers PIPELINING (RFC 2920).
public enum SMTPPipelining: String, Sendable, Codable, CaseIterable, Comparable {
    /// Each command waits for the reply to the one before.
    case off
    /// MAIL, RCPT and DATA go in one write; the end of a message goes alone and its reply is awaited.
    case envelope
    /// The next message's MAIL, RCPT and DATA go in one write with the end of the one before.
    case full

    public static func < (one: SMTPPipelining, other: SMTPPipelining) -> Bool { one.rank < other.rank }

    private var rank: Int {
        switch self {
        case .off: 0
        case .envelope: 1
        case .full: 2
        }
    }
}

/// What has been learnt of a relay, as it is stored.
public struct SMTPRelayTraits: Sendable, Equatable {
    /// How far commands may go ahead; nil where it is not known yet.
    public var pipelining: SMTPPipelining?
    /// Why not further than that.
    public var reason: String?
    /// How many messages the relay takes of one connection; nil where it has named no limit.
    public var messagesPerConnection: Int?

    public init(pipelining: SMTPPipelining? = nil, reason: String? = nil, messagesPerConnection: Int? = nil) {
        self.pipelining = pipelining
        self.reason = reason
        self.messagesPerConnection = messagesPerConnection
    }

    /// Whether the relay cannot take what PIPELINING promises.
    public var waits: Bool { pipelining.map { $0 < .full } ?? false }
}

/// How long is too long for a reply to what was sent ahead. A relay that needs longer than these, and ten times longer than
/// it ever needed with nothing sent ahead, does not take commands that are sent ahead.
public struct SMTPPatience: Sendable, Equatable {
    /// For the reply to the end of a message with something behind it. The message is still waited for after that.
    public var final = Duration.seconds(15)
    /// For the reply to a command behind the end of a message, once the reply to the end has come.
    public var behind = Duration.seconds(2)
    /// For the reply to a command of an envelope, once the reply to the command before has come.
    public var envelope = Duration.seconds(15)

    public init() {}
}
