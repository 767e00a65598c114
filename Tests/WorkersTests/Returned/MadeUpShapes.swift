import Store

/// Mails whose plainest words are not the receiver's: codes and sentences that a relay made of a bare refusal, our own
/// subject quoted, the stage named, a question instead of a delivery.
extension BounceShape {
    static let madeUp: [BounceShape] = sendmailReports + wrappedReports + worded + quoted + oldPrograms + questions

    /// As Sendmail reports a refusal of RCPT: its own code and “User unknown” around what was said.
    private static func sendmail(_ name: String, _ expected: Expected, _ status: String, _ said: String) -> BounceShape
    {
        BounceShape(
            "Sendmail, " + name, expected,
            Self.status(
                """
                   ----- The following addresses had permanent fatal errors -----
                <ada@example.net>
                    (reason: \(said))

                   ----- Transcript of session follows -----
                ... while talking to mx.example.net.:
                >>> RCPT To:<ada@example.net>
                <<< \(said)
                550 5.1.1 <ada@example.net>... User unknown
                """,
                "Final-Recipient: RFC822; ada@example.net\nAction: failed\nStatus: \(status)\nRemote-MTA: DNS; mx.example.net\nDiagnostic-Code: SMTP; \(said)"
            ))
    }

    private static let sendmailReports: [BounceShape] = [
        sendmail("550 without a reason", .fault(.undeliverable), "5.1.1", "550 no"),
        sendmail("550 in a language that is not known", .fault(.undeliverable), "5.1.1", "550 Afvist af modtageren"),
        sendmail("550 for a rate", .fault(.policy), "5.1.1", "550 sending rate limit exceeded"),
        sendmail("550 for a block", .fault(.policy), "5.1.1", "550 192.0.2.1 blocked using bl.example"),
        sendmail("550 by a rule", .fault(.policy), "5.1.1", "550 recipient rejected"),
        sendmail("550 for a suspended mailbox", .fault(.undeliverable), "5.1.1", "550 Mailbox currently suspended"),
        sendmail("550 for an unknown user", .fault(.unknownMailbox), "5.1.1", "550 no such user here"),
        sendmail("550 for an address that may be unknown", .fault(.unknownMailbox), "5.1.1", "550 mailbox unavailable"),
        sendmail("550 for an unknown user, with a code", .fault(.unknownMailbox), "5.1.1", "550 5.1.1 no"),
        sendmail("551 without a reason", .fault(.undeliverable), "5.1.6", "551 no"),
        sendmail("553 without a reason", .fault(.undeliverable), "5.1.3", "553 no"),
        sendmail(
            "553 for an invalid address", .fault(.unknownMailbox), "5.7.1", "553 Invalid recipient (Mode: normal)"),
        sendmail("552 for a large mail", .fault(.content), "5.2.2", "552 message exceeds fixed maximum message size"),
        sendmail("552 without a reason", .fault(.fullMailbox), "5.2.2", "552 no"),
        sendmail("names with underscores", .fault(.unknownMailbox), "5.1.1", "550 BAD_RECIPIENT - see our page"),
    ]

    private static let wrappedReports: [BounceShape] = [
        report(
            "an address between the words", .unknownMailbox, "5.0.0", "smtp; 550 Recipient <ada@example.net> unknown"),
        report("a name between the words", .unknownMailbox, "5.0.0", "unknown; 550 Mailbox <ada>: not found"),
        report("Postfix, bare 550 at RCPT", .undeliverable, "5.0.0", "smtp; 550 no"),
        report(
            "Postfix, name with an underscore", .unknownMailbox, "5.0.0",
            "smtp; 550 UNKNOWN_USER (in reply to RCPT TO command)"),
        report(
            "Postfix, too large at MAIL FROM", .content, "5.3.4",
            "smtp; 534 SIZE=Message too big. (in reply to MAIL FROM command)"),
        report(
            "Postfix, refused at MAIL FROM", .policy, "5.0.0", "smtp; 550 user unknown (in reply to MAIL FROM command)"),
        report(
            "Exchange, incoming size", .content, "5.2.3", "smtp; 550 5.2.3 exceeded the maximum incoming message size"),
    ]

