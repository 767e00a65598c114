import Store

extension BounceShape {
    /// A notice in words, with the copy of our mail behind it where `copy` is given.
    static func notice(
        _ name: String, _ expected: Expected, from: String = "MAILER-DAEMON@mx.example.net", _ subject: String,
        _ words: String, fields: String = "", type: String = "text/plain; charset=utf-8", returnPath: String = "<>"
    ) -> BounceShape {
        BounceShape(
            name, expected,
            "Return-Path: \(returnPath)\nFrom: \(from)\nTo: SENDER\nSubject: \(subject)\n"
                + (fields.isEmpty ? "" : fields + "\n") + "MIME-Version: 1.0\nContent-Type: \(type)\n\n\(words)\n")
    }

    static let copied = """

        Received: from mx.example.org by mx.example.net; Mon, 23 Nov 2026 07:00:05 +0000
        From: Papers <papers@example.org>
        Message-ID: <MESSAGEID>
        Subject: mailbox full, user unknown, spam blocked using a blacklist
        """

    private static let gone = Expected.fault(.unknownMailbox)

    /// Programs that say it in words.
    static let systemNotices: [BounceShape] = [
        notice(
            "qmail, over quota", .fault(.fullMailbox), "failure notice",
            "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ada@example.net>:\nThe users mailfolder is over the allowed quota (size). (#5.2.2)\n\n--- Below this line is a copy of the message.\n"
                + copied),
        notice(
            "qmail, no host", .fault(.undeliverable), "failure notice",
            "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ada@example.net>:\nSorry, I couldn't find any host named example.net. (#5.1.2)\n\n--- Below this line is a copy of the message.\n"
                + copied),
        notice(
            "qmail, given up", .fault(.expired), "failure notice",
            "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ada@example.net>:\nSorry, I wasn't able to establish an SMTP connection. (#4.4.1)\nI'm not going to try again; this message has been in the queue too long.\n\n--- Below this line is a copy of the message.\n"
                + copied),
        notice(
            "qmail, refused by the remote host", gone, "failure notice",
            "Hi. This is the qmail-send program at mx.example.net.\n\n<ada@example.net>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 <ada@example.net> User unknown; rejecting\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n"
                + copied),
        notice(
            "qmail, not in the list of hosts", .fault(.policy), "failure notice",
            "Hi. This is the qmail-send program at mx.example.net.\n\n<ada@example.net>:\n192.0.2.1 does not like recipient.\nRemote host said: 553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)\n\n--- Below this line is a copy of the message.\n"
                + copied),
        notice(
            "vpopmail", gone, "failure notice",
            "Hi. This is the qmail-send program at mx.example.net.\n\n<ada@example.net>:\nSorry, no mailbox here by that name. vpopmail (#5.1.1)\n\n--- Below this line is a copy of the message.\n"
                + copied),
        notice(
            "Exim, quota", .fault(.fullMailbox), "Mail delivery failed: returning message to sender",
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ada@example.net\n    mailbox is full: retry timeout exceeded\n\n------ This is a copy of the message, including all the headers. ------\n"
                + copied, fields: "X-Failed-Recipients: ada@example.net\nAuto-Submitted: auto-replied"),
        notice(
            "Exim, given up", .fault(.expired), "Mail delivery failed: returning message to sender",
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ada@example.net\n    host mx.example.net [192.0.2.1]: Connection timed out: retry timeout exceeded\n\n------ This is a copy of the message, including all the headers. ------\n"
                + copied, fields: "X-Failed-Recipients: ada@example.net\nAuto-Submitted: auto-replied"),
        notice(
            "Exim, no host", .fault(.undeliverable), "Mail delivery failed: returning message to sender",
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ada@example.net\n    Unrouteable address\n"
                + copied, fields: "X-Failed-Recipients: ada@example.net"),
        notice(
            "Exim, refused after the text", .fault(.content), "Mail delivery failed: returning message to sender",
            "This message was created automatically by mail delivery software.\n\n  ada@example.net\n    host mx.example.net [192.0.2.1]\n    SMTP error from remote mail server after end of data:\n    554 rejected: looks like spam\n\n--- The header of the original message is following. ---\n"
                + copied, fields: "X-Failed-Recipients: ada@example.net"),
        notice(
            "IONOS, in words", gone, from: "Mail Delivery System <mailer-daemon@kundenserver.example>",
            "Mail delivery failed: returning message to sender",
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of\nits recipients. This is a permanent error.\n\nThe following address failed:\n\n    ada@example.net:\n        SMTP error from remote server for RCPT TO command, host: mx.example.net (192.0.2.1) reason: 550 5.1.1 User unknown\n"
                + copied, fields: "Auto-Submitted: auto-replied"),
        notice(
            "mail.ru, in words", gone, from: "mailer-daemon@corp.mail.example",
            "Mail delivery failed: returning message to sender",
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ada@mail.example\n    SMTP error from remote mail server after RCPT TO:<ada@mail.example>:\n    host mxs.mail.example [192.0.2.1]: 550 User is terminated. user not found\n"
                + copied, fields: "Auto-Submitted: auto-replied\nX-Failed-Recipients: ada@mail.example"),
        notice(
            "EarthLink", gone, from: "Mail Delivery System <Mailer-Daemon@earthlink.example>",
            "Mail delivery failed: returning message to sender",
            "A message you sent was not delivered:\n\n  ada@earthlink.example\n    550 ada@earthlink.example...User unknown\n"
                + copied, fields: "Auto-Submitted: auto-replied"),
        notice(
            "DragonFly's dma", gone, from: "MAILER-DAEMON <>", "Mail delivery failed",
            "This is the DragonFly Mail Agent v0.13 at df.example.net.\n\nThere was an error delivering your mail to <ada@example.net>.\n\nmx.example.net [192.0.2.1] did not like our RCPT TO:\n550 5.1.1 <ada@example.net>: User unknown\n\nMessage headers follow.\n"
                + copied),
        notice(
            "DragonFly's dma, given up", .fault(.expired), from: "MAILER-DAEMON <>", "Mail delivery failed",
            "This is the DragonFly Mail Agent v0.13 at df.example.net.\n\nThere was an error delivering your mail to <ada@example.net>.\n\nCould not deliver for the last 5 days, giving up.\n\nMessage headers follow.\n"
                + copied),
        notice(
            "IMail", gone, from: "Postmaster <postmaster@imail.example.net>", "Undeliverable Mail",
            "Unknown user: ada@example.net\n\nOriginal message follows.\n" + copied, fields: "X-Mailer: <SMTP32 v8.22>"),
        notice(
            "IMail, full", .fault(.fullMailbox), from: "Postmaster <postmaster@imail.example.net>",
            "Undeliverable Mail",
            "User mailbox exceeds allowed size: ada@example.net\nmailbox full\n\nOriginal message follows.\n" + copied,
            fields: "X-Mailer: <SMTP32 v8.22>"),
        notice(
            "IMail, given up", .fault(.expired), from: "Postmaster <postmaster@imail.example.net>",
            "Undeliverable Mail",
            "Delivery failed 20 attempts: ada@example.net\nconnection refused\n\nOriginal message follows.\n" + copied),
        notice(
            "Domino, in words", gone, from: "Postmaster@notes.example.net",
            "DELIVERY FAILURE: User ada (ada@example.net) not listed in Domino Directory",
            "Your message\n\n  Subject: Your papers\n\nwas not delivered to:\n\n  ada@example.net\n\nbecause:\n\n  User ada (ada@example.net) not listed in Domino Directory\n"
                + copied),
        notice(
            "Notes, in Japanese", gone, from: "Postmaster@notes.example.net", "DELIVERY FAILURE",
            "------- Failure Reasons  --------\n\nユーザー ada は Domino ディレクトリに登録されていません。\nada@example.net\n\n------- Returned Message --------\n"
                + copied),
        notice(
            "Notes, full", .fault(.fullMailbox), from: "Postmaster@notes.example.net",
            "DELIVERY FAILURE: mail file full",
            "------- Failure Reasons  --------\n\nError delivering to ada; user's mail file has exceeded its quota\n\n------- Returned Message --------\n"
                + copied),
        notice(
            "Exchange 5.5", gone, from: "System Administrator <postmaster@example.net>", "Undeliverable: Your papers",
            "Your message\n\n  To:      ada@example.net\n  Subject: Your papers\n\ndid not reach the following recipient(s):\n\nada@example.net on Mon, 23 Nov 2026 07:00:07 +0000\n    The recipient name is not recognized\n    The MTS-ID of the original message is: c=us;a= ;p=example\n    MSEXCH:IMS:EXAMPLE:MX 0 (000C05A6) Unknown Recipient\n"
                + copied),
        notice(
            "Exchange 2003, full", .fault(.fullMailbox), from: "System Administrator <postmaster@example.net>",
            "Undeliverable: Your papers",
            "Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n      ada@example.net on 23/11/2026 07:00\n            The recipient's mailbox is full\n            <mx.example.net #5.2.2>\n"
        ),
        notice(
            "Exchange 2003, refused", .fault(.policy), from: "System Administrator <postmaster@example.net>",
            "Undeliverable: Your papers",
            "Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n      ada@example.net on 23/11/2026 07:00\n            You do not have permission to send to this recipient.\n            <mx.example.net #5.7.1 smtp;550 5.7.1 relay refused>\n"
        ),
        notice(
            "Exchange in German", gone, from: "Systemadministrator <postmaster@example.net>",
            "Unzustellbar: Ihre Artikel",
            "Ihre Nachricht hat einige oder alle Empfänger nicht erreicht.\n\nFolgende Empfänger konnten nicht erreicht werden:\n\n  ada@example.net\n     Die Adresse existiert nicht: <mx.example.net #5.1.1>\n"
        ),
        notice(
            "Exchange in French", gone, from: "Administrateur système <postmaster@example.net>",
            "=?iso-8859-1?Q?Non_remis=A0:_vos_articles?=",
            "Votre message n'a pas pu être remis.\n\nada@example.net\n  L'adresse n'existe pas. <mx.example.net #5.1.1>\n"
        ),
        notice(
            "a system in Spanish, full", .fault(.fullMailbox), "No se puede entregar: sus artículos",
            "No se pudo entregar su mensaje a ada@example.net:\nel buzón está lleno.\n"),
        notice(
            "a system in Italian", gone, "Mancata consegna",
            "Non è stato possibile recapitare il messaggio a ada@example.net:\nl'utente non esiste.\n"),
        notice(
            "a system in Portuguese", gone, "Falha na entrega",
            "Sua mensagem não pôde ser entregue a ada@example.net:\nusuário não existe.\n"),
        notice(
            "a system in Russian", .fault(.fullMailbox),
            "=?utf-8?B?0J3QtdC00L7RgdGC0LDQstC70LXQvdC90L7QtSDRgdC+0L7QsdGJ0LXQvdC40LU=?=",
            "Сообщение не было доставлено: ящик получателя переполнен.\n"),
        notice("a system in Chinese", gone, "系统退信", "您的邮件无法投递到 ada@example.net：\n收件人地址不存在。\n"),
        notice(
            "a system in Dutch", gone, "Onbestelbaar: uw artikelen",
            "Uw bericht kon niet worden bezorgd bij ada@example.net: de gebruiker bestaat niet.\n"),
        notice(
            "Gmail, in words", gone, from: "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            "Delivery Status Notification (Failure)",
            "** Address not found **\n\nYour message wasn't delivered to ada@example.net because the address couldn't be found, or is unable to receive mail.\n\nThe response was:\n\n550 5.1.1 The email account that you tried to reach does not exist.\n",
            fields: "X-Failed-Recipients: ada@example.net\nAuto-Submitted: auto-replied"),
        notice(
            "Gmail, no host", .fault(.undeliverable),
            from: "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            "Delivery Status Notification (Failure)",
            "** Address not found **\n\nYour message wasn't delivered to ada@example.net because the domain example.net couldn't be found. Check for typos.\n\nThe response was:\n\nDNS Error: DNS type 'mx' lookup of example.net responded with code NXDOMAIN\n",
            fields: "X-Failed-Recipients: ada@example.net"),
        notice(
            "Gmail, still trying", .delay, from: "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            "Delivery Status Notification (Delay)",
            "** Delivery incomplete **\n\nThere was a temporary problem delivering your message to ada@example.net. Gmail will retry for 46 more hours. You'll be notified if it fails permanently later: will retry.\nThe delivery is delayed.\n"
        ),
        notice(
            "Google Groups", .fault(.policy), from: "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            "Delivery Status Notification (Failure)",
            "Hello papers@example.org,\n\nWe're writing to let you know that the group you tried to contact (ada) may not exist, or you may not have permission to post messages to the group. You do not have permission to post.\n",
            fields: "X-Failed-Recipients: ada@example.net"),
        notice(
            "Yahoo, in words", gone, from: "MAILER-DAEMON@yahoo.example", "Failure Notice",
            "Sorry, we were unable to deliver your message to the following address.\n\n<ada@example.net>:\n550: user unknown\n\n--- Below this line is a copy of the message.\n"
                + copied),
        notice(
            "MailEnable, in words", gone, from: "Postmaster@example.net", "Message Delivery Failure",
            "MailEnable: Message could not be delivered to some recipients.\nThe following recipient(s) could not be reached:\n\n  Recipient: [SMTP:ada@example.net]\n  Reason: The message could not be delivered because the mailbox does not exist\n\nMessage headers follow:\n"
                + copied),
        notice(
            "MDaemon, in words", gone, from: "\"MDaemon at example.net\" <MDaemon@example.net>",
            "Permanent Delivery Failure",
            "The attached message had PERMANENT fatal delivery errors!\n\nSession Transcript:\n--> RCPT To:<ada@example.net>\n<-- 550 <ada@example.net>, Recipient unknown\n"
        ),
        notice(
            "Postfix in words alone", gone, "Undelivered Mail Returned to Sender",
            "This is the mail system at host mx.example.net.\n\nYour message could not be delivered.\n\n<ada@example.net>: host mx2.example.net[192.0.2.1] said: 550 5.1.1\n    <ada@example.net>: User unknown (in reply to RCPT TO command)\n"
        ),
        notice(
            "Sendmail in words alone", gone, from: "Mail Delivery Subsystem <MAILER-DAEMON@example.net>",
            "Returned mail: see transcript for details",
            "   ----- The following addresses had permanent fatal errors -----\n<ada@example.net>\n    (reason: 550 5.1.1 <ada@example.net>... User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.net.:\n550 5.1.1 <ada@example.net>... User unknown\n"
        ),
        notice(
            "Sendmail, a host", .fault(.undeliverable), from: "Mail Delivery Subsystem <MAILER-DAEMON@example.net>",
            "Returned mail: Host unknown (Name server: example.net: host not found)",
            "   ----- The following addresses had permanent fatal errors -----\n<ada@example.net>\n\n   ----- Transcript of session follows -----\n550 <ada@example.net>... Host unknown (Name server: example.net: host not found)\n"
        ),
        notice(
            "Sendmail, a warning", .delay, from: "Mail Delivery Subsystem <MAILER-DAEMON@example.net>",
            "Warning: could not send message for past 4 hours",
            "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- The following addresses had transient non-fatal errors -----\n<ada@example.net>\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n"
        ),
        notice(
            "a relay that rejects by itself", gone, from: "postmaster@example.net", "Automatically rejected mail",
            "Your message to ada@example.net was rejected: no such user here."),
        notice(
            "Postfix in words alone, all of them", .fault(.fullMailbox), "Undelivered Mail Returned to Sender",
            "This is the mail system at host mx.example.net.\n\nI'm sorry to have to inform you that your message could not\n"
                + "be delivered to one or more recipients. It's attached below.\n\n"
                + "If you do so, please include this problem report. You can\n"
                + "delete your own text from the attached returned message.\n\n"
                + "<ada@example.net>: host mx2.example.net[192.0.2.1] said: 452 4.2.2 Over\n    quota (in reply to RCPT TO command)\n"
        ),
        notice(
            "SurfControl", gone, from: "Mail Administrator <postmaster@example.net>", "Message delivery failure",
            "Your message could not be sent.\nA transcript of the attempts to send the message follows.\n"
                + "ada@example.net: [192.0.2.5], 550 ada@example.net... No such user\n--- Message non-deliverable.\n"),
        notice(
            "an older Sendmail", gone, from: "Mail Deliver System <mail@example.net>", "Returned Mail: papers",
            "The original message was received at Mon, 23 Nov 2026 07:00:05 +0000\n\n"
                + "---The following addresses had delivery errors---\n\nada@example.net [User unknown]\n"),
        notice(
            "a web mailer", gone, from: "nobody@example.net", "There was an error sending your mail",
            "1 error(s):\n\nSMTP Server <mx.example.net> rejected recipient <ada@example.net>\n"
                + "It responded as follows: [550 5.1.1 User unknown]\n"),
        notice(
            "KDDI, full", .fault(.fullMailbox), from: "no-reply@app.auone.example", "Mail System Error - Returned Mail",
            "Your mail sent on: Mon, 23 Nov 2026 07:00:05 +0900\n    Could not be delivered to: <ada@example.net>\n"
                + "    As their mailbox is full.\n"),
        notice(
            "GroupWise, in words", gone, from: "Mailer-Daemon@example.net", "Message status - undeliverable",
            "The message that you sent was undeliverable to the following:\n\tada@example.net (user not found)\n"),
        notice(
            "KDDI", gone, from: "no-reply@ezweb.example (Mail Delivery System)", "Mail Deliver Fail",
            "The user(s) account is disabled or unknown: no such user\nada@ezweb.example\n"),
        notice(
            "docomo, in Japanese", gone, from: "mail delivery <mail@docomo.example>", "エラーメール",
            "あなたのメールは配信できませんでした。宛先のメールアドレスが存在しません。\nada@docomo.example\n"),
        notice(
            "Amavis, spam", .fault(.content), from: "Content-filter at mx.example.net <postmaster@mx.example.net>",
            "Considered UNSOLICITED BULK EMAIL, apparently from you",
            "A message from <papers@example.org> to <ada@example.net>\nwas considered unsolicited bulk e-mail (UBE) and was not delivered.\nSpam scanner report follows.\n"
        ),
        notice(
            "Barracuda, in words", .fault(.policy), from: "postmaster@example.net",
            "**Message you sent blocked by our bulk email filter**",
            "Your message to: ada@example.net\nwas blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED.\n"
        ),
        notice(
            "SES, a notice", gone, from: "AWS Notifications <no-reply@sns.example>", "AWS Notification Message",
            #"{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[{"emailAddress":"ada@example.net","action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]},"mail":{"source":"SENDER"}}"#
                + "\n\n--\nIf you wish to stop receiving notifications", returnPath: "<sns@example.com>"),
        notice(
            "SES, a notice within one", .fault(.fullMailbox), from: "AWS Notifications <no-reply@sns.example>",
            "Amazon SES Email Event Notification",
            #"{"Type":"Notification","Message":"{\"eventType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Transient\",\"bounceSubType\":\"MailboxFull\",\"bouncedRecipients\":[{\"emailAddress\":\"ada@example.net\"}]},\"mail\":{\"source\":\"SENDER\"}}"}"#,
            returnPath: "<sns@example.com>"),
        notice(
            "SES, a complaint", .complaint, from: "AWS Notifications <no-reply@sns.example>",
            "AWS Notification Message",
            #"{"notificationType":"Complaint","complaint":{"complaintFeedbackType":"abuse"},"mail":{"source":"SENDER"}}"#,
            returnPath: "<sns@example.com>"),
        notice(
            "SES, a delivery", .other, from: "AWS Notifications <no-reply@sns.example>", "AWS Notification Message",
            #"{"notificationType":"Delivery","mail":{"source":"SENDER"},"delivery":{"smtpResponse":"250 user unknown"}}"#,
            returnPath: "<sns@example.com>"),
    ]

