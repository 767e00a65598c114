import Foundation
import Store
import Workers

/// Where the lines go that an import refuses: told with their reasons, in a file as CSV or on standard error the first of
/// them, and written whole into a table that can be mended and imported.
final class RefusedLines {
    private static let most = 50
    private static let reason = "reason"

    private let name: String
    private let report: FileHandle?
    /// Nil where no line is to be written.
    private let mendable: String??
    private var table: FileHandle?
    private var path: String?
    private var count = 0

    /// - Parameters:
    ///   - report: the file of numbers and reasons; nil for standard error.
    ///   - name: of the list.
    ///   - mendable: the file of the lines themselves, nil for one beside the list; no value for none at all.
    /// - Throws: `StoreError` where the report cannot be written.
    init(report file: String?, of name: String, mendable: String??) throws {
        self.name = name
        self.mendable = mendable
        report = try file.map { try Self.open($0, [["line", "reason"]]) }
    }

    private static func open(_ path: String, _ lines: [[String]]) throws -> FileHandle {
        try PrivateFile.write(Data(lines.map(CSVWriter.line).joined().utf8), to: path)
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw CommandFailure("cannot write \(path): see that its folder exists and may be written to")
        }
        handle.seekToEndOfFile()
        return handle
    }

    func add(_ refusal: SubscriberImport.Refusal) {
        count += 1
        if let report {
            report.write(Data(CSVWriter.line(["\(refusal.line)", refusal.reason]).utf8))
        } else if count <= Self.most {
            Output.complain("\(name):\(refusal.line): \(refusal.reason)")
        }
        keep(refusal)
    }

    private func keep(_ refusal: SubscriberImport.Refusal) {
        guard let mendable, !refusal.cells.isEmpty else { return }
        // A table that was made so before has the column already.
        let place = refusal.headers.lastIndex(of: Self.reason)
        if path == nil {
            let file = mendable ?? Self.free(beside: name)
            path = file
            do {
                table = try Self.open(file, [refusal.headers + (place == nil ? [Self.reason] : [])])
            } catch {
                Output.complain("broadsheet: \(error); --refused FILE names another place for the refused lines")
            }
        }
        var cells = refusal.cells
        cells += Array(repeating: "", count: max(0, refusal.headers.count - cells.count))
        if let place { cells[place] = refusal.reason } else { cells.insert(refusal.reason, at: refusal.headers.count) }
        table?.write(Data(CSVWriter.line(cells).utf8))
    }

    /// `list.csv` → `list.refused.csv`, or `list.refused-2.csv` where that is there: it may be half mended.
    private static func free(beside list: String) -> String {
        let url = URL(fileURLWithPath: list)
        let stem = url.deletingPathExtension().path + ".refused"
        var (path, number) = (stem + ".csv", 2)
        while FileManager.default.fileExists(atPath: path) {
            path = "\(stem)-\(number).csv"
            number += 1
        }
        return path
    }

    func close() {
        if report == nil, count > Self.most {
            Output.complain("… and \(count - Self.most) more; --report FILE writes them all")
        }
        if table != nil, let path { Output.complain("to be mended and imported: \(path)") }
        try? report?.close()
        try? table?.close()
    }
}
