import Foundation

/// A mailbox that is read over IMAP or POP3, encrypted from the first byte (RFC 8314).
public struct MailboxServer: Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable { case imaps, pop3s }

    public let kind: Kind
    public let host: String
    public let port: Int
    /// The IMAP folder.
    public let folder: String
    let user: String
    let password: Secret
    /// A PEM file of the authorities to trust instead of the system's.
    public var caFile: String?
    /// For name lookup, TCP, TLS and login.
    public var connectTimeout = Duration.seconds(30)
    /// For each command.
    public var responseTimeout = Duration.seconds(120)

    /// Reads `imaps://user:password@host:993/FOLDER` or `pop3s://user:password@host:995`; INBOX where no folder is named.
    ///
    /// - Throws: ``TransportError`` that never shows the password.
    public init(url: String) throws(TransportError) {
        guard let parts = URLComponents(string: url), let kind = Kind(rawValue: parts.scheme?.lowercased() ?? ""),
            let host = parts.encodedHost, !host.isEmpty
        else {
            throw TransportError(
                .badInput,
                "the address of the mailbox cannot be read: write it as imaps://user:password@host/INBOX or pop3s://user:password@host, with signs like @ or / in the password percent-encoded"
            )
        }
        let folder = String(parts.path.drop { $0 == "/" })
        guard kind == .imaps || folder.isEmpty, parts.query == nil else {
            throw TransportError(
                .badInput, "the address of the mailbox on \(host) ends too late: remove what follows the host")
        }
        let (user, password) = (parts.user ?? "", parts.password ?? "")
        guard !user.isEmpty,
            (user + password + folder).unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else {
            throw TransportError(
                .badInput, "the mailbox on \(host) needs a user and password without control characters")
        }
        self.kind = kind
        self.host = host
        port = parts.port ?? (kind == .imaps ? 993 : 995)
        self.folder = folder.isEmpty ? "INBOX" : folder
        self.user = user
        self.password = Secret(password)
    }

    /// `imaps://host:port`, without user and password.
    public var description: String { "\(kind.rawValue)://\(host):\(port)" }
}