    /// What is no bounce, whatever it says.
    static let answers: [BounceShape] = [
        notice(
            "Exchange, out of office", .other, from: "Ada <ada@example.net>",
            "Automatic reply: mailbox full, user unknown",
            "I am no longer with example.net. My mailbox does not exist any more. 550 5.1.1 user unknown.",
            fields: "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All"),
        notice(
            "out of office under our own subject", .other, from: "Ada <ada@example.net>",
            "Undeliverable: a study of bounces",
            "I am away until Monday. Your message could not be delivered to me: user unknown.",
            fields: "Auto-Submitted: auto-generated"),
        notice(
            "a vacation program", .other, from: "ada@example.net", "away from my mail",
            "I will not be reading my mail. It will not be delivered until I return; mailbox full.",
            fields: "Precedence: junk\nAuto-Submitted: auto-replied"),
        notice(
            "a vacation note in German", .other, from: "ada@example.net", "Abwesenheitsnotiz: Unzustellbar",
            "Die Nachricht konnte nicht gelesen werden. Empfänger unbekannt verzogen.",
            fields: "Auto-Submitted: auto-replied"),
        notice(
            "a vacation note in Japanese", .other, from: "ada@example.net", "=?iso-2022-jp?B?GyRCPCtGMDF+RXobKEI=?=",
            "I am away. user unknown", fields: "Auto-Submitted: auto-replied"),
        notice(
            "a challenge", .other, from: "ada@example.net", "Please confirm your message",
            "Your message could not be delivered until you confirm it. Unknown sender."),
        notice(
            "a challenge of a service", .other, from: "Boxbe <noreply@boxbe.example>", "your papers (Action Required)",
            "Hello, your message about papers was waitlisted. Please add yourself."),
        notice(
            "a person who quotes a bounce", .other, from: "ada@example.net", "Re: Undeliverable: your papers",
            "> 550 5.1.1 user unknown\n> could not be delivered\nWhat is that?", fields: "In-Reply-To: <MESSAGEID>",
            returnPath: "<ada@example.net>"),
        notice(
            "a postmaster who answers", .other, from: "postmaster@example.net", "Re: your papers",
            "We looked: user unknown, the mailbox does not exist since 2020.", fields: "In-Reply-To: <MESSAGEID>",
            returnPath: "<postmaster@example.net>"),
        notice(
            "a person's mail of their own", .other, from: "ada@example.net", "Your mail",
            "The second address in it does not exist: 550 5.1.1 user unknown, their site says.",
            returnPath: "<ada@example.net>"),
        notice(
            "a holiday note without a mark, from nobody", .other, from: "ada@example.net", "Gone fishing",
            "I do not read mail until Monday; whoever writes to my old address: it does not exist any more."),
        receipt("a read receipt", "displayed"), receipt("a receipt of a deletion", "deleted"),
    ]

