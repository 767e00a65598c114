import Foundation

/// The installation's database: one type for each group of tables, one driver underneath.
public struct Database: Sendable {
    let driver: any DatabaseDriver
    public let feeds: FeedStore
    public let papers: PaperStore
    public let subscribers: SubscriberStore
    public let marks: MarkStore
    public let libraries: LibraryStore
    public let savedFilters: SavedFilterStore
    public let ledger: DeliveryLedger
    public let bounces: BounceStore
    public let breakers: BreakerStore
    public let setAside: SetAsideStore
    public let suppressions: SuppressionStore
    public let installation: InstallationStore
    public let statistics: StatisticsStore
    public let adminSessions: AdminSessionStore
    public let relays: RelayStore

    /// Opens `sqlite:PATH`, or `postgres://…` in a program built with PostgreSQL. The schema is not touched: see ``migrate(now:)``.
    ///
    /// - Throws: ``StoreError`` that names the address and says how to mend it.
    public init(url: String) throws { self.init(driver: try Self.driver(url)) }

    private static func driver(_ url: String) throws -> any DatabaseDriver {
        guard let colon = url.firstIndex(of: ":") else { throw unknown(url) }
        let rest = String(url[url.index(after: colon)...])
        switch url[..<colon].lowercased() {
        case "sqlite" where !rest.isEmpty:
            return try SQLiteDriver(path: rest.hasPrefix("///") ? String(rest.dropFirst(2)) : rest)
        case "postgres", "postgresql":
            #if PostgreSQL
                return try PostgreSQLDriver(url: url)
            #else
                throw StoreError(
                    .unreachable, "this program was built without PostgreSQL",
                    mend: "build it with `swift build -c release --traits PostgreSQL` (Debian package libpq-dev)")
            #endif
        default:
            throw unknown(url)
        }
    }

    init(driver: any DatabaseDriver) {
        self.driver = driver
        feeds = FeedStore(driver: driver)
        papers = PaperStore(driver: driver)
        subscribers = SubscriberStore(driver: driver)
        marks = MarkStore(driver: driver)
        libraries = LibraryStore(driver: driver)
        savedFilters = SavedFilterStore(driver: driver)
        ledger = DeliveryLedger(driver: driver)
        bounces = BounceStore(driver: driver)
        breakers = BreakerStore(driver: driver)
        setAside = SetAsideStore(driver: driver)
        suppressions = SuppressionStore(driver: driver)
        installation = InstallationStore(driver: driver)
        statistics = StatisticsStore(driver: driver)
        adminSessions = AdminSessionStore(driver: driver)
        relays = RelayStore(driver: driver)
    }

    /// Brings the schema up to date and returns the versions applied; see ``Migrator/run(now:)``.
    @discardableResult
    public func migrate(now: Date) async throws -> [Int64] { try await Migrator(driver: driver).run(now: now) }

    /// Takes a place that one process at a time may hold, of all that serve this database. A SQLite file is served by
    /// processes of one machine: a file beside it, named after the place, is locked.
    ///
    /// - Parameter place: one word.
    /// - Returns: nil where another process holds it.
    /// - Throws: ``StoreError``.
    public func take(_ place: String) async throws -> (any HeldLock)? { try await driver.take(place) }

    /// Whether processes of several machines may serve this database.
    public var isShared: Bool { driver.isShared }

    /// What a server's database differs in from every copy that was made of it with the server's tools for dumping; nil for
    /// a file, which its path and machine tell apart.
    public func identity() async throws -> String? { try await driver.identity() }

    private static func unknown(_ url: String) -> StoreError {
        // The address may hold a password, so only its scheme is shown.
        let scheme = url.prefix { $0 != ":" }
        return StoreError(
            .unreachable, "no database is known by “\(scheme):…”",
            mend: "write `database: sqlite:PATH` or postgres://USER:PASSWORD@HOST/DATABASE in the settings")
    }
}
