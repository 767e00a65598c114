import Core
import Foundation
import Mail

/// This installation's settings, every one checked.
public struct Settings: Sendable {
    public var siteName: String
    public var tagline: String?
    public var postalAddress: String
    /// A line at the end of every mail and page; empty for none.
    public var footer: String
    public var accent: String
    public var logoFile: String?
    /// Of mails and pages for whoever has named none.
    public var language: Language
    /// Who runs the site; empty where only its name is known.
    public var operatorName: String
    /// Where people write to; nil for the address of mails.
    public var contact: String?
    /// What this machine is called; empty for its own name.
    public var instanceName: String
    /// The configured secret; nil means that the database keeps one.
    public var key: String?
    public var database: String
    public var logLevel: LogLevel
    public var logFormat: LogFormat
    public var metrics: MetricsAccess
    /// Days; 0 for ever.
    public var ledgerKeepDays: Int
    public var webHost: String
    public var webPort: Int
    /// Without a trailing slash.
    public var baseURL: String
    public var webLimits: WebLimits
    public var disposableDomainsFile: String?
    public var roleAddresses: RoleAddressChoice
    public var roleAddressesFile: String?
    /// Of the operator's pages; nil where there are none.
    public var adminPassword: PasswordHash?
    public var from: Mailbox
    /// The template of a digest's subject; nil for that of the templates.
    public var digestSubject: String?
    public var replyTo: Mailbox?
    public var listID: String
    public var smtpURL: String
    public var smtpTLS: TLSChoice
    public var smtpCAFile: String?
    public var smtpCertificateFile: String?
    public var smtpKeyFile: String?
    /// An OAuth 2 access token.
    public var smtpToken: String?
    /// For EHLO.
    public var smtpName: String?
    public var smtpConnections: Int
    public var smtpMessagesPerConnection: Int
    public var smtpPipelining: PipeliningChoice
    /// Seconds until an answer is given up; twice as many at the end of a message (RFC 5321 4.5.3.2).
    public var smtpTimeout: Int
    /// Messages a second; 0 is no limit, here and below.
    public var smtpRate: Int
    public var smtpWindowMessages: Int
    public var smtpWindowSeconds: TimeInterval
    public var smtpDomainConnections: Int
    /// Messages a minute.
    public var smtpDomainRate: Int
    /// The signing domain; nil without DKIM.
    public var dkimDomain: String?
    public var dkimSelector: String
    /// PEM texts of the private keys.
    public var dkimRSAKey: String?
    public var dkimEd25519Key: String?
    /// Whether list mail says `Precedence: bulk`.
    public var precedenceBulk: Bool
    /// The envelope sender, with a `*` for its token; nil for the address of ``from``.
    public var bounceAddress: String?
    /// Holds a password.
    public var bounceMailbox: String?
    public var bounceCAFile: String?
    /// Seconds.
    public var bounceInterval: TimeInterval
    public var bounceLimit: Int
    /// Nil means the feeds that are built in.
    public var feedsFile: String?
    /// Seconds.
    public var feedsInterval: TimeInterval
    /// The most entries one feed may have.
    public var feedsMaxEntries: Int
    /// The most bytes of a feed's document, unpacked.
    public var feedsMaxBytes: Int
    /// Seconds a feed may take to answer.
    public var feedsTimeout: Int
    /// The addresses of arXiv's query API and of Crossref's works, where single papers are looked up.
    public var arXivAPI: String
    public var crossrefAPI: String
    public var topicsFile: String?
    public var templatesFolder: String?
    /// Seconds after which somebody who has not confirmed is reminded; 0 for never.
    public var signupRemindAfter: TimeInterval
    /// Seconds after which an address that was never confirmed is forgotten.
    public var signupForgetAfter: TimeInterval
    /// Minutes after local midnight.
    public var digestMinute: Int
    public var digestTimeZone: CivilZone
    public var digestCadence: CadenceChoice
    public var digestMaxPapers: Int
    /// Seconds.
    public var digestLookBack: TimeInterval
    public var digestMarks: Bool
    /// Seconds after its time until which a digest is still sent.
    public var digestLateWindow: TimeInterval
    /// Seconds.
    public var digestWaitForFeeds: TimeInterval
    public var digestEmpty: EmptyDigestChoice
    /// The files that hold secrets, for whoever checks their permissions.
    public var secretFiles: [SecretFile]

    /// Every key with its default and meaning, in the order of the file.
    public static var reference: [SettingReference] { SettingKeys.all }

