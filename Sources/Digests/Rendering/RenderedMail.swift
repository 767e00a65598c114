import Mail

/// A mail, ready to be put into a message.
public struct RenderedMail: Sendable {
    /// One line, not yet encoded for the header.
    public let subject: String
    /// Quoted-printable (RFC 2045 section 6.7) with CRLF, ending at a line end.
    public let textEncoded: [UInt8]
    public let htmlEncoded: [UInt8]

    init(subject: String, textEncoded: [UInt8], htmlEncoded: [UInt8]) {
        self.subject = subject
        self.textEncoded = textEncoded
        self.htmlEncoded = htmlEncoded
    }

    init(subject: String, text: String, html: String) {
        self.init(
            subject: subject, textEncoded: QuotedPrintable.encode(text), htmlEncoded: QuotedPrintable.encode(html))
    }

    /// As a reader sees it, with LF line ends; for previews.
    public var text: String { QuotedPrintable.text(of: textEncoded) }
    public var html: String { QuotedPrintable.text(of: htmlEncoded) }
}

/// A mail that holds papers.
public typealias RenderedDigest = RenderedMail
