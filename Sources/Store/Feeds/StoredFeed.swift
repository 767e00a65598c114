import Foundation

/// A feed as the installation knows it, with what its last fetch left for the next one.
public struct StoredFeed: Sendable, Identifiable, Equatable {
    /// Who named the feed.
    public enum Origin: String, Sendable {
        /// The feeds file; the feed goes when its line goes.
        case file
        /// `feeds add`.
        case admin
    }

    public let id: Int64
    public let url: String
    public let title: String?
    public let kind: String?
    public let origin: Origin
    public let isEnabled: Bool
    /// Whether the feed may lie on a loopback, link-local or private address.
    public let allowsPrivate: Bool
    /// Whether a feed that is not on a private address may be fetched without TLS.
    public let allowsHTTP: Bool
    /// Where past days can be asked for, see ``FeedDeclaration/archive``.
    public let archive: String?
    /// Where the server said the feed is for good (301, 308); this address is asked instead of `url`.
    public internal(set) var movedTo: String?
    public internal(set) var etag: String?
    public internal(set) var lastModified: String?
    public let fetchedAt: Date?
    public let nextFetchAt: Date
    /// The server asked not to be asked before (`Retry-After`).
    public let notBefore: Date?
    /// When it last brought a paper that was not known.
    public let lastNewAt: Date?
    /// Since when it has brought nothing new although its source publishes; nil while all is well.
    public let staleSince: Date?
    /// From when on it has days that nobody has read yet; nil where it has missed none.
    public let missedSince: Date?
    /// When its archive may be asked again after it failed.
    public let archiveAfter: Date?
    /// How many fetches failed in a row.
    public let failures: Int
    public let lastError: String?
    /// How many entries the last good fetch had.
    public let entries: Int
}

/// A feed that somebody names: in the feeds file or on the command line.
public struct FeedDeclaration: Sendable, Equatable {
    public var url: String
    public var title: String?
    public var allowsPrivate: Bool
    public var allowsHTTP: Bool
    /// An address with `{date}`, or `{from}` and `{until}`, that gives past days; nil for the one known for the host.
    public var archive: String?

    public init(
        url: String, title: String? = nil, allowsPrivate: Bool = false, allowsHTTP: Bool = false,
        archive: String? = nil
    ) {
        self.url = url
        self.title = title
        self.allowsPrivate = allowsPrivate
        self.allowsHTTP = allowsHTTP
        self.archive = archive
    }
}

/// What a good fetch leaves behind.
public struct FeedFetchRecord: Sendable {
    public var kind: String
    public var title: String?
    public var etag: String?
    public var lastModified: String?
    public var entries: Int
    /// Whether a paper came that was not known.
    public var broughtNew: Bool
    public var movedTo: String?
    /// Whether the feed is back at its own address, so that where it had moved is forgotten.
    public var hasMovedBack: Bool

    public init(
        kind: String, title: String?, etag: String?, lastModified: String?, entries: Int, broughtNew: Bool,
        movedTo: String?, hasMovedBack: Bool = false
    ) {
        self.hasMovedBack = hasMovedBack
        self.kind = kind
        self.title = title
        self.etag = etag
        self.lastModified = lastModified
        self.entries = entries
        self.broughtNew = broughtNew
        self.movedTo = movedTo
    }
}
