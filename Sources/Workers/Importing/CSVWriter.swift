import Feeds

/// Writes lines as RFC 4180 has them: a cell with a comma, quote or line end is quoted, and one that a spreadsheet would run
/// is marked as text.
public enum CSVWriter {
    public static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    private static func cell(_ text: String) -> String {
        let text = CSVFormula.disarmed(text)
        // Spreadsheets part cells at semicolons and tabs too, and what comes then would begin a cell.
        guard text.utf8.contains(where: { [0x2C, 0x22, 0x0A, 0x0D, 0x3B, 0x09].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
