/// Why a message cannot be built: one sentence that names the thing and the mend.
public struct MailError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