    /// The settings from a YAML file and the environment, which wins.
    ///
    /// - Parameter file: nil for the defaults.
    /// - Throws: ``SiteError`` naming the key and what is allowed, or ``SettingsFaults`` where several are wrong; unknown keys
    ///   of the file and unknown variables named `BROADSHEET_…` are errors too.
    public init(file: String?, environment: [String: String]) async throws {
        let reader = await SettingsReader(file: file, environment: environment)
        typealias Keys = SettingKeys
        siteName = try reader.value(Keys.siteName)
        tagline = try reader.optional(Keys.tagline)
        postalAddress = try reader.value(Keys.postalAddress)
        footer = try reader.value(Keys.footer)
        accent = try reader.value(Keys.accent)
        logoFile = try reader.path(Keys.logoFile)
        language = try reader.value(Keys.language)
        operatorName = try reader.value(Keys.operatorName)
        contact = try reader.optional(Keys.contact)
        instanceName = try reader.value(Keys.instanceName)
        key = try reader.secret(Keys.key, orFile: Keys.keyFile)
        database = try reader.database()
        logLevel = try reader.value(Keys.logLevel)
        logFormat = try reader.value(Keys.logFormat)
        metrics = try MetricsAccess(reader)
        ledgerKeepDays = try reader.value(Keys.ledgerKeepDays)
        webHost = try reader.value(Keys.webHost)
        webPort = try reader.value(Keys.webPort)
        baseURL = try reader.value(Keys.baseURL)
        webLimits = try WebLimits(reader)
        disposableDomainsFile = try reader.path(Keys.disposableDomainsFile)
        roleAddresses = try reader.value(Keys.roleAddresses)
        roleAddressesFile = try reader.path(Keys.roleAddressesFile)
        adminPassword = try reader.secret(Keys.adminPasswordHash, orFile: Keys.adminPasswordHashFile)
            .flatMap { PasswordHash($0) }
        from = try reader.value(Keys.from)
        from.name = from.name?.replacing(Keys.siteNameMark, with: siteName)
        digestSubject = try reader.optional(Keys.digestSubject)
        replyTo = try reader.value(Keys.replyTo)
        let listID = try reader.value(Keys.listID)
        self.listID = listID.isEmpty ? "papers.\(from.address.asciiDomain)" : listID
        smtpURL = try reader.secret(Keys.smtpURL, orFile: Keys.smtpURLFile) ?? Keys.smtpURL.fallback
        smtpTLS = try reader.value(Keys.smtpTLS)
        smtpCAFile = try reader.path(Keys.smtpCAFile)
        smtpCertificateFile = try reader.path(Keys.smtpCertificateFile)
        smtpKeyFile = try reader.path(Keys.smtpKeyFile)
        smtpToken = try reader.secret(inFile: Keys.smtpTokenFile)
        smtpName = try reader.optional(Keys.smtpName)
        smtpConnections = try reader.value(Keys.smtpConnections)
        smtpMessagesPerConnection = try reader.value(Keys.smtpMessagesPerConnection)
        smtpPipelining = try reader.value(Keys.smtpPipelining)
        smtpTimeout = try reader.value(Keys.smtpTimeout)
        smtpRate = try reader.value(Keys.smtpRate)
        smtpWindowMessages = try reader.value(Keys.smtpWindowMessages)
        smtpWindowSeconds = Double(try reader.value(Keys.smtpWindowSeconds))
        smtpDomainConnections = try reader.value(Keys.smtpDomainConnections)
        smtpDomainRate = try reader.value(Keys.smtpDomainRate)
        dkimDomain = try reader.optional(Keys.dkimDomain)
        dkimSelector = try reader.value(Keys.dkimSelector)
        dkimRSAKey = try reader.secret(inFile: Keys.dkimRSAKeyFile)
        dkimEd25519Key = try reader.secret(inFile: Keys.dkimEd25519KeyFile)
        precedenceBulk = try reader.value(Keys.precedenceBulk)
        bounceAddress = try reader.optional(Keys.bounceAddress)
        bounceMailbox = try reader.secret(Keys.bounceMailbox, orFile: Keys.bounceMailboxFile)
        bounceCAFile = try reader.path(Keys.bounceCAFile)
        bounceInterval = Double(try reader.value(Keys.bounceInterval)) * 60
        bounceLimit = try reader.value(Keys.bounceLimit)
        feedsFile = try reader.path(Keys.feedsFile)
        feedsInterval = Double(try reader.value(Keys.feedsInterval)) * 60
        feedsMaxEntries = try reader.value(Keys.feedsMaxEntries)
        feedsMaxBytes = try reader.value(Keys.feedsMaxMegabytes) << 20
        feedsTimeout = try reader.value(Keys.feedsTimeout)
        arXivAPI = try reader.value(Keys.arXivAPI)
        crossrefAPI = try reader.value(Keys.crossrefAPI)
        topicsFile = try reader.path(Keys.topicsFile)
        templatesFolder = try reader.path(Keys.templatesFolder)
        signupRemindAfter = Double(try reader.value(Keys.signupRemindAfter)) * 3600
        signupForgetAfter = Double(try reader.value(Keys.signupForgetAfter)) * 86_400
        digestMinute = try reader.value(Keys.digestTime)
        digestTimeZone = try reader.value(Keys.digestTimeZone)
        digestCadence = try reader.value(Keys.digestCadence)
        digestMaxPapers = try reader.value(Keys.digestMaxPapers)
        digestLookBack = Double(try reader.value(Keys.digestLookBack)) * 3600
        digestMarks = try reader.value(Keys.digestMarks)
        digestLateWindow = Double(try reader.value(Keys.digestLateWindow)) * 3600
        digestWaitForFeeds = Double(try reader.value(Keys.digestWaitForFeeds)) * 60
        digestEmpty = try reader.value(Keys.digestEmpty)
        secretFiles = try SecretFile.all(reader)
        if ledgerKeepDays != 0, Double(ledgerKeepDays) * 86_400 <= signupForgetAfter {
            reader.add(
                SiteError(
                    Keys.ledgerKeepDays.key,
                    "after \(ledgerKeepDays) days it would be forgotten who was reminded to confirm",
                    mend: "write more than the \(Int(signupForgetAfter / 86_400)) days of signup.forget_after, or 0"))
        }
        if signupRemindAfter >= signupForgetAfter {
            reader.add(
                SiteError(
                    Keys.signupRemindAfter.key,
                    "\(Int(signupRemindAfter / 3600)) hours are not before the sign-up is forgotten",
                    mend: "write less than the \(Int(signupForgetAfter / 3600)) hours of signup.forget_after, or 0"))
        }
        try reader.check()
    }

    /// The variable that names the settings file.
    public static let fileVariable = "BROADSHEET_CONFIG"
}
