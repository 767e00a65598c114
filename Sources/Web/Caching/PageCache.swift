import Core
import Foundation
import Hummingbird
import Logging
import Mail
import Synchronization

/// What was rendered a moment ago, so that many readers cost as much as one.
///
/// Everything in it is dropped when any paper changes, whichever process changed it, and when the site's day turns. Of one
/// page asked for many times at once, one is rendered.
final class PageCache: Sendable {
    struct Key: Hashable, Sendable {
        /// Path and query.
        var address: String
        /// In which it is rendered.
        var language = Language.english
    }

    /// What pages are made from: while it stays the same, they do.
    struct Edition: Hashable, Sendable {
        var change: Int64
        /// In the site's zone.
        var day: String
    }

    fileprivate struct Entry {
        let page: RenderedPage
        let madeAt: ContinuousClock.Instant
    }

    fileprivate struct State {
        var edition: Edition?
        var askedAt: ContinuousClock.Instant?
        var entries = RecentlyUsed<Key, Entry>()
        var bytes = 0
        var making: [Key: Task<RenderedPage, any Error>] = [:]
    }

    private let state = Mutex(State())
    private let edition: @Sendable () async throws -> Edition
    /// How often the edition is asked for at most.
    private let interval: Duration
    private let maxBytes: Int
    private let maxPages: Int
    private let logger: Logger

    /// Pages of periods that end now grow old without any change.
    fileprivate static let lifetime: Duration = .seconds(60)
    /// Of an address, in bytes; a page whose address is longer, as that of a very long search, is not kept.
    private static let longestAddress = 1000

    init(
        interval: Duration, maxBytes: Int = 32 << 20, maxPages: Int = 5000, logger: Logger,
        edition: @escaping @Sendable () async throws -> Edition
    ) {
        self.edition = edition
        self.interval = interval
        self.maxBytes = maxBytes
        self.maxPages = maxPages
        self.logger = logger
    }

    /// How much is kept, for the tests.
    var size: (pages: Int, bytes: Int) { state.withLock { ($0.entries.count, $0.bytes) } }

    /// The page of a key, rendered by `make` where it is not kept.
    ///
    /// - Parameter admit: is asked before anything is rendered for this asker alone; what it throws is thrown.
    func page(
        _ key: Key, admit: () throws -> Void = {}, _ make: @escaping @Sendable () async throws -> RenderedPage
    ) async throws -> RenderedPage {
        guard key.address.utf8.count <= Self.longestAddress else {
            try admit()
            return try await make()
        }
        await followEdition()
        // What is being made is made for somebody who was admitted.
        if !state.withLock({ $0.knows(key) }) { try admit() }
        let (kept, task) = state.withLock { state -> (RenderedPage?, Task<RenderedPage, any Error>?) in
            if let page = state.use(key) { return (page, nil) }
            if let task = state.making[key] { return (nil, task) }
            let edition = state.edition
            let task = Task { try await self.make(key, for: edition, make) }
            state.making[key] = task
            return (nil, task)
        }
        if let kept { return kept }
        guard let task else { return try await make() }
        return try await task.value
    }

    private func make(
        _ key: Key, for edition: Edition?, _ make: @Sendable () async throws -> RenderedPage
    ) async throws -> RenderedPage {
        do {
            let page = try await make()
            state.withLock { state in
                guard state.edition == edition else { return }
                state.making[key] = nil
                state.keep(page, key, maxBytes: maxBytes, maxPages: maxPages)
            }
            return page
        } catch {
            state.withLock { state in if state.edition == edition { state.making[key] = nil } }
            throw error
        }
    }

    /// Drops everything where the edition is another. While the database does not answer, pages stay what they were.
    private func followEdition() async {
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            if let asked = state.askedAt, asked.duration(to: now) < interval { return false }
            state.askedAt = now
            return true
        }
        guard isDue else { return }
        do {
            let current = try await edition()
            state.withLock { state in
                guard state.edition != current else { return }
                state = State(edition: current, askedAt: state.askedAt)
            }
        } catch {
            logger.warning("pages are shown as they were: \(error)")
        }
    }
}

extension PageCache.State {
    fileprivate func knows(_ key: PageCache.Key) -> Bool {
        making[key] != nil || entries.peek(key).map { $0.isFresh } ?? false
    }

    fileprivate mutating func use(_ key: PageCache.Key) -> RenderedPage? {
        guard entries.peek(key)?.isFresh == true else { return nil }
        return entries.use(key)?.page
    }

    fileprivate mutating func keep(_ page: RenderedPage, _ key: PageCache.Key, maxBytes: Int, maxPages: Int) {
        let old = entries.insert(PageCache.Entry(page: page, madeAt: .now), for: key)
        bytes += page.body.readableBytes - (old?.page.body.readableBytes ?? 0)
        // What was not asked for longest goes first.
        while bytes > maxBytes || entries.count > maxPages, let oldest = entries.removeOldest() {
            bytes -= oldest.page.body.readableBytes
        }
    }
}

extension PageCache.Entry {
    fileprivate var isFresh: Bool { madeAt.duration(to: .now) < PageCache.lifetime }
}
