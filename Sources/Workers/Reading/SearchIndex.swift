import Filters
import Papers
import Store

/// Finds stored papers by filters, the newest first, however many are stored.
///
/// A Bloom filter of 384 bytes a paper is kept in memory and follows the database; only papers that may match are read. What is
/// read for one question is bounded.
public actor SearchIndex {
    /// A page of what a filter finds.
    public struct Page: Sendable {
        /// The newest first.
        public var papers: [StoredPaper]
        /// What ``search(_:from:size:)`` goes on from to older papers; nil where there are none.
        public var older: Place?
        /// The same to newer ones.
        public var newer: Place?
    }

    /// Between which papers a page begins.
    public enum Place: Sendable, Hashable {
        case newest
        /// Older than the paper that became news under this number.
        case before(Int64)
        /// Newer than it, the nearest.
        case after(Int64)
    }

    private struct Entry {
        let seq: Int64
        /// Under which number the paper became news.
        let surfaced: Int64
    }

    private let installation: Installation
    private var bloomFilters: [UInt64] = []
    private var entries: [Entry] = []
    private var slots: [Int64: Int] = [:]
    /// Slots, by when their papers became news, the newest first.
    private var order: [Int] = []
    /// The change up to which the index is; nil while it is being built.
    private var change: Int64?
    private var building: Task<Void, any Error>?

    /// The most papers that are read for one page.
    private static let most = 3000
    private static let atOnce = 60
    /// The most bytes of their titles and abstracts that are looked through: about what as many usual papers have, and some
    /// tenths of a second of a processor.
    private static let mostText = 6 << 20

    public init(_ installation: Installation) { self.installation = installation }

    /// Says that the papers are still being read, which takes a while where there are very many.
    public struct NotReady: Error {}

    /// Reads all papers, newest first.
    public func prepare() async throws {
        if change == nil { try await reading().value }
        try await catchUp()
    }

    /// The same, for no longer than a while; the reading goes on.
    ///
    /// - Throws: ``NotReady`` where that is not enough.
    private func prepare(within patience: Duration) async throws {
        let end = ContinuousClock.now + patience
        let task = change == nil ? reading() : nil
        while change == nil {
            // It has failed.
            guard building != nil else { return try await task?.value ?? () }
            guard ContinuousClock.now < end else { throw NotReady() }
            try await Task.sleep(for: .milliseconds(20))
        }
        try await catchUp()
    }

    private func reading() -> Task<Void, any Error> {
        if let building { return building }
        let task = Task {
            do {
                try await build()
            } catch {
                building = nil
                throw error
            }
        }
        building = task
        return task
    }

    /// The papers that a filter finds, from a place on.
    ///
    /// - Parameter patience: how long to wait for the papers to be read, right after the start.
    /// - Throws: ``NotReady`` where that is not enough.
    public func search(
        _ filter: Filter, from place: Place = .newest, size: Int, patience: Duration = .seconds(2)
    ) async throws -> Page {
        try await prepare(within: patience)
        let candidates = candidates(BloomQuery(filter), from: place)
        var question = SearchQuestion(filter)
        var found: [StoredPaper] = []
        var read = 0
        while found.count <= size, read < min(candidates.count, Self.most), question.textRead < Self.mostText {
            let some = candidates[read..<min(candidates.count, read + Self.atOnce)]
            found += try await matches(&question, some)
            read += some.count
        }
        // One that was found beyond the page only tells that there is another.
        if found.count > size {
            let shown = Array(found.prefix(size))
            return page(shown, goesOn: shown.last?.surfacedSeq, from: place)
        }
        return page(found, goesOn: read < candidates.count ? candidates[read - 1].surfaced : nil, from: place)
    }

    private func page(_ papers: [StoredPaper], goesOn last: Int64?, from place: Place) -> Page {
        switch place {
        case .newest: Page(papers: papers, older: last.map(Place.before), newer: nil)
        case .before(let number):
            Page(
                papers: papers, older: last.map(Place.before),
                newer: .after(papers.first?.surfacedSeq ?? max(1, number) - 1))
        case .after(let number):
            Page(
                papers: papers.reversed(),
                older: .before(papers.first?.surfacedSeq ?? min(number, WholeNumber.rows.upperBound) + 1),
                newer: last.map(Place.after))
        }
    }

    /// The papers that may match, from the place away.
    private func candidates(_ question: BloomQuery, from place: Place) -> [Entry] {
        func passes(_ slot: Int) -> Bool { question.mayMatch(bloomFilters, at: slot * PaperBloomFilter.words) }
        switch place {
        case .newest: return order.filter(passes).map { entries[$0] }
        case .before(let number):
            return order.filter { entries[$0].surfaced < number && passes($0) }.map { entries[$0] }
        case .after(let number):
            return order.reversed().filter { entries[$0].surfaced > number && passes($0) }.map { entries[$0] }
        }
    }

    private func matches(
        _ question: inout SearchQuestion, _ candidates: ArraySlice<Entry>
    ) async throws -> [StoredPaper] {
        let papers = try await installation.database.papers.visible(seqs: candidates.map(\.seq))
        let standings = try await PaperStandings.of(
            papers, asksForSightings: question.filter.asksForSightings, in: installation.database)
        let matching = question.matching(papers, standings)
        let bySeq = Dictionary(matching.map { ($0.seq, $0) }, uniquingKeysWith: { first, _ in first })
        return candidates.compactMap { bySeq[$0.seq] }
    }

    // MARK: - Keeping up

    private func build() async throws {
        let start = try await installation.database.papers.lastChange()
        var before: Int64?
        while true {
            let papers = try await installation.database.papers.page(.visible, before: before, limit: Self.atOnce * 8)
            guard let last = papers.last else { break }
            for stored in papers { take(stored) }
            before = last.surfacedSeq
        }
        sort()
        change = start
    }

    /// Takes in what has changed since, whoever changed it.
    private func catchUp() async throws {
        while let known = change {
            let (papers, upTo) = try await installation.database.papers.changed(after: known, limit: Self.atOnce * 8)
            guard upTo > known else { return }
            for stored in papers { take(stored) }
            sort()
            change = max(change ?? upTo, upTo)
        }
    }

    private func take(_ stored: StoredPaper) {
        let entry = Entry(seq: stored.seq, surfaced: stored.surfacedSeq)
        let bits = PaperBloomFilter(stored.paper).bits
        if let slot = slots[stored.seq] {
            entries[slot] = entry
            let start = slot * PaperBloomFilter.words
            bloomFilters.replaceSubrange(start..<(start + PaperBloomFilter.words), with: bits)
        } else {
            slots[stored.seq] = entries.count
            order.append(entries.count)
            entries.append(entry)
            bloomFilters += bits
        }
    }

    private func sort() { order.sort { entries[$0].surfaced > entries[$1].surfaced } }
}
