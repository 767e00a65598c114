/// Reads comma-separated values as RFC 4180 has them, piece by piece, so that a file's size does not matter.
///
/// Line ends may be CRLF, LF or CR; quoted cells may hold them, and `""` for a quote. The delimiter is found in the first
/// line: the most frequent of comma, semicolon and tab. A byte order mark is passed over, and so is the apostrophe that
/// ``CSVWriter`` and others put before what a spreadsheet would run.
struct CSVReader {
    /// One line of the table.
    struct Line: Equatable {
        /// The number of the line in the file on which it starts, from 1.
        let number: Int
        let cells: [String]
    }

    /// A cell longer than this is cut off: a quote that is never closed must not swallow the file.
    static let longestCell = 100_000

    private var delimiter: UInt8?
    private var lineNumber = 1
    private var startNumber = 1
    private var cells: [String] = []
    private var cell: [UInt8] = []
    private var isQuoted = false
    private var hadQuote = false
    private var lastWasCR = false
    private var waiting: [UInt8] = []
    /// The line with a quote that is never closed, known once the file has ended; what follows it was one cell.
    private(set) var unclosedQuote: Int?

    /// Takes the next piece of the file and gives each line that is complete to `take`.
    mutating func read(_ piece: some Sequence<UInt8>, _ take: (Line) throws -> Void) rethrows {
        guard let delimiter else {
            waiting.append(contentsOf: piece)
            guard waiting.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return }
            try begin(take)
            return
        }
        for byte in piece { try read(byte, delimiter: delimiter, take) }
    }

    /// Gives the last line where the file does not end with a line end.
    mutating func finish(_ take: (Line) throws -> Void) rethrows {
        if delimiter == nil { try begin(take) }
        if isQuoted { unclosedQuote = startNumber } else { try endLine(take) }
    }

    private mutating func begin(_ take: (Line) throws -> Void) rethrows {
        var start = waiting[...]
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        let header = start.prefix { $0 != 0x0A && $0 != 0x0D }
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        let counts = candidates.map { candidate in header.count { $0 == candidate } }
        let best = counts.indices.max { counts[$0] < counts[$1] || (counts[$0] == counts[$1] && $0 > $1) } ?? 0
        let found = candidates[best]
        delimiter = found
        waiting = []
        for byte in start { try read(byte, delimiter: found, take) }
    }

    private mutating func read(_ byte: UInt8, delimiter: UInt8, _ take: (Line) throws -> Void) rethrows {
        let isLF = byte == 0x0A
        let isCR = byte == 0x0D
        if isCR || (isLF && !lastWasCR) { lineNumber += 1 }
        defer { lastWasCR = isCR }
        if isQuoted {
            if byte != UInt8(ascii: "\"") {
                append(byte)
            } else {
                isQuoted = false
                hadQuote = true
            }
        } else if byte == UInt8(ascii: "\"") {
            // Just behind a closing quote it stands for one quote; at the start of a cell it opens one.
            if hadQuote {
                append(byte)
                isQuoted = true
            } else if cell.isEmpty {
                isQuoted = true
            } else {
                append(byte)
            }
            hadQuote = false
        } else if byte == delimiter {
            endCell()
        } else if isCR || isLF {
            if !(isLF && lastWasCR) { try endLine(take) } else { startNumber = lineNumber }
        } else {
            append(byte)
            hadQuote = false
        }
    }

    private mutating func append(_ byte: UInt8) {
        if cell.count < Self.longestCell { cell.append(byte) }
    }

    private mutating func endCell() {
        cells.append(String(decoding: CSVFormula.plain(cell[...]), as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
        hadQuote = false
    }

    private mutating func endLine(_ take: (Line) throws -> Void) rethrows {
        let isEmpty = cells.isEmpty && cell.isEmpty && !hadQuote
        endCell()
        defer {
            cells.removeAll(keepingCapacity: true)
            startNumber = lineNumber
        }
        isQuoted = false
        if !isEmpty { try take(Line(number: startNumber, cells: cells)) }
    }
}
