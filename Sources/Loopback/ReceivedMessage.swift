import Foundation

/// A message a receiver has accepted.
public struct ReceivedMessage: Sendable {
    /// The envelope sender; empty for `<>`.
    public let sender: String
    public let recipients: [String]
    /// Everything between DATA and the final dot, dot-unstuffed; empty when bodies are not kept.
    public let bytes: [UInt8]
    /// The size of the message, kept or not.
    public let size: Int
    public let receivedAt: Date
    /// The connection it came by, counted from 1.
    public let connection: Int

    /// The bytes as text, for tests and for people.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What a receiver has counted.
public struct SMTPReceiverStatistics: Sendable, Equatable {
    public var connections = 0
    public var messages = 0
    public var commands = 0
    /// Groups of answers sent: the round trips the clients had to wait for.
    public var answers = 0
    public var logins = 0
    public var handshakes = 0
}
