import Mail

/// A mail, ready to be put into a message.
public struct RenderedMail: Sendable {
    /// One line, not yet encoded for the header.
    public let subject: String
    public let body: MIMEBody

    init(subject: String, body: MIMEBody) {
        self.subject = subject
        self.body = body
    }

    init(subject: String, text: String, html: String) {
        self.init(
            subject: subject,
            body: MIMEBody(
                text: QuotedPrintable.encode(text), html: QuotedPrintable.encode(html), name: subject))
    }

    /// Quoted-printable (RFC 2045 section 6.7) with CRLF, ending at a line end.
    public var textEncoded: [UInt8] { body.textEncoded }
    public var htmlEncoded: [UInt8] { body.htmlEncoded }

    /// As a reader sees it, with LF line ends; for previews.
    public var text: String { QuotedPrintable.text(of: textEncoded) }
    public var html: String { QuotedPrintable.text(of: htmlEncoded) }
}

/// A mail that holds papers.
public typealias RenderedDigest = RenderedMail