    private static func receipt(_ name: String, _ disposition: String) -> BounceShape {
        notice(
            name, .other, from: "postmaster@example.net", "Undeliverable: not read",
            """
            --r
            Content-Type: text/plain

            Your message could not be delivered, user unknown, was \(disposition) without being read. 550 5.1.1
            --r
            Content-Type: message/disposition-notification

            Final-Recipient: rfc822; ada@example.net
            Disposition: automatic-action/MDN-sent-automatically; \(disposition)
            --r--
            """, type: "multipart/report; report-type=disposition-notification; boundary=r")
    }

    /// Complaints that follow no standard.
    static let complaints: [BounceShape] = [
        notice(
            "Outlook's Junk Mail Reporting Program", .complaint, from: "staff@hotmail.com",
            "complaint about message from 192.0.2.7",
            """
            --j
            Content-Type: message/rfc822

            X-HmXmrOriginalRecipient: ada@outlook.example
            From: Papers <papers@example.org>
            Message-ID: <MESSAGEID>
            Subject: Your papers

            user unknown
            --j--
            """, type: "multipart/mixed; boundary=j", returnPath: "<staff@hotmail.com>"),
        notice(
            "Outlook, the mail alone", .complaint, from: "Papers <papers@example.org>", "Your papers", "user unknown",
            fields: "X-HmXmrOriginalRecipient: ada@outlook.example\nMessage-ID: <MESSAGEID>",
            returnPath: "<staff@hotmail.com>"),
        notice(
            "AOL, a complaint", .complaint, from: "scomp@aol.net", "Email Feedback Report for IP 192.0.2.7",
            "--j\nContent-Type: text/plain\n\nThis is an email abuse report.\n--j\nContent-Type: message/rfc822\n\nMessage-ID: <MESSAGEID>\n\ntext\n--j--",
            type: "multipart/mixed; boundary=j", returnPath: "<scomp@aol.net>"),
        notice(
            "Yahoo, a complaint", .complaint, from: "Yahoo! Mail AntiSpam Feedback <feedback@arf.mail.yahoo.com>",
            "FW:Your papers",
            "--j\nContent-Type: text/plain\n\nThis is an email abuse report.\n--j\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Yahoo!-Mail-Feedback/1.0\n--j\nContent-Type: message/rfc822\n\nMessage-ID: <MESSAGEID>\n\ntext\n--j--",
            type: "multipart/report; report-type=feedback-report; boundary=j",
            returnPath: "<feedback@arf.mail.yahoo.com>"),
    ]
}
