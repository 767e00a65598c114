/// What a receiver offers and asks for.
public struct SMTPReceiverOptions: Sendable {
    public enum TLS: Sendable {
        case none
        /// Offered by STARTTLS (RFC 3207); AUTH and MAIL are answered under TLS only.
        case startTLS(LoopbackCertificate)
        /// From the first byte on, as on port 465 (RFC 8314).
        case implicit(LoopbackCertificate)
    }

    public struct Credentials: Sendable, Equatable {
        public var user: String
        /// A password, or the bearer token for XOAUTH2.
        public var secret: String

        public init(user: String, secret: String) {
            self.user = user
            self.secret = secret
        }
    }

    public var tls = TLS.none
    /// Asked for by AUTH when set.
    public var credentials: Credentials?
    /// The mechanisms that AUTH names.
    public var mechanisms = ["PLAIN", "LOGIN", "XOAUTH2"]
    /// Larger messages are refused at their end, whatever SIZE says; nil for none.
    public var mostBytes: Int?
    /// How they are refused.
    public var tooLarge = "552 5.3.4 Message too big"
    /// Keywords of EHLO that are offered besides STARTTLS and AUTH.
    public var extensions = ["PIPELINING", "SIZE 52428800", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"]
    public var script: SMTPScript = { _ in .proceed }
    /// Whether bodies are kept; off for long benchmarks, where only envelopes and sizes are.
    public var keepsBodies = true
    /// Every group of answers is held back this long, as a distant server's would be.
    public var latencyMilliseconds = 0

    public init() {}
}
