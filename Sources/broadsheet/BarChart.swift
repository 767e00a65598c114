import Foundation

/// Small bars for a terminal: eighths of blocks where it shows Unicode, `#` where it does not.
struct BarChart {
    let isUnicode: Bool
    /// Columns of the longest bar.
    let width: Int

    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    init(isUnicode: Bool, width: Int = 24) {
        self.isUnicode = isUnicode
        self.width = width
    }

    /// By the locale, in the order in which POSIX lets its variables win.
    init(environment: [String: String]) {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let name = locale.lowercased()
        self.init(isUnicode: name.contains("utf-8") || name.contains("utf8"))
    }

    /// A bar as long as `value` is of `most`; one that is not nothing is never empty.
    func bar(_ value: Int, of most: Int) -> String {
        guard value > 0, most > 0 else { return "" }
        let units = isUnicode ? 8 : 1
        let length = max(1, Int((Double(value) / Double(most) * Double(width * units)).rounded()))
        if !isUnicode { return String(repeating: "#", count: length) }
        return String(repeating: "█", count: length / 8) + Self.eighths[length % 8]
    }
}
