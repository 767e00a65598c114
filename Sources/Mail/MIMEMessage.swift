import Foundation

/// A mail with a text and an HTML part (`multipart/alternative`, RFC 2046 section 5.1.4) for one recipient.
public struct MIMEMessage: Sendable {
    public var from: Mailbox
    public var to: Mailbox
    public var replyTo: Mailbox?
    /// Free text; ``HeaderText/cleaned(_:)`` is applied and it is cut at 120 characters, so no title can inject anything.
    public var subject: String
    public var date: Date
    /// Without the angle brackets, under our own domain.
    public var messageID: String
    /// Further fields, such as those of ``ListHeaders``.
    public var extra: [HeaderField]
    /// The plain part, quoted-printable already (``QuotedPrintable/encode(_:)``), UTF-8 underneath.
    public var text: [UInt8]
    /// The HTML part, quoted-printable already.
    public var html: [UInt8]

    public init(
        from: Mailbox, to: Mailbox, replyTo: Mailbox? = nil, subject: String, date: Date, messageID: String,
        extra: [HeaderField] = [], text: [UInt8], html: [UInt8]
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.date = date
        self.messageID = messageID
        self.extra = extra
        self.text = text
        self.html = html
    }

    /// Whether the header holds an address that only SMTPUTF8 (RFC 6531) carries.
    public var needsSMTPUTF8: Bool {
        from.address.needsSMTPUTF8 || to.address.needsSMTPUTF8 || replyTo?.address.needsSMTPUTF8 == true
    }

    /// The message as it goes out: CRLF throughout, lines within RFC 5322's limits, not dot-stuffed.
    ///
    /// The same message always gives the same bytes.
    ///
    /// - Parameter signers: each adds its fields in front; none sees another's.
    /// - Throws: ``MailError`` for an empty subject, a bad Message-ID, and whatever a signer reports.
    public func serialised(signers: [any MessageSigner] = []) throws(MailError) -> [UInt8] {
        let boundary = self.boundary
        let head = try self.head(boundary)
        var message: [UInt8] = []
        message.reserveCapacity(head.count + text.count + html.count + 1024 + signers.count * 1024)
        message.append(contentsOf: head)
        message.append(contentsOf: [13, 10])
        appendBody(boundary, to: &message)
        var signatures: [UInt8] = []
        for signer in signers {
            signatures.append(contentsOf: try signer.signature(head: head, body: message[(head.count + 2)...]))
        }
        // There is room: the bytes move up in place.
        if !signatures.isEmpty { message.insert(contentsOf: signatures, at: 0) }
        return message
    }

    private static let senders = BoundedCache<Mailbox, HeaderField>(most: 20)
    private static let subjects = BoundedCache<String, HeaderField>(most: 1000)

    private func subjectField() throws(MailError) -> HeaderField {
        let subject = HeaderText.shortened(HeaderText.cleaned(subject), to: 120)
        guard !subject.isEmpty else { throw MailError("the message \(messageID) has no subject: give it one") }
        return HeaderField("Subject", unstructured: subject)
    }

    private func head(_ boundary: String) throws(MailError) -> [UInt8] {
        guard MessageID.isValid(messageID) else {
            let shown = HeaderText.shortened(HeaderText.cleaned(messageID), to: 80)
            throw MailError(
                "\"\(shown)\" is not a Message-ID: use ASCII letters, digits and dots on both sides of one @")
        }
        let sender = Self.senders.value(for: from) { HeaderField("From", tokens: from.headerTokens) }
        var fields = [sender, HeaderField("To", tokens: to.headerTokens)]
        if let replyTo { fields.append(HeaderField("Reply-To", tokens: replyTo.headerTokens)) }
        fields.append(try Self.subjects.value(for: subject, subjectField))
        fields.append(HeaderField("Date", tokens: [.fixed(MailDate.string(date))]))
        fields.append(HeaderField("Message-ID", tokens: [.fixed("<\(messageID)>")]))
        fields.append(contentsOf: extra)
        fields.append(HeaderField("MIME-Version", tokens: [.fixed("1.0")]))
        let type = ["multipart/alternative;", "boundary=\"\(boundary)\""]
        fields.append(HeaderField("Content-Type", tokens: type.map(HeaderToken.fixed)))
        var head: [UInt8] = []
        head.reserveCapacity(fields.reduce(0) { $0 + $1.bytes.count })
        for field in fields { head.append(contentsOf: field.bytes) }
        return head
    }

    /// `=_` cannot occur in quoted-printable (RFC 2045 section 6.7), so no part can hold the boundary; the rest only
    /// tells messages apart, and comes from the Message-ID so that sending again gives the same bytes.
    var boundary: String { "=_\(String(FNV1a.hash(messageID), radix: 16))" }

    private func appendBody(_ boundary: String, to body: inout [UInt8]) {
        for (type, part) in [("text/plain", text), ("text/html", html)] {
            body.append(contentsOf: "--\(boundary)\r\n".utf8)
            body.append(contentsOf: "Content-Type: \(type); charset=utf-8\r\n".utf8)
            body.append(contentsOf: "Content-Transfer-Encoding: quoted-printable\r\n\r\n".utf8)
            body.append(contentsOf: part)
            if !part.isEmpty, part.last != 10 { body.append(contentsOf: [13, 10]) }
        }
        body.append(contentsOf: "--\(boundary)--\r\n".utf8)
    }
}

/// The 64-bit hash of Fowler, Noll and Vo: stable from run to run, which Swift's own is not.
enum FNV1a {
    static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
