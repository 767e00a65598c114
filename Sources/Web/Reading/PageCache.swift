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
        var usedAt: UInt64
    }

    fileprivate struct State {
        var edition: Edition?
        var askedAt: ContinuousClock.Instant?
        var entries: [Key: Entry] = [:]
        var bytes = 0
        var uses: UInt64 = 0
        var making: [Key: Task<RenderedPage, any Error>] = [:]
    }

    private let state = Mutex(State())
    private let edition: @Sendable () async throws -> Edition
    /// How often the edition is asked for at most.
    private let interval: Duration
    private let maxBytes: Int
    private let logger: Logger

    /// Pages of periods that end now grow old without any change.
    fileprivate static let lifetime: Duration = .seconds(60)

    init(
        interval: Duration, maxBytes: Int = 32 << 20, logger: Logger,
        edition: @escaping @Sendable () async throws -> Edition
    ) {
        self.edition = edition
        self.interval = interval
        self.maxBytes = maxBytes
        self.logger = logger
    }

    /// How much is kept, for the tests.
    var size: (pages: Int, bytes: Int) { state.withLock { ($0.entries.count, $0.bytes) } }

    /// The page of a key, rendered by `make` where it is not kept.
    func page(_ key: Key, _ make: @escaping @Sendable () async throws -> RenderedPage) async throws -> RenderedPage {
        await followEdition()
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
                state.keep(page, key, maxBytes: maxBytes)
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
    fileprivate mutating func use(_ key: PageCache.Key) -> RenderedPage? {
        guard var entry = entries[key], entry.madeAt.duration(to: .now) < PageCache.lifetime else { return nil }
        uses += 1
        entry.usedAt = uses
        entries[key] = entry
        return entry.page
    }

    fileprivate mutating func keep(_ page: RenderedPage, _ key: PageCache.Key, maxBytes: Int) {
        drop(key)
        uses += 1
        entries[key] = PageCache.Entry(page: page, madeAt: .now, usedAt: uses)
        bytes += page.body.readableBytes
        // What was not asked for longest goes first.
        while bytes > maxBytes, let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })?.key {
            drop(oldest)
        }
    }

    private mutating func drop(_ key: PageCache.Key) {
        guard let old = entries.removeValue(forKey: key) else { return }
        bytes -= old.page.body.readableBytes
    }
}