    /// Bare replies by their words alone.
    private static let worded: [BounceShape] = [
        (DeliveryFault.unknownMailbox, "550 Recipient \"ada\" unknown"),
        (.unknownMailbox, "550 Mailbox ada@example.net unavailable"),
        (.unknownMailbox, "550 Destination addresses were unknown"),
        (.unknownMailbox, "550 this recipient is not in my validrcptto list"),
        (.unknownMailbox, "550 Nessun utente simile in questo indirizzo"),
        (.unknownMailbox, "550 invalid/inactive user"),
        (.undeliverable, "550 mailbox temporary locked"), (.undeliverable, "550 user ada@example.net is frozen"),
        (.undeliverable, "550 mail domain mentioned in email address is unknown"),
        (.undeliverable, "550 DNS records for the destination computer could not be found"),
        (.unknownMailbox, "550 Utilisateur non répertorié dans l'annuaire"),
        (.fullMailbox, "550 Requested action not taken: mailbox unavailable (not enough free space)"),
        (.fullMailbox, "550 maildir delivery failed: userdisk quota"), (.fullMailbox, "554 too much mail data"),
        (.content, "550 exceeded maximum inbound message size"), (.content, "550 invalid MIME headers"),
        (.content, "550 Taille limite du message atteinte"),
        (.policy, "550 you are trying to use me as a relay"), (.policy, "550 BATV validation failure"),
        (.policy, "550 unroutable sender address"), (.policy, "550 ada@example.org is not subscribed to this group"),
        (.policy, "554 too many SMTP sessions for this host"),
        (.expired, "550 unable to deliver message after multiple retries"),
    ].map { fault, said in report("in words alone: \(said)", fault, "5.0.0", "smtp; \(said)") }

    private static let quoted: [BounceShape] = [
        notice(
            "Exchange 5.5, our subject says virus", .fault(.unknownMailbox),
            from: "System Administrator <postmaster@example.net>",
            "Undeliverable: Virus models of the week",
            "Your message\n\n  To:      ada@example.net\n  Subject: Virus models of the week: SPF, spam and mailbox full\n  Sent:    Mon, 23 Nov 2026 07:00:05 +0000\n\ndid not reach the following recipient(s):\n\nada@example.net on Mon, 23 Nov 2026 07:00:09 +0000\n    The recipient name is not recognized\n"
        ),
        notice(
            "MailMarshal, our subject says spam", .fault(.unknownMailbox), from: "postmaster@example.net",
            "Undeliverable Mail: \"Papers\"",
            "Your message:\n   From:    papers@example.org\n   Subject: A blacklist of spam filters\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected:\n    ada@example.net\n"
        ),
        notice(
            "Exim, our subject says unknown", .fault(.fullMailbox),
            from: "Mail Delivery System <Mailer-Daemon@example.net>",
            "Mail delivery failed: returning message to sender",
            "This message was created automatically by mail delivery software.\nA message that you sent could not be delivered.\nThe subject of the message is:     Unknown users and spam\nThe following address failed:\n\n  ada@example.net\n    mailbox is full\n"
        ),
        notice(
            "Exchange, German, our subject says full", .fault(.unknownMailbox),
            from: "Systemadministrator <postmaster@example.net>", "Unzustellbar: Papers",
            "Ihre Nachricht\n\n  An:      ada@example.net\n  Betreff: Postfach voll, Virus\n\nkonnte nicht zugestellt werden:\n\nada@example.net\n    Empfänger unbekannt\n"
        ),
        notice(
            "a page with a style sheet before its words", .fault(.fullMailbox), "Undeliverable: Papers",
            "<html><head><title>Spam</title><style>\n"
                + (0..<500).map { ".virus\($0) > td { color: #ba6cb; }\n" }.joined()
                + "</style></head><body><p>Your message could not be delivered.</p><p>The mailbox is full.</p></body></html>",
            type: "text/html; charset=utf-8"),
    ]

