import Core
import Digests
import Embedded
import Filters
import Foundation
import Logging
import Mail
import Site
import Store

/// Everything a worker, a page or a command works with: this installation's settings, database, secrets and texts.
public struct Installation: Sendable {
    public let settings: Settings
    public let database: Database
    public let key: SiteKey
    public let links: Links
    /// The envelope senders; nil where all mails leave from the address of `mail.from`.
    public let returnAddresses: ReturnAddresses?
    /// When bounces end a subscription.
    let bounceScore: BounceScore
    /// What a command may not need is read when it is first used; see ``Needs``.
    private let texts: TextsOfInstallation
    public var topics: Topics { texts.topics.value }
    /// Which addresses people may type in.
    public var addressPolicy: AddressPolicy { texts.addressPolicy.value }
    public var templates: LocalisedTemplates { texts.templates.value }
    public var appearance: SiteAppearance { texts.appearance.value }
    /// This list in Gmail's feedback loop.
    let feedbackSender: String
    /// What signs mails.
    var signers: [any MessageSigner] { texts.signers.value }
    public let clock: SiteClock
    public let logger: Logger

    /// Opens the database, brings its schema up to date and reads what is needed of topics and templates.
    ///
    /// - Parameter needs: what is read beside the database and found right before anything is done. Where the database is only
    ///   to be read, the schema of one that is not empty is left as it is, and refused where it is not this program's.
    /// - Throws: `StoreError`, `SiteError` or `TemplateError`, each one sentence with the place and the mend.
    public init(
        settings: Settings, clock: SiteClock = .system, logger: Logger, needs: Needs = .everything
    ) async throws {
        self.settings = settings
        self.clock = clock
        self.logger = logger
        texts = TextsOfInstallation(settings)
        try texts.check(needs)
        TimeZoneDatabase.system.fallback = settings.digestTimeZone
        if let warning = TimeZoneDatabase.system.takeWarning() { logger.warning("\(warning)") }
        feedbackSender = try ListHeaders.feedbackSender(listID: settings.listID)
        DamagedRows.known.tell { logger.error("\($0)") }
        database = try Database(url: settings.database)
        let isKept = needs.isReadOnly ? try await database.requireCurrentSchema() : false
        let applied = isKept ? [] : try await database.migrate(now: clock.now)
        if !needs.isReadOnly { try await database.nameGeneration() }
        if !applied.isEmpty { logger.info("database upgraded to schema version \(applied.last ?? 0)") }
        if let configured = settings.key {
            key = SiteKey(configured)
        } else {
            key = SiteKey(try await database.installation.value("site_key", orStore: SiteKey.generate()))
        }
        links = Links(baseURL: settings.baseURL, key: key)
        returnAddresses = settings.bounceAddress.flatMap { [key] in ReturnAddresses(pattern: $0, key: key) }
        bounceScore = BounceScore(limit: settings.bounceLimit)
    }

    /// The topics that the settings name, else those built in.
    public static func topics(_ settings: Settings) throws -> Topics {
        if let file = settings.topicsFile { return try Topics(file: file) }
        return try Topics(text: Embedded.topics, name: "the built-in topics")
    }

    /// The language of a reader's mails and pages.
    public func language(of subscriber: Subscriber) -> Language { subscriber.language ?? settings.language }

    /// Those built in are parsed once, however many installations a process opens.
    private static let builtInTemplates = Result { try LocalisedTemplates(embedded: Embedded.templates) }

    static func templates(_ settings: Settings) throws -> LocalisedTemplates {
        if settings.templatesFolder == nil, settings.digestSubject == nil { return try builtInTemplates.get() }
        return try LocalisedTemplates(
            embedded: Embedded.templates, overrides: settings.templatesFolder,
            settings: settings.digestSubject.map { [.digestSubject: ("mail.subject", $0)] } ?? [:])
    }

    /// As in the site's own language, but for the line under the name where that is none of the operator's.
    public func appearance(in language: Language) -> SiteAppearance {
        guard settings.tagline == nil else { return appearance }
        var appearance = appearance
        appearance.tagline = templates[language].texts[.tagline]
        return appearance
    }

    static func appearance(_ settings: Settings, _ texts: Texts) throws -> SiteAppearance {
        guard let accent = Colour(settings.accent) else {
            throw SiteError("site.accent", "“\(settings.accent)” is not a colour", mend: "write one such as #9c2a1f")
        }
        return SiteAppearance(
            name: settings.siteName, tagline: settings.tagline ?? texts[.tagline],
            postalAddress: settings.postalAddress,
            footer: settings.footer, accent: accent, logo: try settings.logoFile.map(logo), baseURL: settings.baseURL)
    }

    private static func logo(_ path: String) throws -> Logo {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw SiteError(
                "site.logo_file", "\(path) cannot be read (\(error.localizedDescription))",
                mend: "check the path and its permissions, or leave the setting out")
        }
        guard bytes.count <= Logo.maxBytes else {
            throw SiteError(
                "site.logo_file", "\(path) has \(bytes.count) bytes, and \(Logo.maxBytes) are the most",
                mend: "make the picture smaller: it is shown at most 320 pixels wide and 64 high")
        }
        guard let logo = Logo(png: bytes) else {
            throw SiteError("site.logo_file", "\(path) is not a PNG picture", mend: "save it as PNG")
        }
        return logo
    }

    /// Makes the `feeds` table hold what the feeds file names.
    public func synchroniseFeeds() async throws {
        let file =
            try settings.feedsFile.map { try FeedsFile(file: $0) }
            ?? FeedsFile(text: Embedded.feeds, name: "the built-in feeds")
        try await database.feeds.synchronise(
            with: file.feeds.map {
                FeedDeclaration(
                    url: $0.url, title: $0.title, allowsPrivate: $0.allowsPrivate, allowsHTTP: $0.allowsHTTP,
                    archive: $0.archive)
            })
    }
}
