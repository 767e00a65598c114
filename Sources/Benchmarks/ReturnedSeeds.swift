/// Mails as they come to the address of bounces, to be damaged. `SENDER` stands for the envelope sender of a mail of ours,
/// `MESSAGEID` for its Message-ID, `LEAVING` for the address by which its reader leaves.
enum ReturnedSeeds {
    static let all = [
        report(
            "I'm sorry to have to inform you that your message could not be delivered.",
            """
            Final-Recipient: rfc822; reader@example.net
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.example.net
            Diagnostic-Code: smtp; 550 5.1.1 <reader@example.net>: Recipient address rejected:
                User unknown in virtual mailbox table
            """),
        report(
            "** Message not delivered **",
            """
            Final-Recipient: rfc822; reader@example.net
            Action: failed
            Status: 5.2.2
            Diagnostic-Code: smtp; 552-5.2.2 The recipient's inbox is out of storage space.
            """),
        report(
            "THIS IS A WARNING ONLY.",
            """
            Final-Recipient: rfc822; reader@example.net
            Action: delayed
            Status: 4.4.1
            Will-Retry-Until: Sat, 28 Nov 2026 07:00:05 +0000 (UTC)
            """),
        qmail, exim, encoded, hypertext, feedback, leaving, answer, holiday, newsletter, nested,
    ]

    private static func report(_ words: String, _ fields: String) -> String {
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
        Content-Type: text/plain; charset=us-ascii

        \(words)

        --4B2.17/mx.example.net
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net
        Arrival-Date: Mon, 23 Nov 2026 07:00:05 +0000 (UTC)

        \(fields)

        --4B2.17/mx.example.net
        Content-Type: text/rfc822-headers

        From: Papers <papers@example.org>
        Message-ID: <MESSAGEID>
        Subject: Your papers

        --4B2.17/mx.example.net--
        """
    }

    private static let qmail = """
        Return-Path: <>
        Delivered-To: SENDER
        From: MAILER-DAEMON@mx.example.net
        To: SENDER
        Subject: failure notice

        Hi. This is the qmail-send program at mx.example.net.
        I'm afraid I wasn't able to deliver your message to the following addresses.

        <reader@example.net>:
        Sorry, no mailbox here by that name. (#5.1.1)

        --- Below this line is a copy of the message.

        Return-Path: <SENDER>
        Subject: Your papers
        """

    private static let exim = """
        Return-path: <>
        Envelope-to: SENDER
        X-Failed-Recipients: reader@example.net
        Auto-Submitted: auto-replied
        From: Mail Delivery System <Mailer-Daemon@mx.example.net>
        To: SENDER
        Subject: Mail delivery failed: returning message to sender

        A message that you sent could not be delivered to one or more of its
        recipients. This is a permanent error. The following address(es) failed:

          reader@example.net
            host mx.example.net [192.0.2.1]
            SMTP error from remote mail server after RCPT TO:<reader@example.net>:
            550 5.1.1 unknown user

        ------ This is a copy of the message, including all the headers. ------

        Message-ID: <MESSAGEID>
        """

    private static let encoded = """
        Return-Path: <>
        From: Mail Delivery Subsystem <mailer-daemon@example.net>
        To: SENDER
        Subject: =?UTF-8?B?RGVsaXZlcnkgU3RhdHVz?= Notification (Failure)
        Content-Type: text/plain; charset=UTF-8
        Content-Transfer-Encoding: base64

        RGVsaXZlcnkgdG8gdGhlIGZvbGxvd2luZyByZWNpcGllbnQgZmFpbGVkIHBlcm1hbmVudGx5OgoK
        ICAgICByZWFkZXJAZXhhbXBsZS5uZXQKCjU1MC01LjEuMSBUaGUgYWNjb3VudCBkb2VzIG5vdCBl
        eGlzdC4K
        """

    private static let hypertext = """
        Return-Path: <>
        From: postmaster@example.net
        To: SENDER
        Subject: Undeliverable
        Content-Type: text/html; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        <html><body><p>Your message could not be delivered:<br>
        the recipient=E2=80=99s <b>mailbox is full</b>. &lt;MESSAGEID&gt;</p></body></html>
        """

    private static let feedback = """
        From: feedback@example.net
        To: SENDER
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
        """

    private static let leaving = """
        Return-Path: <reader@example.net>
        Received: from mx.example.net (mx.example.net [192.0.2.1])
        \tby mail.example.org for <LEAVING>; Mon, 23 Nov 2026 07:00:05 +0000 (UTC)
        From: Reader <reader@example.net>
        To: LEAVING
        Subject: unsubscribe

        """

    private static let answer = """
        Return-Path: <reader@example.net>
        From: Reader <reader@example.net>
        To: SENDER
        Subject: Re: Your papers
        References: <MESSAGEID>

        The second paper does not exist any more. 550 5.1.1 says their site.

        > Leave: mailto:LEAVING
        """

    private static let holiday = """
        Return-Path: <reader@example.net>
        From: Reader <reader@example.net>
        To: SENDER
        Subject: Out of office: delivery has failed, could not be delivered
        Auto-Submitted: auto-replied
        In-Reply-To: <MESSAGEID>

        I am away. Mails are not delivered to my telephone.
        """

    private static let newsletter = """
        Return-Path: <news@example.net>
        From: News <news@example.net>
        To: SENDER
        Subject: Every offer could not be delivered cheaper
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary=alt

        --alt
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <!DOCTYPE html><html><head><style>td{color:#333}</style></head><body><table><tr><td>=
        <a href=3D"https://example.net/?a=3D1&amp;b=3D2">An offer</a> for 4.50 or 5.1.1</td></tr></table>
        </body></html>
        --alt--
        """

    private static let nested = """
        Return-Path: <>
        From: Mail Delivery System <mailer-daemon@mx.example.net>
        To: SENDER
        Subject: Delivery Status Notification
        Content-Type: multipart/mixed; boundary="outer"

        --outer
        Content-Type: multipart/alternative; boundary="inner"

        --inner
        Content-Type: text/plain

        Delivery has failed: 550 5.7.1 rejected
        --inner
        Content-Type: text/html

        <p>Delivery has failed: <b>550 5.7.1</b> rejected</p>
        --inner--
        --outer
        Content-Type: message/rfc822

        Message-ID: <MESSAGEID>
        Return-Path: <SENDER>
        Content-Type: text/plain

        copy
        --outer--
        """
}
