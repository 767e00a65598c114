import Store

extension BounceShape {
    /// A report by fields, named after the mail system or the provider that says so.
    static func report(
        _ name: String, _ fault: DeliveryFault, _ status: String, _ diagnostic: String, action: String = "failed",
        words: String = "Your message could not be delivered to one or more recipients."
    ) -> BounceShape {
        let said = diagnostic.isEmpty ? "" : "\nDiagnostic-Code: \(diagnostic)"
        return BounceShape(
            name, .fault(fault),
            Self.status(words, "Final-Recipient: rfc822; ada@example.net\nAction: \(action)\nStatus: \(status)\(said)"))
    }

    /// Mailboxes that are no more.
    static let goneReports: [BounceShape] = [
        report(
            "Postfix, relay recipient table", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown in relay recipient table"),
        report(
            "Postfix, words against 5.7.1", .unknownMailbox, "5.7.1",
            "smtp; 554 5.7.1 <ada@example.net>: Recipient address rejected: user ada does not exist"),
        report(
            "Postfix, probed address", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected: undeliverable address: host mx.example.net[192.0.2.1] said: 550 5.1.1 unknown user (in reply to RCPT TO command)"
        ),
        report("Sendmail", .unknownMailbox, "5.1.1", "SMTP; 550 5.1.1 <ada@example.net>... User unknown"),
        report("Exim", .unknownMailbox, "5.0.0", "smtp; 550 Unknown user"),
        report("OpenSMTPD", .unknownMailbox, "5.1.1", "smtp; 550 5.1.1 Invalid recipient: <ada@example.net>"),
        report("Courier", .unknownMailbox, "5.0.0", "smtp; 550 User unknown.", action: "failed"),
        report(
            "Dovecot LMTP", .unknownMailbox, "5.1.1",
            "lmtp; 550 5.1.1 <ada@example.net> User doesn't exist: ada@example.net"),
        report(
            "Cyrus LMTP", .unknownMailbox, "5.1.1",
            "lmtp; 550-Mailbox unknown. Either there is no mailbox associated with this 550-name or you do not have authorization to see it. 550 5.1.1 User unknown"
        ),
        report(
            "Zimbra", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected: example.net"),
        report("Exchange 2003", .unknownMailbox, "5.1.1", ""),
        report("Exchange 2007", .unknownMailbox, "5.1.1", "smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found"),
        report(
            "Exchange 2013, legacy address", .unknownMailbox, "5.1.1",
            "smtp;550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found"),
        report(
            "Exchange Online, edge blocking", .unknownMailbox, "5.4.1",
            "smtp;550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [mx.example.net]"),
        report(
            "Exchange Online, edge blocking behind a relay", .unknownMailbox, "5.4.1",
            "smtp; 550 5.4.1 [ada@example.net]: Recipient address rejected: Access denied [AM5EUR02.example.com]"),
        report(
            "Exchange Online, wrapped", .unknownMailbox, "5.1.351",
            "smtp;550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 5.1.1 <ada@example.net> user unknown"
        ),
        report(
            "Exchange Online, not found", .unknownMailbox, "5.1.10",
            "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ada@example.net not found by SMTP address lookup"
        ),
        report(
            "Outlook.com", .unknownMailbox, "5.5.0",
            "smtp; 550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [mx.example.com]"),
        report("Hotmail", .unknownMailbox, "5.0.0", "smtp; 550 Requested action not taken: mailbox unavailable"),
        report(
            "Gmail", .unknownMailbox, "5.1.1",
            "smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the address for typos. 550 5.1.1 https://support.example.com/mail/?p=NoSuchUser x - gsmtp"
        ),
        report(
            "Gmail, disabled", .unknownMailbox, "5.2.1",
            "smtp; 550-5.2.1 The email account that you tried to reach is disabled. 550 5.2.1 x - gsmtp"),
        report(
            "Google Workspace, inactive", .unknownMailbox, "5.2.1",
            "smtp; 550 5.2.1 The email account that you tried to reach is inactive. Learn more at https://support.example.com - gsmtp"
        ),
        report(
            "Yahoo", .unknownMailbox, "5.0.0",
            "smtp; 554 delivery error: dd This user doesn't have a yahoo.example account (ada@yahoo.example) [0] - mta.example.com"
        ),
        report(
            "Yahoo, closed", .unknownMailbox, "5.0.0",
            "smtp; 554 delivery error: dd Sorry, your message to ada@yahoo.example cannot be delivered. This mailbox is disabled (554.30). This account has been disabled or discontinued [#102]."
        ),
        report(
            "Yahoo since 2019", .unknownMailbox, "5.0.0", "smtp; 552 1 Requested mail action aborted, mailbox not found"
        ),
        report(
            "AOL", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected: example.net"),
        report("Apple iCloud", .unknownMailbox, "5.1.1", "smtp; 550 5.1.1 <ada@example.net>: user does not exist"),
        report("Comcast", .unknownMailbox, "5.1.1", "smtp; 550 5.1.1 Not our Customer"),
        report(
            "Cox", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net> recipient rejected. Refer to Error Codes section"),
        report("Verizon", .unknownMailbox, "5.0.0", "smtp; 550 4.2.1 mailbox does not exist"),
        report(
            "Orange", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416"),
        report("Free", .unknownMailbox, "5.0.0", "smtp; 550 5.2.1 This mailbox has been blocked due to inactivity"),
        report(
            "GMX", .unknownMailbox, "5.0.0",
            "smtp; 550-Requested action not taken: mailbox unavailable 550 For explanation visit https://postmaster.example.com/en/case?c=r0601"
        ),
        report("web.de", .unknownMailbox, "5.1.1", "smtp; 550 5.1.1 ada@example.net: invalid address"),
        report("IONOS", .unknownMailbox, "5.0.0", "smtp; 550 invalid DNS MX or A/AAAA resource record: no such user"),
        report(
            "T-Online", .unknownMailbox, "5.0.0", "smtp; 550-unknown user 550 Der Nutzer ist unbekannt, existiert nicht"
        ),
        report(
            "mail.ru", .unknownMailbox, "5.0.0",
            "smtp; 550 Message was not accepted -- invalid mailbox. Local mailbox ada@mail.example is unavailable: user not found"
        ),
        report(
            "mail.ru, closed", .unknownMailbox, "5.0.0",
            "smtp; 550 Message was not accepted -- invalid mailbox. Local mailbox ada@mail.example is unavailable: account is disabled"
        ),
        report("Yandex", .unknownMailbox, "5.7.1", "smtp; 550 5.7.1 No such user!"),
        report("Rambler", .unknownMailbox, "5.1.1", "smtp; 550 5.1.1 Recipient not found. <ada@example.net>"),
        report("QQ", .unknownMailbox, "5.0.0", "smtp; 550 Mailbox not found. http://service.mail.example/cgi-bin/help"),
        report(
            "QQ, either", .unknownMailbox, "5.0.0", "smtp; 550 Mailbox unavailable or access denied [mx.example.com]"),
        report("NetEase", .unknownMailbox, "5.0.0", "smtp; 550 User not found: ada@163.example"),
        report("Sina", .unknownMailbox, "5.0.0", "smtp; 550 unknown user"),
        report("docomo", .unknownMailbox, "5.0.0", "smtp; 550 Unknown user ada@docomo.example"),
        report("EZweb", .unknownMailbox, "5.0.0", "smtp; 550 <ada@ezweb.example>: User unknown"),
        report("SoftBank", .unknownMailbox, "5.0.0", "smtp; 550 Invalid recipient: <ada@softbank.example>"),
        report("Zoho", .unknownMailbox, "5.1.1", "smtp; 550 5.1.1 User does not exist - <ada@example.net>"),
        report(
            "Fastmail", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown in virtual mailbox table"),
        report(
            "Rackspace", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown. G8"),
        report("GoDaddy", .unknownMailbox, "5.0.0", "smtp; 550 Recipient not found. <https://help.example.com/11340>"),
        report(
            "OVH", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown (mo1)"),
        report(
            "Mimecast", .unknownMailbox, "5.0.0",
            "smtp; 550 Invalid Recipient - https://community.example.com/docs/DOC-1369#550"),
        report("Proofpoint", .unknownMailbox, "5.1.1", "smtp; 550 5.1.1 User Unknown"),
        report("Barracuda", .unknownMailbox, "5.0.0", "smtp; 550 No such user (ada@example.net)"),
        report(
            "Barracuda, with domain", .unknownMailbox, "5.0.0",
            "smtp; 550 permanent failure for one or more recipients (ada@example.net:550 5.1.1 no such recipient)"),
        report("FortiMail", .unknownMailbox, "5.1.1", "smtp; 550 5.1.1 <ada@example.net>... User unknown"),
        report("MessageLabs", .unknownMailbox, "5.0.0", "smtp; 550-Invalid recipient <ada@example.net> 550 (#5.1.1)"),
        report(
            "IronPort, wrapper code", .unknownMailbox, "5.1.0",
            "smtp; 5.1.0 - Unknown address error 550-'No such user' (delivery attempts: 0)"),
        report(
            "IronPort", .unknownMailbox, "5.1.1",
            "smtp; 5.1.1 - Bad destination email address 'reject' (delivery attempts: 0)"),
        report(
            "Trend Micro", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown in relay recipient table"),
        report(
            "MailEnable", .unknownMailbox, "5.0.0",
            "smtp; 550 Requested action not taken: mailbox unavailable or not local"),
        report("MDaemon", .unknownMailbox, "5.0.0", "smtp; 550 Recipient unknown"),
        report(
            "Domino", .unknownMailbox, "5.1.1", "X-Notes; User ada (ada@example.net) not listed in Domino Directory"),
        report("GroupWise", .unknownMailbox, "5.1.1", "smtp; 550 Mailbox unavailable or does not exist"),
        report("Lotus SMTP", .unknownMailbox, "5.1.1", "smtp; 550 ada@example.net... No such user"),
        report(
            "SES", .unknownMailbox, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net>: Email address could not be found, or was misspelled (G8)"),
        report(
            "SES, own list", .unknownMailbox, "5.1.1",
            "Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address. does not exist"
        ),
        report("SendGrid", .unknownMailbox, "5.0.0", "550 5.1.1 unknown or illegal alias: ada@example.net"),
        report(
            "Mailgun", .unknownMailbox, "5.0.0",
            "smtp; 550 5.1.1 The email account that you tried to reach does not exist"),
        report("X.400 gateway", .unknownMailbox, "5.1.1", "X400; Unrecognised OR-name: recipient unknown"),
        report("a provider in Spanish", .unknownMailbox, "5.0.0", "smtp; 550 no existe ese usuario en nuestro sistema"),
        report("a provider in Italian", .unknownMailbox, "5.0.0", "smtp; 550 utente sconosciuto"),
        report("a provider in Portuguese", .unknownMailbox, "5.0.0", "smtp; 550 usuário desconhecido"),
        report("a provider in Russian", .unknownMailbox, "5.0.0", "smtp; 550 пользователь не найден"),
        report("a provider in Chinese", .unknownMailbox, "5.0.0", "smtp; 550 用户不存在"),
        report("moved away", .unknownMailbox, "5.1.6", "smtp; 551 5.1.6 recipient no longer on server"),
        report("action “failure”", .unknownMailbox, "5.1.1", "smtp; 550 no such user", action: "failure"),
        report("action “error”", .unknownMailbox, "5.1.1", "smtp; 550 no such user", action: "error"),
        report(
            "a reason in the text only", .unknownMailbox, "5.0.0", "",
            words: "The following address failed:\nada@example.net: no such user here"),
        report("a reason behind the status", .unknownMailbox, "5.0.0 (mailbox does not exist)", ""),
    ]

    /// Readers who are there: what 5.1.x and 5.2.1 do not mean here.
    static let livingReports: [BounceShape] = [
        report("rate under 5.1.1", .policy, "5.1.1", "smtp; 550 5.1.1 sending rate exceeded for this host"),
        report(
            "Gmail, mail too fast", .policy, "5.2.1",
            "smtp; 550-5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages 550 5.2.1 x - gsmtp"
        ),
        report(
            "cPanel, hourly limit", .policy, "5.1.1",
            "smtp; 550 5.1.1 Domain example.org has exceeded the max emails per hour (100/100) allowed. Message discarded."
        ),
        report("sending limit under 5.2.1", .policy, "5.2.1", "smtp; 550 5.2.1 daily sending limit reached for user"),
        report(
            "block list under 5.1.1", .policy, "5.1.1",
            "smtp; 550 5.1.1 <ada@example.net>: Recipient address rejected: 192.0.2.7 is listed at zen.spamhaus.org"),
        report("SPF under 5.1.1", .policy, "5.1.1", "smtp; 550 5.1.1 SPF check failed for example.org"),
        report("DKIM under 5.1.0", .policy, "5.1.0", "smtp; 550 5.1.0 DKIM signature did not verify"),
        report("DMARC under 5.1.1", .policy, "5.1.1", "smtp; 550 5.1.1 rejected by the DMARC policy of example.org"),
        report("sender refused under 5.1.0", .policy, "5.1.0", "smtp; 550 5.1.0 <papers@example.org> sender rejected"),
        report("Exchange Online, bad sender", .policy, "5.1.8", "smtp;550 5.1.8 Access denied, bad outbound sender"),
        report(
            "refused at MAIL FROM", .policy, "5.1.0", "smtp; 550 5.1.0 user unknown (in reply to MAIL FROM command)"),
        report("full under 5.1.1", .fullMailbox, "5.1.1", "smtp; 550 5.1.1 mailbox full"),
        report("over quota under 5.2.1", .fullMailbox, "5.2.1", "smtp; 550 5.2.1 <ada@example.net>: user over quota"),
        report(
            "Exchange Online, full behind “unknown recipient”", .fullMailbox, "5.1.351",
            "smtp;550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 552 5.2.2 mailbox over quota"
        ),
        report(
            "IronPort, full behind “unknown address”", .fullMailbox, "5.1.0",
            "smtp; 5.1.0 - Unknown address error 552-'5.2.2 mailbox is full' (delivery attempts: 3)"),
        report(
            "IronPort, refused behind “unknown address”", .policy, "5.1.0",
            "smtp; 5.1.0 - Unknown address error 550-'5.7.1 rejected' (delivery attempts: 0)"),
        report(
            "5.1.1 with the reason in the text", .fullMailbox, "5.1.1", "",
            words: "Delivery failed.\nThe recipient's mailbox is full."),
        report("members only", .policy, "5.1.1", "smtp; 550 5.1.1 you are not authorized to send to this list"),
        report(
            "Exchange, restricted", .policy, "5.7.1",
            "smtp;550 5.7.1 RESOLVER.RST.AuthRequired; authentication required"),
        report(
            "Exchange Online, restricted", .policy, "5.7.124",
            "smtp;550 5.7.124 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized"),
        report(
            "Postfix, access map", .policy, "5.7.1",
            "smtp; 554 5.7.1 <ada@example.net>: Recipient address rejected: Access denied"),
        report(
            "Postfix, client", .policy, "5.7.1",
            "smtp; 554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.spamcop.net"),
        report(
            "Postfix, HELO", .policy, "5.5.2",
            "smtp; 504 5.5.2 <mx>: Helo command rejected: need fully-qualified hostname"),
        report("Exim, sender verify", .policy, "5.0.0", "smtp; 550 Sender verify failed"),
        report("Exim, relay", .policy, "5.0.0", "smtp; 550 relay not permitted"),
        report("Sendmail, relay", .policy, "5.7.1", "smtp; 550 5.7.1 Relaying denied"),
        report(
            "Gmail, unauthenticated", .policy, "5.7.26",
            "smtp; 550-5.7.26 This mail is unauthenticated, which poses a security risk 550-5.7.26 to the sender and Gmail users. 550 5.7.26 x - gsmtp"
        ),
        report(
            "Gmail, reputation", .policy, "5.7.1",
            "smtp; 550-5.7.1 Our system has detected that this message is suspicious due to the very low reputation of the sending IP address. 550 5.7.1 - gsmtp"
        ),
        report(
            "Yahoo, block list", .policy, "5.7.9",
            "smtp; 553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.7, because the ip is in Spamhaus's list"
        ),
        report(
            "AOL, dynamic", .policy, "5.7.1", "smtp; 554- (RTR:BB) The IP address you are using has a poor reputation"),
        report(
            "Outlook, block list", .policy, "5.7.1",
            "smtp; 550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140)."
        ),
        report(
            "Exchange Online, banned", .policy, "5.7.606",
            "smtp;550 5.7.606 Access denied, banned sending IP [192.0.2.7]"),
        report(
            "Comcast, no PTR", .policy, "5.7.1",
            "smtp; 554 5.7.1 mx.example.com 192.0.2.7 Comcast requires that all mail servers must have a PTR record"),
        report(
            "T-Online, unknown host", .policy, "5.7.0",
            "smtp; 554 IP=192.0.2.7 - None/bad reputation. Ask your postmaster for help"),
        report(
            "docomo, refused by the reader", .policy, "5.2.0",
            "smtp; 550 receiver denied: not want to receive mails from this sender"),
        report(
            "mail.ru, spam", .content, "5.7.0",
            "smtp; 550 spam message rejected. Please visit http://help.example.com/notspam"),
        report("Yandex, spam", .content, "5.7.1", "smtp; 554 5.7.1 [1] Message rejected under suspicion of SPAM"),
        report("NetEase, spam", .content, "5.0.0", "smtp; 554 DT:SPM 163 smtp12 邮件被判为垃圾邮件"),
        report("Barracuda, spam", .content, "5.7.1", "smtp; 550 5.7.1 Message blocked as spam content"),
        report("Proofpoint, content", .content, "5.7.0", "smtp; 554 5.7.0 Your message was rejected: content filter"),
        report("ClamAV milter", .content, "5.7.1", "smtp; 554 5.7.1 virus Eicar-Test-Signature detected"),
        report("Postfix, too large", .content, "5.3.4", "smtp; 552 5.3.4 Message size exceeds fixed limit"),
        report(
            "Exchange, too large", .content, "5.2.3",
            "smtp;550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient"),
        report(
            "Gmail, too large", .content, "5.3.4",
            "smtp; 552-5.3.4 Your message exceeded Google's message size limits. 552 5.3.4 - gsmtp"),
        report("Sendmail, SMTPUTF8", .content, "5.6.7", "smtp; 553 5.6.7 SMTPUTF8 required"),
        report("Postfix, quota", .fullMailbox, "5.2.2", "x-unix; maildrop: maildir over quota."),
        report(
            "Exchange, quota", .fullMailbox, "5.2.2",
            "smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded"
        ),
        report("552 alone", .fullMailbox, "5.0.0", "smtp; 552 sorry"),
        report(
            "Yahoo, quota", .fullMailbox, "5.0.0",
            "smtp; 552 1 Requested mail action aborted, exceeded storage allocation: mailbox full"),
        report(
            "Orange, quota", .fullMailbox, "5.2.2",
            "smtp; 552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR204_417"),
        report("mail.ru, quota", .fullMailbox, "5.0.0", "smtp; 552 mailbox quota exceeded"),
        report("full after days of trying", .fullMailbox, "4.2.2", "smtp; 452 4.2.2 Over quota"),
        report("NetEase, full in Chinese", .fullMailbox, "5.0.0", "smtp; 552 邮箱空间不足"),
        report(
            "a host without a name, Sendmail", .undeliverable, "5.1.2",
            "dns; Host unknown (Name server: mx.example.net: host not found)"),
        report(
            "a host without a name, Postfix", .undeliverable, "5.4.4",
            "X-Postfix; Host or domain name not found. Name service error for name=example.net type=A: Host not found"),
        report(
            "a host without a name, Exim", .undeliverable, "5.0.0", "",
            words:
                "This is a permanent error. The following address failed:\n  ada@example.net\n    Unrouteable address"),
        report(
            "a host without a name, Exchange", .undeliverable, "5.4.310",
            "smtp;550 5.4.310 DNS domain example.net does not exist [Message=InfoDomainNonexistent]"),
        report(
            "a host without a name, OpenSMTPD", .undeliverable, "5.1.2", "smtp; 550 5.1.2 Invalid domain: no MX found"),
        report(
            "a host without a name, IronPort", .undeliverable, "5.1.2",
            "smtp; 5.1.2 - Bad destination host 'DNS Hard Error looking up example.net (MX): NXDomain'"),
        report(
            "a domain that wants no mail", .undeliverable, "5.1.0",
            "X-Postfix; Domain example.net does not accept mail (nullMX)"),
        report(
            "given up, Postfix", .expired, "4.4.1",
            "X-Postfix; connect to mx.example.net[192.0.2.1]:25: Connection refused"),
        report("given up, Exim", .expired, "4.0.0", "", words: "ada@example.net\n  retry timeout exceeded"),
        report("given up, Exchange", .expired, "4.4.7", "smtp;550 4.4.7 QUEUE.Expired; message expired"),
        report(
            "given up, Exchange Online", .expired, "5.4.300",
            "smtp;550 5.4.300 Message expired -> 421 4.4.2 connection dropped"),
        report("given up, Sendmail", .expired, "4.4.7", "SMTP; message could not be delivered for 5 days"),
        report(
            "given up, IronPort", .expired, "5.4.7",
            "smtp; 5.4.7 - Delivery expired (message too old) 'timeout' (delivery attempts: 14)"),
        report(
            "given up, OpenSMTPD", .expired, "4.4.7", "smtp; Envelope expired", action: "delayed",
            words: "Envelope expired"),
        report(
            "given up, OpenSMTPD, in the text", .expired, "4.4.7", "", action: "delayed",
            words: "    Your message could not be delivered.\nada@example.net: Envelope expired"),
        report("given up on a greylist", .expired, "4.7.1", "smtp; 450 4.7.1 Greylisted, try again"),
        report(
            "given up on a soft “unknown”", .expired, "4.1.1",
            "smtp; 450 4.1.1 <ada@example.net>: Recipient address rejected: unverified address"),
        report("a loop", .undeliverable, "5.4.6", "smtp; 554 5.4.6 Too many hops"),
        report("no reason at all", .undeliverable, "5.0.0", ""),
        report("frozen", .undeliverable, "5.0.0", "smtp; 550 account temporarily suspended"),
    ]
}
