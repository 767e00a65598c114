import Core

/// Names of which a format says that the family name comes first.
enum LibraryNames {
    /// `Lovelace, Ada` → `Ada Lovelace`, `King, Martin Luther, Jr.` → `Martin Luther King Jr.`; a name without a comma is as
    /// it is.
    static func givenFirst(_ name: String) -> String {
        let parts = name.split(separator: ",", maxSplits: 3).map(\.trimmed).filter { !$0.isEmpty }
        switch parts.count {
        case 2: return "\(parts[1]) \(parts[0])"
        case 3...: return "\(parts[1]) \(parts[0]) \(parts[2])"
        default: return parts.first ?? ""
        }
    }
}
