import Store
import Testing

@testable import Workers

/// Mails that came back as the programs of the field write them. `SENDER` stands for the envelope sender of the mail they
/// are about, `MESSAGEID` for its Message-ID.
struct BounceShape: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let expected: Expected

    enum Expected: Sendable, Equatable {
        case fault(DeliveryFault)
        case delay, complaint, other
    }

    init(_ name: String, _ expected: Expected, _ text: String) {
        self.name = name
        self.expected = expected
        self.text = text
    }

    var testDescription: String { name }

    /// A delivery status report around the fields of its recipient.
    static func status(_ words: String, _ fields: String, copy: String = "Message-ID: <MESSAGEID>") -> String {
        """
        Return-Path: <>
        Delivered-To: SENDER
        From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: SENDER
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4B2.17/mx.example.net"

        This is a MIME-encapsulated message.

        --4B2.17/mx.example.net
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        \(words)

        --4B2.17/mx.example.net
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net
        X-Postfix-Queue-ID: 4B2
        Arrival-Date: Mon, 23 Nov 2026 07:00:05 +0000 (UTC)

        \(fields)

        --4B2.17/mx.example.net
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        From: Papers <papers@example.org>
        \(copy)
        Subject: does not exist: user unknown, a study of mailbox full errors

        --4B2.17/mx.example.net--
        """
    }

    static let all: [BounceShape] =
        first + goneReports + livingReports + systemNotices + answers + complaints + madeUp

    static let first = statuses + words + others

    static let statuses = [
        BounceShape(
            "Postfix, unknown user", .fault(.unknownMailbox),
            status(
                "I'm sorry to have to inform you that your message could not be delivered.",
                """
                Final-Recipient: rfc822; ada@example.net
                Original-Recipient: rfc822;ada@example.net
                Action: failed
                Status: 5.1.1
                Remote-MTA: dns; mx.example.net
                Diagnostic-Code: smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected:
                    User unknown in virtual mailbox table
                """)),
        BounceShape(
            "Exchange Online, unknown user", .fault(.unknownMailbox),
            status(
                "Your message to ada@example.net couldn't be delivered.",
                """
                Final-Recipient: rfc822;ada@example.net
                Action: failed
                Status: 5.1.10
                Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
                """)),
        BounceShape(
            "Gmail, over quota", .fault(.fullMailbox),
            status(
                "** Message not delivered **",
                """
                Final-Recipient: rfc822; ada@gmail.example
                Action: failed
                Status: 5.2.2
                Diagnostic-Code: smtp; 552-5.2.2 The recipient's inbox is out of storage space.
                Last-Attempt-Date: Mon, 23 Nov 2026 07:00:07 -0800 (PST)
                """)),
        BounceShape(
            "given up after five days", .fault(.expired),
            status(
                "Delivery to the following recipient failed permanently",
                """
                Final-Recipient: rfc822; ada@example.net
                Action: failed
                Status: 4.4.1
                Diagnostic-Code: X-Postfix; connect to mx.example.net[192.0.2.1]:25: Connection timed out
                """)),
        BounceShape(
            "refused as spam", .fault(.policy),
            status(
                "could not be delivered",
                """
                Final-Recipient: rfc822; ada@example.net
                Action: failed
                Status: 5.7.1
                Diagnostic-Code: smtp; 550 5.7.1 Message rejected due to content restrictions
                """)),
        BounceShape(
            "a relay's 5.0.0 with the receiver's words", .fault(.unknownMailbox),
            status(
                "could not be delivered",
                """
                Final-Recipient: rfc822; ada@example.net
                Action: failed
                Status: 5.0.0
                Diagnostic-Code: smtp; 550 No such user here
                """)),
        BounceShape(
            "a domain without mail", .fault(.undeliverable),
            status(
                "could not be delivered",
                """
                Final-Recipient: rfc822; ada@example.net
                Action: failed
                Status: 5.4.4
                Diagnostic-Code: X-Postfix; Host or domain name not found. Name service error for name=example.net type=MX
                """)),
        BounceShape(
            "still on its way", .delay,
            status(
                "THIS IS A WARNING ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.",
                """
                Final-Recipient: rfc822; ada@example.net
                Action: delayed
                Status: 4.4.1
                Will-Retry-Until: Sat, 28 Nov 2026 07:00:05 +0000 (UTC)
                """)),
    ]

    static let words = [
        BounceShape(
            "qmail", .fault(.unknownMailbox),
            """
            Return-Path: <>
            Delivered-To: SENDER
            From: MAILER-DAEMON@mx.example.net
            To: SENDER
            Subject: failure notice

            Hi. This is the qmail-send program at mx.example.net.
            I'm afraid I wasn't able to deliver your message to the following addresses.
            This is a permanent error; I've given up. Sorry it didn't work out.

            <ada@example.net>:
            Sorry, no mailbox here by that name. (#5.1.1)

            --- Below this line is a copy of the message.

            Return-Path: <SENDER>
            Subject: mailbox full
            """),
        BounceShape(
            "Exim without a delivery status", .fault(.unknownMailbox),
            """
            Return-path: <>
            Envelope-to: SENDER
            X-Failed-Recipients: ada@example.net
            Auto-Submitted: auto-replied
            From: Mail Delivery System <Mailer-Daemon@mx.example.net>
            To: SENDER
            Subject: Mail delivery failed: returning message to sender

            This message was created automatically by mail delivery software.

            A message that you sent could not be delivered to one or more of its
            recipients. This is a permanent error. The following address(es) failed:

              ada@example.net
                host mx.example.net [192.0.2.1]
                SMTP error from remote mail server after RCPT TO:<ada@example.net>:
                550 5.1.1 unknown user

            ------ This is a copy of the message, including all the headers. ------

            Message-ID: <MESSAGEID>
            """),
        BounceShape(
            "Exim, still trying", .delay,
            """
            Return-path: <>
            To: SENDER
            From: Mail Delivery System <Mailer-Daemon@mx.example.net>
            Subject: Warning: message 1tE delayed 24 hours

            This message was created automatically by mail delivery software.
            A message that you sent has not yet been delivered to one or more of its
            recipients after more than 24 hours on the queue on mx.example.net.
            """),
        BounceShape(
            "an older Exchange", .fault(.unknownMailbox),
            """
            Return-Path: <>
            From: System Administrator <postmaster@example.net>
            To: SENDER
            Subject: Undeliverable: Your papers
            Content-Type: text/plain; charset="us-ascii"

            Your message did not reach some or all of the intended recipients.

                  Subject:  Your papers
                  Sent:     23/11/2026 07:00

            The following recipient(s) could not be reached:

                  ada@example.net on 23/11/2026 07:00
                        The e-mail account does not exist at the organization this message was sent to.
                        <mx.example.net #5.1.1>
            """),
        BounceShape(
            "an older Gmail, in base64", .fault(.unknownMailbox),
            """
            Return-Path: <>
            X-Failed-Recipients: ada@gmail.example
            From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
            To: SENDER
            Subject: Delivery Status Notification (Failure)
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: base64

            RGVsaXZlcnkgdG8gdGhlIGZvbGxvd2luZyByZWNpcGllbnQgZmFpbGVkIHBlcm1hbmVudGx5OgoK
            ICAgICBhZGFAZ21haWwuZXhhbXBsZQoKVGVjaG5pY2FsIGRldGFpbHMgb2YgcGVybWFuZW50IGZh
            aWx1cmU6IApHb29nbGUgdHJpZWQgdG8gZGVsaXZlciB5b3VyIG1lc3NhZ2UuIFRoZSBlcnJvciB3
            YXM6IDU1MC01LjEuMSBUaGUgZW1haWwgYWNjb3VudCBkb2VzIG5vdCBleGlzdC4K
            """),
        BounceShape(
            "words in HTML, mailbox full", .fault(.fullMailbox),
            """
            Return-Path: <>
            From: postmaster@example.net
            To: SENDER
            Subject: Undeliverable
            Content-Type: text/html
            Content-Transfer-Encoding: quoted-printable

            <p>Your message could not be delivered:<br>
            the recipient=E2=80=99s <b>mailbox is full</b>.</p>
            """),
    ]

    static let others = [
        BounceShape(
            "a feedback report", .complaint,
            """
            From: feedback@example.net
            To: abuse@example.org
            Subject: FW: Your papers
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary="b"

            --b
            Content-Type: text/plain

            This is an email abuse report.
            --b
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: Some/1.0
            Version: 1
            Original-Mail-From: <SENDER>
            --b
            Content-Type: message/rfc822

            From: Papers <papers@example.org>
            Message-ID: <MESSAGEID>
            Subject: Your papers

            text
            --b--
            """),
        BounceShape(
            "a holiday note that quotes our mail", .other,
            """
            Return-Path: <ada@example.net>
            From: Ada <ada@example.net>
            To: SENDER
            Subject: Out of office: delivery has failed, could not be delivered
            Auto-Submitted: auto-replied
            In-Reply-To: <MESSAGEID>

            I am away. Mails are not delivered to my phone; user unknown is a paper I like.
            """),
        BounceShape(
            "a person's answer", .other,
            """
            Return-Path: <ada@example.net>
            From: Ada <ada@example.net>
            To: SENDER
            Subject: Re: Your papers

            The second paper does not exist any more. 550 5.1.1 says their site.
            """),
    ]
}
