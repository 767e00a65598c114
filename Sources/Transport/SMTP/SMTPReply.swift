/// One reply of an SMTP server (RFC 5321 section 4.2), all its lines read.
public struct SMTPReply: Hashable, Sendable, CustomStringConvertible {
    /// 200 to 599.
    public let code: Int
    /// The enhanced code of RFC 3463, when the server gives one.
    public let enhanced: EnhancedStatus?
    /// The text of each line without code and enhanced code; no controls.
    public let lines: [String]

    public init(code: Int, enhanced: EnhancedStatus? = nil, lines: [String]) {
        self.code = code
        self.enhanced = enhanced
        self.lines = lines
    }

    /// 2xx: done.
    public var isPositive: Bool { (200...299).contains(code) }
    /// 4xx: try again later.
    public var isTransient: Bool { (400...499).contains(code) }
    /// 5xx: do not try again as it is.
    public var isPermanent: Bool { (500...599).contains(code) }
    /// 421: the server closes the connection (RFC 5321 section 3.8).
    public var closesConnection: Bool { code == 421 }

    /// Whether it says that the connection has had its share of messages. What it says to a message with one recipient, and of
    /// neither a time nor a client's other connections, can mean nothing else.
    public var saysConnectionIsUsedUp: Bool {
        guard isTransient || isPermanent else { return false }
        if isTransient, enhanced?.subject == 5, enhanced?.detail == 3 { return true }
        let words = lines.joined(separator: " ").lowercased().split { !$0.isLetter }.map(String.init)
        func has(_ list: Set<String>) -> Bool { words.contains(where: list.contains) }
        let isMany = has(["many", "maximum", "max", "limit", "limits", "limited", "exceeded", "exceeds", "reached"])
        guard isMany, !has(Self.timeWords) else { return false }
        if has(["connection", "session"]), has(Self.mailWords.union(["message", "mail", "email", "transaction"])) {
            return true
        }
        return isTransient && words.contains("too") && has(Self.mailWords)
    }

    private static let mailWords: Set<String> = [
        "messages", "mails", "emails", "transactions", "recipients", "deliveries", "envelopes",
    ]
    private static let timeWords: Set<String> = [
        "second", "seconds", "minute", "minutes", "hour", "hours", "hourly", "day", "days", "daily", "today", "rate",
        "size", "large", "mailbox",
    ]

    /// `550 5.1.1 no such user`, lines joined by spaces.
    public var description: String {
        var text = "\(code)"
        if let enhanced { text += " \(enhanced)" }
        for line in lines where !line.isEmpty { text += " \(line)" }
        return text
    }
}

/// An enhanced mail system status code (RFC 3463): class, subject, detail.
public struct EnhancedStatus: Hashable, Sendable, CustomStringConvertible {
    /// 2 success, 4 transient, 5 permanent.
    public let category: Int
    /// 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy.
    public let subject: Int
    public let detail: Int

    public init(_ category: Int, _ subject: Int, _ detail: Int) {
        self.category = category
        self.subject = subject
        self.detail = detail
    }

    /// Reads `5.1.1`; nil for anything else.
    public init?(parsing text: some StringProtocol) {
        var numbers = [0]
        var digits = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "."), digits > 0, numbers.count < 3 {
                numbers.append(0)
                digits = 0
            } else if isDigit(byte), digits < 3 {
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte - 0x30)
                digits += 1
            } else {
                return nil
            }
        }
        guard numbers.count == 3, digits > 0, [2, 4, 5].contains(numbers[0]) else { return nil }
        self.init(numbers[0], numbers[1], numbers[2])
    }

    public var description: String { "\(category).\(subject).\(detail)" }
}

func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
