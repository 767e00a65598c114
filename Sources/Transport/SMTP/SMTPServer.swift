import Foundation

/// Where mail is handed in, and on what terms.
public struct SMTPServer: Sendable {
    /// What is asked of a connection that begins in clear (`smtp://`); `smtps://` is encrypted from the first byte.
    public enum TLSPolicy: String, Sendable, Codable, CaseIterable {
        /// STARTTLS or nothing: a server that does not offer it is an error.
        case required
        /// STARTTLS if offered. With credentials it is required all the same: a password is never sent in clear
        /// because somebody on the way has removed the offer.
        case opportunistic
        /// Never; for servers on this machine.
        case none
    }

    public let host: String
    public let port: Int
    /// `smtps://`: TLS from the first byte (RFC 8314).
    public let isImplicitTLS: Bool
    public var tls: TLSPolicy
    var isNeverEncrypted: Bool { !isImplicitTLS && tls == .none }
    /// A user for AUTH; nil to send without.
    public let user: String?
    let password: Secret
    /// An OAuth 2 access token for AUTH XOAUTH2, used instead of the password.
    public var bearerToken: Secret?
    /// A PEM file of the authorities to trust instead of the system's.
    public var caFile: String?
    /// PEM files for a server that asks for a client's certificate.
    public var clientCertificateFile: String?
    public var clientKeyFile: String?
    /// The name for EHLO; nil for this machine's.
    public var clientName: String?
    /// For name lookup, TCP and TLS.
    public var connectTimeout = Duration.seconds(30)
    /// For each reply (RFC 5321 section 4.5.3.2 asks for 5 minutes).
    public var responseTimeout = Duration.seconds(300)
    /// For the reply to the end of a message (RFC 5321 asks for 10 minutes).
    public var finalResponseTimeout = Duration.seconds(600)

    /// Reads `smtp://user:password@host:port` or `smtps://…`; ports 25 and 465 when none is given. Signs in user and
    /// password that mean something in a URL are percent-encoded.
    ///
    /// - Throws: ``TransportError`` that never shows the password.
    public init(url: String, tls: TLSPolicy = .required) throws(TransportError) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            scheme == "smtp" || scheme == "smtps", let host = parts.encodedHost, !host.isEmpty
        else {
            throw TransportError(
                .badInput,
                "the address of the SMTP server cannot be read: write it as smtp://user:password@host:587, with signs like @ or / in the password percent-encoded"
            )
        }
        guard parts.path.isEmpty || parts.path == "/", parts.query == nil else {
            throw TransportError(
                .badInput, "the address of the SMTP server \(host) ends after the port: remove what follows")
        }
        let user = parts.user ?? ""
        guard (user + (parts.password ?? "")).unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw TransportError(
                .badInput, "user or password for the SMTP server \(host) hold a control character: remove it")
        }
        self.host = host
        isImplicitTLS = scheme == "smtps"
        port = parts.port ?? (isImplicitTLS ? 465 : 25)
        self.tls = tls
        self.user = user.isEmpty ? nil : user
        password = Secret(parts.password ?? "")
    }

    var needsTLS: Bool {
        isImplicitTLS || tls == .required || (tls == .opportunistic && user != nil)
    }
}

extension SMTPServer: CustomStringConvertible {
    /// `smtp://host:port`, without user and password.
    public var description: String { "\(isImplicitTLS ? "smtps" : "smtp")://\(host):\(port)" }
}

/// A text that shows itself to nobody: not in descriptions, dumps or mirrors.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let value: String

    public init(_ value: String) { self.value = value }

    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
