import Foundation
import Mail

/// Takes over addresses that must not be mailed, from a list with one on each line, or from another service's table or JSON,
/// whose column of addresses is found by its name; a column `reason` says why.
public struct SuppressionImport: Sendable {
    /// How the lines fared.
    public struct Report: Sendable, Equatable {
        public var added = 0
        public var known = 0
        public var refused = 0
    }

    private static let pieceSize = 1 << 18

    private let service: SubscriptionService
    private let reason: String

    /// - Parameter reason: for lines that give none.
    public init(_ installation: Installation, reason: String) {
        service = SubscriptionService(installation)
        self.reason = reason
    }

    /// - Parameter refuse: told each line that holds no address, with its number.
    /// - Throws: ``ImportProblem`` for a file that names no column of addresses and holds none, what reading the file throws,
    ///   and `StoreError`; lines before it are taken, and running it again is safe.
    public func run(file: URL, refuse: (String) -> Void) async throws -> Report {
        var lines: [(number: Int, cells: [String])] = []
        var table = ImportTable()
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        while let piece = try handle.read(upToCount: Self.pieceSize), !piece.isEmpty {
            try table.read(piece) { lines.append(($0, $1)) }
        }
        try table.finish { lines.append(($0, $1)) }
        var report = Report()
        for line in lines where line.cells.contains(where: { !$0.isEmpty }) {
            func cell(_ column: ImportColumn) -> String {
                zip(table.columns, line.cells).first { $0 == column && !$1.isEmpty }?.1
                    .trimmingCharacters(in: .whitespaces) ?? ""
            }
            do {
                let address = try Address(ImportTable.bare(cell(.email)))
                let given = HeaderText.shortened(HeaderText.cleaned(cell(.reason)), to: 300)
                let isNew = try await service.suppress(
                    address, reason: given.isEmpty ? reason : given, source: "suppressions import")
                if isNew { report.added += 1 } else { report.known += 1 }
            } catch let error as AddressError {
                report.refused += 1
                refuse("line \(line.number): \(error)")
            }
        }
        if let unread = table.unread {
            report.refused += 1
            refuse("line \(unread.line): \(unread.reason)")
        }
        return report
    }
}
