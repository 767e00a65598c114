import Core
import Foundation
import Mail

/// Whether commands go ahead of a mail server's replies, and how far.
public enum PipeliningChoice: String, Sendable, CaseIterable { case auto, full, envelope, off }
/// How much of TLS the way to the SMTP server needs.
public enum TLSChoice: String, Sendable, CaseIterable { case required, opportunistic, none }

/// How often a new subscriber's digest comes; the values are those of the store's `Cadence`.
public enum CadenceChoice: String, Sendable, CaseIterable { case daily, weekdays, weekly }

/// What comes of a morning without new papers.
public enum EmptyDigestChoice: String, Sendable, CaseIterable { case skip, note }

/// How much is logged.
public enum LogLevel: String, Sendable, CaseIterable { case trace, debug, info, notice, warning, error }

/// Every key there is. The configuration file that is shipped, the reference and the errors all follow from this list.
enum SettingKeys {
    static let siteName = Setting.text(
        "site.name", "What the site is called, on pages and in mails.", default: "Broadsheet")
    static let tagline = Setting.text(
        "site.tagline",
        "The line under the name on every page; without it, one that says what the site sends, in the language of the page."
    )
    static let postalAddress = Setting.text(
        "site.postal_address", "The operator's postal address, which the law of many countries requires in every mail.",
        default: "Set site.postal_address to the operator’s postal address")
    static let footer = Setting.text(
        "site.footer", "A line at the end of every mail and page, for example who pays for it.", default: "")
    static let accent = Setting<String>(
        "site.accent", "The colour of links and buttons.", default: "#9c2a1f", allowed: "a colour such as #9c2a1f"
    ) { text in
        text.count == 7 && text.first == "#" && text.dropFirst().allSatisfy(\.isHexDigit) ? text : nil
    }
    static let logoFile = Setting.path(
        "site.logo_file",
        "A picture above the site's name on every page: a PNG of at most 100,000 bytes, shown at most 320 pixels wide and 64 high."
    )
    static let language = Setting<Language>.choice(
        "site.language", "The language of mails and pages for readers who choose none: en, de, fr, es, ja or zh.",
        default: .english)
    static let operatorName = Setting.text(
        "site.operator",
        "The person or institution that runs the site, for the legal notice; without it, the site's name.")
    static let contact = Setting.text(
        "site.contact",
        "The address that people write to, on the pages about the site; without it, the address that mails come from.")
    static let instanceName = Setting.text(
        "site.instance",
        "A name for this machine, where its own changes, as a container's does; a copy of the database under another name sends nothing.",
        default: "")
    static let key = Setting<String>(
        "site.key", "The secret that signs links; without it, the program makes one and keeps it in the database.",
        allowed: "at least 32 characters, for example from `openssl rand -hex 32`"
    ) { $0.count >= 32 ? $0 : nil }
    static let keyFile = Setting.path("site.key_file", "A file that holds the secret instead.")

    static let database = Setting<String>(
        "database",
        "Where everything is stored: sqlite:PATH, or postgres://USER:PASSWORD@HOST:PORT/DATABASE. The default lies beside the settings file, or in /var/lib/broadsheet for one in /etc.",
        default: "sqlite:broadsheet.sqlite", allowed: "sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE"
    ) { text in
        let schemes = ["sqlite:", "postgres://", "postgresql://"]
        return schemes.contains { text.hasPrefix($0) && text.count > $0.count } ? text : nil
    }
    static let databaseFile = Setting.path(
        "database_file", "A file that holds the database's address instead, to keep its password apart.")
    static let logLevel = Setting<LogLevel>.choice(
        "log.level", "The least important lines that are logged.", default: .info)

    static let webHost = Setting.text(
        "web.host", "The address the web server listens on; put a TLS proxy in front.", default: "127.0.0.1")
    static let webPort = Setting.number("web.port", "Its port; 0 takes a free one.", default: 8080, in: 0...65535)
    static let baseURL = Setting<String>(
        "web.base_url", "The address that readers see, in links and mails.", default: "http://127.0.0.1:8080",
        allowed:
            "an address such as https://papers.example.org, with nothing behind the host: the pages stand at the top of a host of their own",
        parse: siteAddress)

