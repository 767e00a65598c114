import Foundation

/// The installation's database: one type for each group of tables, one driver underneath.
public struct Database: Sendable {
    let driver: any DatabaseDriver
    public let feeds: FeedStore
    public let papers: PaperStore
    public let subscribers: SubscriberStore
    public let marks: MarkStore
    public let savedFilters: SavedFilterStore
    public let ledger: DeliveryLedger
    public let bounces: BounceStore
    public let suppressions: SuppressionStore
    public let installation: InstallationStore
    public let statistics: StatisticsStore

    /// Opens `sqlite:PATH`. The schema is not touched: see ``migrate(now:)``.
    ///
    /// - Throws: ``StoreError`` that names the address and says how to mend it.
    public init(url: String) throws { self.init(driver: try Self.driver(url)) }

    private static func driver(_ url: String) throws -> any DatabaseDriver {
        guard let colon = url.firstIndex(of: ":") else { throw unknown(url) }
        let rest = String(url[url.index(after: colon)...])
        switch url[..<colon].lowercased() {
        case "sqlite" where !rest.isEmpty:
            return try SQLiteDriver(path: rest.hasPrefix("///") ? String(rest.dropFirst(2)) : rest)
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
        savedFilters = SavedFilterStore(driver: driver)
        ledger = DeliveryLedger(driver: driver)
        bounces = BounceStore(driver: driver)
        suppressions = SuppressionStore(driver: driver)
        installation = InstallationStore(driver: driver)
        statistics = StatisticsStore(driver: driver)
    }

    /// Brings the schema up to date and returns the versions applied; see ``Migrator/run(now:)``.
    @discardableResult
    public func migrate(now: Date) async throws -> [Int64] { try await Migrator(driver: driver).run(now: now) }

    private static func unknown(_ url: String) -> StoreError {
        // The address may hold a password, so only its scheme is shown.
        let scheme = url.prefix { $0 != ":" }
        return StoreError(
            .unreachable, "no database is known by “\(scheme):…”",
            mend: "write `database: sqlite:PATH` in the configuration")
    }
}
