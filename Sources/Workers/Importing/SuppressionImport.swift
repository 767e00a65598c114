import Foundation
import Mail

/// Takes over addresses that must not be mailed, from a list with one on each line or from a table with a column `email`
/// and perhaps `reason`.
public struct SuppressionImport: Sendable {
    public struct Report: Sendable, Equatable {
        public var added = 0
        public var known = 0
        public var refused = 0
    }

    private let desk: SubscriptionDesk
    private let reason: String

    /// - Parameter reason: for lines that give none.
    public init(_ installation: Installation, reason: String) {
        desk = SubscriptionDesk(installation)
        self.reason = reason
    }

    /// - Parameter refuse: told each line that holds no address, with its number.
    /// - Throws: what reading the file throws, and `StoreError`; lines before it are taken, and running it again is safe.
    public func run(file: URL, refuse: (String) -> Void) async throws -> Report {
        var lines: [CSVReader.Line] = []
        var reader = CSVReader()
        try reader.read(Data(contentsOf: file)) { lines.append($0) }
        reader.finish { lines.append($0) }
        var report = Report()
        var columns = (email: 0, reason: 1)
        for (index, line) in lines.enumerated() where line.cells.contains(where: { !$0.isEmpty }) {
            let names = line.cells.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            if index == 0, let email = names.firstIndex(where: { ["email", "address", "e-mail"].contains($0) }) {
                columns = (email, names.firstIndex(of: "reason") ?? -1)
                continue
            }
            func cell(_ column: Int) -> String {
                line.cells.indices.contains(column) ? line.cells[column].trimmingCharacters(in: .whitespaces) : ""
            }
            do {
                let address = try Address(cell(columns.email))
                let given = HeaderText.shortened(HeaderText.cleaned(cell(columns.reason)), to: 300)
                let isNew = try await desk.suppress(
                    address, reason: given.isEmpty ? reason : given, source: "suppressions import")
                if isNew { report.added += 1 } else { report.known += 1 }
            } catch let error as AddressError {
                report.refused += 1
                refuse("line \(line.number): \(error)")
            }
        }
        return report
    }
}