    private static let oldPrograms: [BounceShape] = [
        notice(
            "IMail, invalid final delivery userid", .fault(.unknownMailbox),
            from: "Postmaster <postmaster@example.net>",
            "Undeliverable Mail",
            "Invalid final delivery userid: ada@example.net\n\n\nOriginal message follows.\n" + copied),
        notice(
            "LSMTP, its subject alone says that it failed", .fault(.undeliverable),
            from: "LSMTP for Windows NT v1.1b <postmaster@example.net>", "Undelivered mail",
            "An error was detected while processing the enclosed message.\n\n--> Error description:\nError-for:  ada@example.net\nError-Code: 0\nError-Text: Mailer mx.example.net said:\n            \"554 Message looping (received 6 times)\"\n",
            returnPath: "<postmaster@example.net>"),
        notice(
            "Sendmail, cut off", .fault(.undeliverable), from: "Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>",
            "Returned mail: see transcript for details", "<<< No Message Collected >>>"),
        notice(
            "no address in From, marked as an answer", .fault(.unknownMailbox), from: "<>", "",
            "You sent mail to ada@example.net. That's not a valid user here.\n",
            fields: "In-Reply-To: <MESSAGEID>\nAuto-Submitted: auto-replied"),
        notice(
            "Jetmail, no space", .fault(.fullMailbox), from: "\"Jetmail System\" <>", "Mail Error",
            "Your mail cannot be delivered to the following address(es):\n\n ada \"(0), ErrMsg=mail box space not enough, account=ada \"\n"
        ),
        notice(
            "Outblaze, too much mail stored", .fault(.fullMailbox), "failure notice",
            "Hi. The MTA program at mx.example.net was unable to deliver your message to the following addresses.\nThis is a permanent error.\n\n<ada@example.net>:\nError 01373: User's Disk Quota Exceeded.\nSorry, your intended recipient has too much mail stored in his mailbox.\n\n--- Below this line is a copy of the message.\n"
        ),
        notice(
            "qmail, given up on a host that refused", .fault(.unknownMailbox), "failure notice",
            "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ada@example.net>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 Requested action not taken: mailbox unavailable\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n"
        ),
        notice(
            "qmail, no reason", .fault(.undeliverable), "failure notice",
            "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ada@example.net>:\n\n--- Below this line is a copy of the message.\n"
        ),
        notice(
            "Exim, hosts that failed for long", .fault(.expired),
            from: "Mail Delivery System <Mailer-Daemon@example.net>",
            "Mail delivery failed",
            "This message was created automatically by mail delivery software.\n\nA message sent by\n\n  <bounces@example.org>\n\ncould not be delivered to one or more of its recipients. The following\naddress(es) failed:\n\n  ada@example.net\n    all hosts have been failing for a long time and were last tried after this message arrived\n"
        ),
        notice(
            "AOL, no attachments or images", .fault(.content),
            from: "Mail Delivery Subsystem <MAILER-DAEMON@example.net>",
            "Mail Delivery Problem",
            "Sorry. Your mail to the following recipients could not be delivered because they are not accepting mail with attachments or embedded images:\n\nada\n"
        ),
        BounceShape(
            "a report whose fields stand in its header", .fault(.unknownMailbox),
            """
            Return-Path: <MAILER-DAEMON@mx.example.net>
            To: SENDER
            Subject: Utilisateur non =?UTF-8?Q?recens=C3=A9?=
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="24"

            --24
            Content-Type: text/plain; charset="UTF-8"
            Content-Transfer-Encoding: quoted-printable

            A message could not be delivered to:
            ada@example.net
            L'adresse de messagerie r=C3=A9f=C3=A9renc=C3=A9e ci-dessus n'existe pas.

            --24
            Content-Type: message/delivery-status
            Reporting-MTA: mx.example.net

            Message removed

            --24--
            """),
    ]

    private static let questions: [BounceShape] = [
        BounceShape(
            "Boxbe, which writes its question as a report", .other,
            """
            Return-Path: <noreply@example.net>
            From: noreply@example.net
            To: SENDER
            Subject: Re: Your papers (Action Required)
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="5897"

            --5897
            Content-Type: text/plain; charset=us-ascii

            Hello, your message about "Your papers" has been waitlisted.

            Please add yourself to my Guest List so your messages will go to my Inbox.

            --5897
            Content-Type: message/delivery-status

            Reporting-MTA: dns; example.net
            Action: failed

            Final-Recipient: rfc822; ada@example.net
            Diagnostic-Code: X-Notice; Sender not pre-approved.  Follow instructions in above notice
            Status: 4.7.0

            --5897--
            """),
        notice(
            "a question of a human, undelivered until then", .other, from: "noreply@example.net",
            "Undelivered: please prove that it was you",
            "Your message has not been delivered yet and could not be delivered to ada@example.net until you confirm that you are a human.\n"
        ),
        BounceShape(
            "a relay that quotes a refusal until it is confirmed", .fault(.policy),
            Self.status(
                "<ada@example.net>: host mx.example.net said: 550 Confirm that you are not a spammer",
                "Final-Recipient: rfc822; ada@example.net\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 Your server requires confirmation that you are not a spammer"
            )),
    ]
}
