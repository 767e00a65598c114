import Core
import Foundation

/// A mail with a text and an HTML part for one recipient.
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
    public var body: MIMEBody

    public init(
        from: Mailbox, to: Mailbox, replyTo: Mailbox? = nil, subject: String, date: Date, messageID: String,
        extra: [HeaderField] = [], body: MIMEBody
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.date = date
        self.messageID = messageID
        self.extra = extra
        self.body = body
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
        try header(signers: signers) + body.bytes
    }

    /// What goes out in front of the body: all fields and the empty line, as in ``serialised(signers:)``.
    public func header(signers: [any MessageSigner] = []) throws(MailError) -> [UInt8] {
        let fields = try fields()
        var header: [UInt8] = []
        header.reserveCapacity(fields.reduce(signers.count * 1024 + 2) { $0 + $1.bytes.count })
        for signer in signers { header.append(contentsOf: try signer.signature(fields: fields, body: body)) }
        for field in fields { header.append(contentsOf: field.bytes) }
        header.append(contentsOf: [13, 10])
        return header
    }

    // What many messages share is made once.
    private static let senders = BoundedCache<Mailbox, HeaderField>(most: 20)
    private static let subjects = BoundedCache<String, HeaderField>(most: 1000)
    private static let seconds = BoundedCache<Int, HeaderField>(most: 20)
    private static let version = HeaderField("MIME-Version", tokens: [.fixed("1.0")])

    private func fields() throws(MailError) -> [HeaderField] {
        guard MessageID.isValid(messageID) else {
            let shown = HeaderText.shortened(HeaderText.cleaned(messageID), to: 80)
            throw MailError(
                "\"\(shown)\" is not a Message-ID: use ASCII letters, digits and dots on both sides of one @")
        }
        var fields: [HeaderField] = []
        fields.reserveCapacity(extra.count + 8)
        fields.append(Self.senders.value(for: from) { [from] in HeaderField("From", tokens: from.headerTokens) })
        fields.append(HeaderField("To", tokens: to.headerTokens))
        if let replyTo { fields.append(HeaderField("Reply-To", tokens: replyTo.headerTokens)) }
        fields.append(try subjectField())
        let second = Int(date.timeIntervalSince1970.rounded(.down))
        fields.append(
            Self.seconds.value(for: second) { [date] in HeaderField("Date", tokens: [.fixed(MailDate.string(date))]) })
        fields.append(HeaderField("Message-ID", tokens: [.fixed("<\(messageID)>")]))
        fields.append(contentsOf: extra)
        fields.append(Self.version)
        fields.append(body.frame.contentType)
        return fields
    }

    private func subjectField() throws(MailError) -> HeaderField {
        // Not the message itself is kept for the case that it has to be made.
        try Self.subjects.value(for: subject) { [subject, messageID] () throws(MailError) -> HeaderField in
            let shown = HeaderText.shortened(HeaderText.cleaned(subject), to: 120)
            guard !shown.isEmpty else { throw MailError("the message \(messageID) has no subject: give it one") }
            return HeaderField("Subject", unstructured: shown)
        }
    }
}
