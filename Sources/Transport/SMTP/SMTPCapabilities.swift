/// What a server said to EHLO (RFC 5321 section 4.1.1.1).
public struct SMTPCapabilities: Hashable, Sendable {
    /// RFC 2920: commands may be sent without waiting for each reply.
    public var pipelining = false
    /// RFC 1870: the largest message in bytes; 0 or nil when none is named.
    public var size: Int?
    /// Whether SIZE was named at all, so that MAIL may declare one.
    public var declaresSize = false
    /// RFC 6152.
    public var eightBitMIME = false
    /// RFC 6531.
    public var smtpUTF8 = false
    /// RFC 2034.
    public var enhancedStatusCodes = false
    /// RFC 3207.
    public var startTLS = false
    /// RFC 3030.
    public var chunking = false
    /// RFC 4954, upper case.
    public var authentication: [String] = []

    public init() {}

    /// Reads the reply to EHLO; the first line is the server's greeting.
    public init(ehlo reply: SMTPReply) {
        for line in reply.lines.dropFirst() { read(line) }
    }

    private mutating func read(_ line: String) {
        // "AUTH=PLAIN" is how some old servers still write it.
        let words = line.uppercased().split { $0 == " " || $0 == "=" }
        switch words.first {
        case "PIPELINING": pipelining = true
        case "SIZE":
            declaresSize = true
            size = words.dropFirst().first.flatMap { Int($0) }
        case "8BITMIME": eightBitMIME = true
        case "SMTPUTF8": smtpUTF8 = true
        case "ENHANCEDSTATUSCODES": enhancedStatusCodes = true
        case "STARTTLS": startTLS = true
        case "CHUNKING": chunking = true
        case "AUTH": authentication += words.dropFirst().map(String.init)
        default: break
        }
    }
}
