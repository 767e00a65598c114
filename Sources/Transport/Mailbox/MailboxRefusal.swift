/// Why an IMAP or POP3 server does not let somebody into a mailbox, by what it said: libcurl calls all of it a refused login.
struct MailboxRefusal: Equatable {
    enum Cause: Equatable {
        /// User or password.
        case credentials
        /// It might let us in at another time.
        case tryLater
        /// The IMAP folder is not there, or not for this user.
        case folder
        /// There is no way to log in that both know.
        case mechanism
    }

    let cause: Cause
    /// What the server said, without tag and `NO` or `-ERR`; empty where it refused nothing.
    let said: String

    /// - Parameters:
    ///   - lines: what the server answered in this session.
    ///   - failure: libcurl's words.
    init(lines: [String], failure: String) {
        let refusal = lines.last(where: Self.isRefusal)
        said = refusal.map(Self.text) ?? ""
        let folded = said.lowercased()
        let code = folded.hasPrefix("[") ? String(folded.dropFirst().prefix { $0 != "]" && $0 != " " }) : ""
        if failure.lowercased().contains("select") || Self.folderCodes.contains(code) {
            cause = .folder
        } else if refusal == nil {
            cause = .mechanism
        } else if Self.credentialCodes.contains(code) {
            cause = .credentials
        } else if Self.laterCodes.contains(code) || Self.laterWords.contains(where: folded.contains) {
            cause = .tryLater
        } else {
            cause = Self.mechanismWords.contains(where: folded.contains) ? .mechanism : .credentials
        }
    }

    /// `A002 NO …`, `A002 BAD …`, `* BYE …` or `-ERR …`.
    private static func isRefusal(_ line: String) -> Bool {
        if line.hasPrefix("-ERR") { return true }
        let words = line.split(separator: " ", maxSplits: 2)
        return words.count >= 2 && ["NO", "BAD", "BYE"].contains(words[1].uppercased())
    }

    private static func text(_ line: String) -> String {
        let dropped =
            line.hasPrefix("-ERR")
            ? line.dropFirst(4) : line.split(separator: " ", maxSplits: 2).dropFirst(2).first ?? ""
        return String(dropped.drop(while: \.isWhitespace))
    }

    // RFC 5530, RFC 2449, RFC 3206.
    private static let credentialCodes: Set = ["auth", "authenticationfailed", "authorizationfailed", "expired"]
    private static let folderCodes: Set = ["nonexistent", "trycreate", "noperm", "cannot"]
    private static let laterCodes: Set = [
        "unavailable", "limit", "inuse", "in-use", "login-delay", "sys/temp", "serverbug", "overquota", "throttled",
    ]
    private static let laterWords = [
        "try again", "try later", "temporar", "too many", "too soon", "too frequent", "minimum interval", "login delay",
        "login interval", "already in use", "locked by", "is locked", "busy", "wait ", "internal error", "overloaded",
        "throttl",
    ]
    private static let mechanismWords = [
        "logindisabled", "plaintext authentication disallowed", "mechanism", "not supported",
        "basic authentication is disabled",
        "basicauthblocked", "application-specific", "app password", "web login required",
    ]
}
