/// The nearest of some names to a mistyped one.
public enum Suggestion {
    /// The closest name within a third of its length in edits (two at least), or nil.
    public static func closest(to typed: String, in names: some Sequence<String>) -> String? {
        // Nobody mistypes a long name into a short one; the bound keeps hostile input cheap.
        guard typed.utf8.count <= 40 else { return nil }
        let typed = Array(typed.lowercased().utf8)
        let best = names.map { ($0, distance(typed, Array($0.lowercased().utf8))) }.min { $0.1 < $1.1 }
        guard let best, best.1 <= max(2, best.0.utf8.count / 3), best.1 < typed.count else { return nil }
        return best.0
    }

    /// Levenshtein's distance.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (byte == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
