import Foundation

/// Reads comma-separated values as RFC 4180 has them, piece by piece, so that a file's size does not matter.
///
/// Line ends may be CRLF, LF or CR; quoted cells may hold them, and `""` for a quote. Blanks may stand before a quote. The
/// delimiter is the one that a first line `sep=;` names, as spreadsheets have it, else the most frequent of comma, semicolon
/// and tab there. The apostrophe that ``CSVFormula`` and others put before what a spreadsheet would run is passed
/// over. A cell that is no UTF-8 is read as windows-1252.
public struct CSVReader {
    /// One line of the table.
    public struct Line: Equatable, Sendable {
        /// The number of the line in the file on which it starts, from 1.
        public let number: Int
        public let cells: [String]
    }

    /// A cell longer than this is cut off: a quote that is never closed must not swallow the file.
    public static let longestCell = 100_000

    private var delimiter: UInt8?
    private var lineNumber = 1
    private var startNumber = 1
    private var cells: [String] = []
    private var cell: [UInt8] = []
    private var isQuoted = false
    private var hadQuote = false
    private var lastWasCR = false
    private var waiting: [UInt8] = []
    /// Whether the line that is read names the delimiter and is no line of the table.
    private var isPreamble = false
    /// The line with a quote that is never closed, known once the file has ended; what follows it was one cell.
    public private(set) var unclosedQuote: Int?

    public init() {}

    /// Takes the next piece of the file and gives each line that is complete to `take`.
    public mutating func read(_ piece: some Sequence<UInt8>, _ take: (Line) throws -> Void) rethrows {
        guard let delimiter else {
            waiting.append(contentsOf: piece)
            guard waiting.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return }
            try begin(take)
            return
        }
        for byte in piece { try read(byte, delimiter: delimiter, take) }
    }

    /// Gives the last line where the file does not end with a line end.
    public mutating func finish(_ take: (Line) throws -> Void) rethrows {
        if delimiter == nil { try begin(take) }
        if isQuoted { unclosedQuote = startNumber } else { try endLine(take) }
    }

    private mutating func begin(_ take: (Line) throws -> Void) rethrows {
        let start = waiting[...]
        let header = start.prefix { $0 != 0x0A && $0 != 0x0D }
        let found: UInt8
        if let named = Self.namedDelimiter(header) {
            found = named
            isPreamble = true
        } else {
            found = Self.delimiter(of: header)
        }
        delimiter = found
        waiting = []
        for byte in start { try read(byte, delimiter: found, take) }
    }

    /// `sep=;`
    private static func namedDelimiter(_ line: some Collection<UInt8>) -> UInt8? {
        let line = Array(line)
        guard line.count == 5, String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep=" else {
            return nil
        }
        return line[4]
    }

    /// The most frequent separator outside quotes; of equals the first.
    private static func delimiter(of line: some Collection<UInt8>) -> UInt8 {
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        var counts = [0, 0, 0]
        var isQuoted = false
        for byte in line {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, let place = candidates.firstIndex(of: byte) {
                counts[place] += 1
            }
        }
        let best = counts.indices.max { counts[$0] < counts[$1] || (counts[$0] == counts[$1] && $0 > $1) } ?? 0
        return candidates[best]
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
            } else if cell.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                cell.removeAll(keepingCapacity: true)
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
        cells.append(Self.text(CSVFormula.plain(cell[...])))
        cell.removeAll(keepingCapacity: true)
        hadQuote = false
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        // An older spreadsheet's; five of its bytes stand for nothing.
        let data = Data(bytes)
        return String(data: data, encoding: .windowsCP1252) ?? String(decoding: bytes, as: UTF8.self)
    }

    private mutating func endLine(_ take: (Line) throws -> Void) rethrows {
        let isEmpty = cells.isEmpty && cell.isEmpty && !hadQuote
        endCell()
        defer {
            cells.removeAll(keepingCapacity: true)
            startNumber = lineNumber
        }
        isQuoted = false
        if isPreamble {
            isPreamble = false
            return
        }
        if !isEmpty { try take(Line(number: startNumber, cells: cells)) }
    }
}
