/// Where in a conversation a receiver may be told to misbehave.
public enum SMTPStage: String, Sendable, CaseIterable {
    case connect, ehlo, startTLS, auth, mail, rcpt, data
    /// The first bytes of a message have come, its end has not.
    case body
    /// The final dot has come.
    case final
    case rset, quit
}

/// What a receiver is about to answer.
public struct SMTPEvent: Sendable {
    public let stage: SMTPStage
    /// The address for `mail` and `rcpt`, otherwise the command's argument.
    public let argument: String
    /// The connection, counted from 1.
    public let connection: Int
    /// Messages this connection has brought so far.
    public let messages: Int
}

/// What a receiver does instead of the usual.
public enum SMTPAction: Sendable, Equatable {
    case proceed
    /// Answers with this line or lines (joined by LF), such as `550 5.1.1 no such user`.
    case reply(String)
    case replyAndClose(String)
    /// Closes the connection without a word.
    case drop
    /// Answers as usual, but only after this many milliseconds; what follows waits too.
    case delay(milliseconds: Int)
    /// Answers as usual after so many milliseconds, and never sees what came meanwhile.
    case swallow(milliseconds: Int)
    /// Answers the end of a message after so many milliseconds, but where this word came meanwhile the connection is closed
    /// without an answer; the message is kept.
    case dropBefore(String, milliseconds: Int)
}

/// Asked before each answer; must be quick, it runs on the receiver's event loop.
public typealias SMTPScript = @Sendable (SMTPEvent) -> SMTPAction
