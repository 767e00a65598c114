import Feeds
import Store

/// What was read of a library and what became of it.
public struct LibraryReport: Sendable, Equatable {
    public let format: LibraryFormat
    /// Entries that were read.
    public let read: Int
    public let counts: ShelvedCounts
    /// The first that could not be read, with their places.
    public let skipped: [SkippedEntry]
    /// How many could not be read.
    public let skippedCount: Int
    /// Whether the document has more entries than are read, see `ParsedLibrary.mostEntries`.
    public let isCut: Bool

    public init(
        format: LibraryFormat, read: Int, counts: ShelvedCounts, skipped: [SkippedEntry] = [], skippedCount: Int = 0,
        isCut: Bool = false
    ) {
        self.format = format
        self.read = read
        self.counts = counts
        self.skipped = skipped
        self.skippedCount = skippedCount
        self.isCut = isCut
    }
}

/// Takes readers' own libraries in: from the page behind their link, and from the command line.
public struct ReaderLibrary: Sendable {
    private let installation: Installation

    public init(_ installation: Installation) { self.installation = installation }

    /// Reads a document of any of the formats of `LibraryFormat` and adds what the library does not have yet.
    ///
    /// - Parameter replacing: whether what the library had before goes, where the document holds anything to put in its place.
    /// - Throws: `LibraryError` for a document that is none; then nothing has changed.
    public func add(
        _ document: [UInt8], to subscriber: Subscriber, replacing: Bool = false
    ) async throws -> LibraryReport {
        let library = try ParsedLibrary(parsing: document)
        let counts = try await installation.database.libraries.add(
            library.entries, replacing: replacing && !library.entries.isEmpty, to: subscriber.id,
            at: installation.clock.now)
        return LibraryReport(
            format: library.format, read: library.entries.count, counts: counts, skipped: library.skipped,
            skippedCount: library.skippedCount, isCut: library.isCut)
    }
}
