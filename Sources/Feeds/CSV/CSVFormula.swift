/// Cells that a spreadsheet takes for formulas and runs (OWASP, "CSV Injection"). An apostrophe before them makes them text.
public enum CSVFormula {
    private static let mark = UInt8(ascii: "'")
    /// `=`, `+`, `-`, `@`, a tab or a line end at the beginning; the first four also in full width, which some take for the
    /// same.
    private static let beginnings: [[UInt8]] =
        [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x0A].map { [$0] } + ["＝", "＋", "－", "＠"].map { Array($0.utf8) }

    /// A cell that nothing runs. One that begins so already gets another apostrophe, so that ``plain(_:)`` undoes each.
    public static func disarmed(_ cell: String) -> String { isMeant(cell.utf8) ? "'" + cell : cell }

    /// The cell that was disarmed, or one that never was, as it is.
    public static func plain(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        cell.first == mark && isMeant(cell) ? cell.dropFirst() : cell
    }

    private static func isMeant(_ cell: some Collection<UInt8>) -> Bool {
        let rest = cell.drop { $0 == mark }
        return beginnings.contains { rest.starts(with: $0) }
    }
}
