/// A mail, ready to be put into a message.
public struct RenderedMail: Sendable {
    /// One line, not yet encoded for the header.
    public let subject: String
    private let textPart: MailPart
    private let htmlPart: MailPart

    init(subject: String, text: MailPart, html: MailPart) {
        self.subject = subject
        textPart = text
        htmlPart = html
    }

    /// As a reader sees it, with LF line ends; for previews.
    public var text: String { textPart.text }
    public var html: String { htmlPart.text }

    /// Quoted-printable (RFC 2045 section 6.7) with CRLF, ending at a line end.
    public var textEncoded: [UInt8] { textPart.encoded }
    public var htmlEncoded: [UInt8] { htmlPart.encoded }
}

/// A mail that holds papers.
public typealias RenderedDigest = RenderedMail
