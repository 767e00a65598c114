import Core
import Feeds
import Foundation
import Site
import Store

/// Takes over another service's list of people, or our own export: CSV, JSON, or plain addresses, a line each.
///
/// Lines go into the database in batches, each whole or not at all, so that an import that was cut short is run again from
/// the start: who is there already is passed over.
public struct SubscriberImport: Sendable {
    /// How the lines of a file fared.
    public struct Report: Sendable, Equatable {
        public var lines = 0
        public var added = 0
        public var known = 0
        public var stopped = 0
        public var reactivated = 0
        /// Who waited to confirm here, and has done so there.
        public var confirmed = 0
        public var refused = 0
        /// Lines taken that do not say that the person agreed to mail, and get none until they confirm.
        public var silent = 0
        /// Columns of the file that say nothing here.
        public var ignoredColumns: [String] = []
    }

    /// A line that was not taken.
    public struct Refusal: Sendable, Equatable {
        /// Counted from 1.
        public let line: Int
        public let reason: String
        /// The names of the file's columns.
        public var headers: [String] = []
        /// The line itself, by these.
        public var cells: [String] = []
    }

    private static let batchSize = 10_000
    private static let pieceSize = 1 << 18
    /// New people, after whom the database is asked to look at how many there are now.
    private static let many = 1000

    private let installation: Installation
    private let policy: SubscriberStore.ImportPolicy

    public init(_ installation: Installation, policy: SubscriberStore.ImportPolicy) {
        self.installation = installation
        self.policy = policy
    }

    /// Reads the whole file.
    ///
    /// - Parameters:
    ///   - refuse: is called for each line that was not taken, in order within a batch.
    ///   - progress: is called after each batch with the share of the file that was read, 0 to 1.
    /// - Throws: ``ImportProblem`` for a file that is no list at all, `StoreError`, and what reading the file throws.
    public func run(
        file: URL, refuse: (Refusal) -> Void, progress: (Double) -> Void
    ) async throws -> Report {
        var table = ImportTable()
        var report = Report()
        let size = max(1, try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 1)
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let context = try await context()
        var read = 0
        let name = file.lastPathComponent
        var batch: [(line: Int, cells: [String])] = []
        // While the database takes one batch, the next is read.
        var taking: Taking?
        while let piece = try handle.read(upToCount: Self.pieceSize), !piece.isEmpty {
            read += piece.count
            try table.read(piece) { batch.append(($0, $1)) }
            if batch.count >= Self.batchSize {
                let next = understood(&batch, of: table, named: name, context)
                try await settle(&taking, into: &report, refuse)
                taking = begin(next, context)
                progress(Double(read) / Double(size))
            }
        }
        try table.finish { batch.append(($0, $1)) }
        let last = understood(&batch, of: table, named: name, context)
        try await settle(&taking, into: &report, refuse)
        taking = begin(last, context)
        try await settle(&taking, into: &report, refuse)
        if let unread = table.unread {
            report.refused += 1
            refuse(Refusal(line: unread.line, reason: unread.reason, headers: table.headers))
        }
        if report.added >= Self.many, !policy.isDryRun { try await installation.database.subscribers.settle() }
        report.ignoredColumns = table.ignoredColumns
        progress(1)
        return report
    }

    private struct Context {
        let defaults: ImportedLine.Defaults
        let lastSeq: Int64
        let now: Date
    }

    private func context() async throws -> Context {
        let now = installation.clock.now
        return Context(
            defaults: ImportedLine.Defaults(
                schedule: SubscriptionService(installation).defaultSchedule,
                maxPapers: installation.settings.digestMaxPapers, topics: installation.topics),
            lastSeq: try await installation.database.papers.seq(
                before: now.addingTimeInterval(-installation.settings.digestLookBack)), now: now)
    }

    /// A batch as it was read: the people of its lines, and why others are none.
    private struct Understood {
        var people: [ImportedSubscriber] = []
        /// Of each person; `fault` is what of the line could not be read.
        var lines: [(line: Int, cells: [String], isSilent: Bool, fault: ImportProblem?)] = []
        var refusals: [Refusal] = []
        var headers: [String] = []
    }

    /// A batch on its way into the database.
    private struct Taking {
        let batch: Understood
        let outcomes: Task<[ImportOutcome], any Error>
    }

    private func understood(
        _ batch: inout [(line: Int, cells: [String])], of table: ImportTable, named name: String, _ context: Context
    ) -> Understood {
        var understood = Understood(headers: table.headers)
        let list = ImportedConsent.List(
            ofFile: ListFileName(name, hasHeader: table.hasHeader), tellsConsent: table.tellsConsent,
            isVouchedFor: policy.isVouchedFor)
        for (line, cells) in batch {
            do {
                let read = try ImportedLine(cells, columns: table.columns, defaults: context.defaults, list: list)
                understood.people.append(person(read, context))
                understood.lines.append((line, cells, read.isSilent, read.fault))
            } catch {
                understood.refusals.append(
                    Refusal(line: line, reason: "\(error)", headers: table.headers, cells: cells))
            }
        }
        batch.removeAll(keepingCapacity: true)
        return understood
    }

    private func begin(_ batch: Understood, _ context: Context) -> Taking {
        let people = batch.people
        return Taking(
            batch: batch,
            outcomes: Task {
                guard !people.isEmpty else { return [] }
                return try await installation.database.subscribers.take(people, policy: policy, at: context.now)
            })
    }

    /// Waits for the batch on its way and counts what became of its lines.
    private func settle(_ taking: inout Taking?, into report: inout Report, _ refuse: (Refusal) -> Void) async throws {
        guard let (batch, task) = taking.map({ ($0.batch, $0.outcomes) }) else { return }
        taking = nil
        var refusals = batch.refusals
        for ((line, person), outcome) in zip(zip(batch.lines, batch.people), try await task.value) {
            var reason = line.fault.map {
                "\($0); that this address is \(person.new.state.rawValue) is kept all the same"
            }
            if case .refused(let word) = outcome { reason = word }
            if let reason {
                refusals.append(Refusal(line: line.line, reason: reason, headers: batch.headers, cells: line.cells))
                continue
            }
            if line.isSilent { report.silent += 1 }
            switch outcome {
            case .added: report.added += 1
            case .known, .refused: report.known += 1
            case .stopped: report.stopped += 1
            case .reactivated: report.reactivated += 1
            case .confirmed: report.confirmed += 1
            }
        }
        report.lines += batch.lines.count + batch.refusals.count
        report.refused += refusals.count
        refusals.sorted { $0.line < $1.line }.forEach(refuse)
    }

    private func person(_ line: ImportedLine, _ context: Context) -> ImportedSubscriber {
        let details = line.details
        var new = NewSubscriber(
            address: line.address, state: line.state, schedule: details.schedule, maxPapers: details.maxPapers,
            interests: details.interests, lastSeq: context.lastSeq, language: details.language)
        new.seesBeyond = details.seesBeyond
        new.resumeAt = line.state == .paused ? details.resumeAt : nil
        return ImportedSubscriber(
            new: new, addressHash: installation.key.addressHash(line.address.key), createdAt: details.createdAt,
            confirmedAt: details.confirmedAt)
    }
}