    static let from = Setting<Mailbox>(
        "mail.from",
        "The From line of every mail; {{siteName}} in it stands for site.name. Its address is the envelope sender.",
        default: "{{siteName}} <broadsheet@localhost.localdomain>",
        allowed: "Name <address@domain>, with no other {{name}} than {{siteName}} in the name"
    ) { text in
        let mailbox = try? Mailbox(parsing: text)
        return mailbox?.name?.replacing(siteNameMark, with: "").contains("{{") == true ? nil : mailbox
    }
    /// What stands in `mail.from` for the name of the site.
    static let siteNameMark = "{{siteName}}"
    static let digestSubject = Setting<String>(
        "mail.subject",
        "The subject of digests: {{title}} is the first paper, {{others}} how many more there are; also {{day}}, {{count}} and {{siteName}}.",
        default: "", allowed: "a line with {{title}}, {{others}}, {{day}}, {{count}} or {{siteName}}"
    ) { text in text.contains(where: \.isNewline) ? nil : text }
    static let replyTo = Setting<Mailbox?>("mail.reply_to", "Where answers go.", allowed: "Name <address@domain>") {
        text in
        text.isEmpty ? .some(nil) : (try? Mailbox(parsing: text)).map { .some($0) }
    }
    static let listID = Setting<String>(
        "mail.list_id", "The List-Id (RFC 2919); without it, papers. and the domain of mail.from.",
        allowed: "a name with a dot, such as papers.example.org"
    ) { text in
        let isDotAtom =
            text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } && !text.contains(where: "<>()[]\\,;:\"@".contains)
        return text.isEmpty || (isDotAtom && text.dropFirst().dropLast().contains(".")) ? text : nil
    }

    static let smtpURL = Setting<String>(
        "smtp.url",
        "The mail server, or several separated by spaces: smtp:// (see smtp.tls) or smtps://, with user and password.",
        default: "smtp://127.0.0.1:25", allowed: "smtp://user:password@host:587 or smtps://host:465"
    ) { text in
        let words = text.split(whereSeparator: \.isWhitespace)
        return !words.isEmpty && words.allSatisfy { $0.hasPrefix("smtp://") || $0.hasPrefix("smtps://") } ? text : nil
    }
    static let smtpURLFile = Setting.path(
        "smtp.url_file", "A file that holds smtp.url instead, to keep its password apart.")
    static let smtpTLS = Setting<TLSChoice>.choice(
        "smtp.tls", "Whether the connection to the mail server must be encrypted.", default: .required)
    static let smtpCAFile = Setting.path("smtp.ca_file", "Certificates to trust instead of the system's, in PEM form.")
    static let smtpConnections = Setting.number(
        "smtp.connections", "How many connections are open at once.", default: 4, in: 1...64)
    static let smtpMessagesPerConnection = Setting.number(
        "smtp.messages_per_connection", "The number of messages after which a connection is closed and another opened.",
        default: 1000, in: 1...1_000_000)
    static let smtpPipelining = Setting<PipeliningChoice>.choice(
        "smtp.pipelining",
        "How far commands go ahead of the mail server's replies: as far as it is found to take, or up to the next message (full), within one message (envelope), not at all (off).",
        default: .auto)
    static let smtpTimeout = Setting.number(
        "smtp.timeout", "Seconds the mail server may take to answer, and twice as many at the end of a message.",
        default: 300, in: 1...3600)
    static let smtpRate = Setting.number(
        "smtp.rate", "The most messages a second; 0 is no limit.", default: 0, in: 0...100_000)
    static let smtpWindowMessages = Setting.number(
        "smtp.window_messages", "The most messages in any stretch of smtp.window_seconds; 0 is no limit.", default: 0,
        in: 0...1_000_000)
    static let smtpWindowSeconds = Setting.number(
        "smtp.window_seconds", "The length of that stretch, in seconds.", default: 3600, in: 1...86_400)
    static let smtpDomainConnections = Setting.number(
        "smtp.domain_concurrency", "The most messages in flight to one recipient domain; 0 is no limit.", default: 0,
        in: 0...1000)
    static let smtpDomainRate = Setting.number(
        "smtp.domain_rate", "The most messages a minute to one recipient domain; 0 is no limit.", default: 0,
        in: 0...1_000_000)
    static let smtpCertificateFile = Setting.path(
        "smtp.certificate_file", "A certificate to show to a mail server that asks for one, in PEM form.")
    static let smtpKeyFile = Setting.path("smtp.key_file", "The private key of that certificate, in PEM form.")
    static let smtpTokenFile = Setting.path(
        "smtp.token_file", "A file that holds an OAuth 2 access token, used instead of a password (XOAUTH2).")
    static let smtpName = Setting<String>(
        "smtp.name", "The name for EHLO; without it the host of web.base_url.",
        allowed: "a name such as mail.example.org"
    ) { text in
        text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F } && text.contains(".") ? text : nil
    }

    static let precedenceBulk = Setting.flag(
        "mail.precedence_bulk", "Whether digests say `Precedence: bulk`, which some old autoresponders obey.",
        default: false)
    static let dkimDomain = Setting<String>(
        "dkim.domain", "The domain that signs mails (DKIM), that of mail.from; needs a key file.",
        allowed: "a domain such as example.org"
    ) { $0.contains(".") && $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? $0 : nil }
    static let dkimSelector = Setting<String>(
        "dkim.selector", "The name under which `dkim generate` has you publish the keys: NAME-rsa and NAME-ed25519.",
        default: "broadsheet", allowed: "letters, digits and hyphens"
    ) { text in
        !text.isEmpty && text.utf8.allSatisfy { $0 < 0x80 }
            && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            ? text : nil
    }
    static let dkimRSAKeyFile = Setting.path("dkim.rsa_key_file", "The RSA private key, in PEM form, mode 0600.")
    static let dkimEd25519KeyFile = Setting.path(
        "dkim.ed25519_key_file", "The Ed25519 private key, in PEM form, mode 0600; beside RSA, not instead of it.")

    static let bounceAddress = Setting<String>(
        "bounces.address", "The envelope sender of mails, where those that cannot be delivered come back; * is a code.",
        allowed: "an address with one * before its @, such as bounces+*@example.org"
    ) { text in
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !#"()<>[]:;,\""#.utf8.contains($0) }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard isPlain, parts.count == 2, parts[0].count(where: { $0 == "*" }) == 1, !parts[1].isEmpty,
            !parts[1].contains("*"), parts[0].utf8.count <= 33
        else { return nil }
        return text
    }
    static let bounceMailbox = Setting<String>(
        "bounces.mailbox",
        "The mailbox behind that address, read for bounces: imaps:// or pop3s://, with user and password.",
        allowed: "imaps://user:password@host/INBOX or pop3s://user:password@host"
    ) { $0.hasPrefix("imaps://") || $0.hasPrefix("pop3s://") ? $0 : nil }
    static let bounceMailboxFile = Setting.path(
        "bounces.mailbox_file", "A file that holds bounces.mailbox instead, to keep its password apart.")
    static let bounceCAFile = Setting.path(
        "bounces.ca_file", "Certificates to trust there instead of the system's, in PEM form.")
    static let bounceInterval = Setting.number(
        "bounces.interval", "Minutes between two checks of the mailbox.", default: 5, in: 1...1440)
    static let bounceLimit = Setting.number(
        "bounces.limit",
        "The number of bounces that ends the mail to an address; one that may be temporary counts half.",
        default: 5, in: 1...100)

    static let feedsFile = Setting.path("feeds.file", "The feeds to fetch; without it, those built in.")
    static let feedsMaxEntries = Setting.number(
        "feeds.max_entries", "The most entries one feed may have; a longer one is refused.", default: 20_000,
        in: 1...1_000_000)
    static let feedsMaxMegabytes = Setting.number(
        "feeds.max_megabytes", "The most megabytes of a feed's document, uncompressed.", default: 64, in: 1...1024)
    static let feedsTimeout = Setting.number(
        "feeds.timeout", "Seconds a feed may take to answer in full.", default: 60, in: 1...600)
    static let feedsInterval = Setting.number(
        "feeds.interval", "Minutes between two fetches of a feed.", default: 30, in: 5...1440)
    static let arXivAPI = Setting<String>(
        "lookup.arxiv", "Where `papers add` asks for an arXiv paper.", default: "https://export.arxiv.org/api/query",
        allowed: "an address such as https://export.arxiv.org/api/query, without a trailing slash", parse: httpAddress)
    static let crossrefAPI = Setting<String>(
        "lookup.crossref", "Where `papers add` asks for a DOI.", default: "https://api.crossref.org/works",
        allowed: "an address such as https://api.crossref.org/works, without a trailing slash", parse: httpAddress)
    static let topicsFile = Setting.path(
        "topics.file", "The topics that readers choose from; without it, those built in.")
    static let templatesFolder = Setting.path(
        "templates.folder", "A folder whose files replace the built-in templates of the same names.")

    static let signupRemindAfter = Setting.number(
        "signup.remind_after", "Hours after which a reader who has not confirmed gets one reminder; 0 for never.",
        default: 24, in: 0...720)
    static let signupForgetAfter = Setting.number(
        "signup.forget_after", "Days after which an unconfirmed address is forgotten.", default: 7,
        in: 3...365)

    static let digestTime = Setting<Int>(
        "digest.time", "When a new subscriber's digest comes, in their zone.", default: "07:00",
        allowed: "a time such as 07:00", parse: minuteOfDay)
    static let digestTimeZone = Setting<CivilZone>(
        "digest.time_zone", "The site's zone, and that of new subscribers who give none.", default: "UTC",
        allowed: "a zone such as Europe/Zurich", parse: { try? CivilZone(named: $0) },
        refusal: { text in
            do throws(UnknownTimeZone) {
                _ = try CivilZone(named: text)
                return nil
            } catch {
                return (error.problem, error.mend)
            }
        })
    static let digestCadence = Setting<CadenceChoice>.choice(
        "digest.cadence", "How often a new subscriber's digest comes.", default: .daily)
    static let digestMaxPapers = Setting.number(
        "digest.max_papers", "The most papers in one digest of a new subscriber.", default: 20, in: 1...100)
    static let digestLookBack = Setting.number(
        "digest.look_back", "Hours of papers that a new subscriber's first digest reaches back.", default: 48,
        in: 0...720)
    static let digestMarks = Setting.flag(
        "digest.marks", "Whether digests carry “more like this” links below each paper.", default: true)

    static let digestLateWindow = Setting.number(
        "digest.late_window",
        "Hours after its time until which a digest is still sent, as after a night without power; later than that its papers join the next.",
        default: 18, in: 1...168)
    static let digestWaitForFeeds = Setting.number(
        "digest.wait_for_feeds", "Minutes that a morning's digests wait for late feeds.", default: 30,
        in: 0...720)
    static let digestEmpty = Setting<EmptyDigestChoice>.choice(
        "digest.empty", "What a reader gets on a morning without new papers: nothing, or a short note.", default: .skip)

    /// In the order of the configuration file.
    static let all: [SettingReference] = [
        siteName.reference, tagline.reference, postalAddress.reference, footer.reference, accent.reference,
        logoFile.reference, language.reference, operatorName.reference, contact.reference, instanceName.reference,
        key.reference, keyFile.reference,
        database.reference, databaseFile.reference, ledgerKeepDays.reference, logLevel.reference, logFormat.reference,
        webHost.reference, webPort.reference, baseURL.reference,
        trustedProxies.reference, forwardedHeader.reference, clientRequests.reference, clientPages.reference,
        clientSignups.reference,
        addressSignups.reference, signups.reference, formSeconds.reference, webConnections.reference,
        clientConnections.reference,
        webTimeout.reference, disposableDomainsFile.reference, roleAddresses.reference, roleAddressesFile.reference,
        metricsAllow.reference, metricsToken.reference, metricsTokenFile.reference,
        adminPasswordHash.reference, adminPasswordHashFile.reference,
        from.reference, digestSubject.reference, replyTo.reference, listID.reference,
        precedenceBulk.reference,
        smtpURL.reference, smtpURLFile.reference, smtpTLS.reference, smtpCAFile.reference,
        smtpCertificateFile.reference, smtpKeyFile.reference, smtpTokenFile.reference, smtpName.reference,
        smtpConnections.reference, smtpMessagesPerConnection.reference, smtpPipelining.reference,
        smtpTimeout.reference, smtpRate.reference,
        smtpWindowMessages.reference, smtpWindowSeconds.reference, smtpDomainConnections.reference,
        smtpDomainRate.reference,
        dkimDomain.reference, dkimSelector.reference, dkimRSAKeyFile.reference, dkimEd25519KeyFile.reference,
        bounceAddress.reference, bounceMailbox.reference, bounceMailboxFile.reference, bounceCAFile.reference,
        bounceInterval.reference, bounceLimit.reference,
        feedsFile.reference, feedsInterval.reference, feedsMaxEntries.reference, feedsMaxMegabytes.reference,
        feedsTimeout.reference, arXivAPI.reference, crossrefAPI.reference, topicsFile.reference,
        templatesFolder.reference,
        signupRemindAfter.reference, signupForgetAfter.reference,
        digestTime.reference, digestTimeZone.reference, digestCadence.reference, digestMaxPapers.reference,
        digestLookBack.reference, digestMarks.reference, digestLateWindow.reference, digestWaitForFeeds.reference,
        digestEmpty.reference,
    ]

    @Sendable private static func httpAddress(_ text: String) -> String? {
        guard let url = URL(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme),
            let host = url.host, !host.isEmpty, !text.hasSuffix("/"), url.query == nil, url.fragment == nil
        else { return nil }
        return text
    }

    /// A web address that is a scheme, a host and perhaps a port.
    @Sendable private static func siteAddress(_ text: String) -> String? {
        guard let address = httpAddress(text), let url = URL(string: address), url.path.isEmpty, url.user == nil else {
            return nil
        }
        return address
    }

    /// `07:30` → 450.
    @Sendable private static func minuteOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), parts[1].count == 2,
            (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}
