/// A text that is looked through for tags, and what is known of where they end.
///
/// The search for the end of a tag depends only on the place and on the quote it is in. What a long search has found is kept
/// for every 64th place, so that a text full of tags that never end, or that all end in one place, costs no more than its
/// length.
struct TagScan {
    let text: [UInt8]
    /// For each block of 64 bytes and each state: where a tag ends that is open there, ``never`` or ``unknown``.
    private var ends: [Int32] = []
    /// Up to which `=` the search has come, and from where.
    private var equals = (from: 0, at: -1)

    private static let unknown: Int32 = 0
    private static let never: Int32 = -1
    /// What shorter searches find is not kept.
    private static let short = 256

    init(_ text: [UInt8]) { self.text = text }

    /// Goes over the attributes to behind the `>`; quoted values may hold one. Nil where the tag never ends, or a `<` outside
    /// quotes comes first.
    mutating func end(from start: Int) -> Int? {
        guard text[start].isBlank || text[start] == UInt8(ascii: ">") || text[start] == UInt8(ascii: "/") else {
            return nil
        }
        var at = start
        var quote: UInt8 = 0
        var passed: [Int] = []
        var found: Int32 = Self.never
        search: while at < text.count {
            if at & 63 == 0 {
                let slot = (at >> 6) * 3 + (quote == 0 ? 0 : quote == UInt8(ascii: "\"") ? 1 : 2)
                if !ends.isEmpty, ends[slot] != Self.unknown {
                    found = ends[slot]
                    break
                }
                if at - start > Self.short { passed.append(slot) }
            }
            let byte = text[at]
            at += 1
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                if text[at - 2] == UInt8(ascii: "=") || text[at - 2].isBlank { quote = byte }
            } else if byte == UInt8(ascii: ">") {
                found = Int32(clamping: at)
                break search
            } else if byte == UInt8(ascii: "<") {
                break search
            }
        }
        if !passed.isEmpty {
            if ends.isEmpty { ends = Array(repeating: Self.unknown, count: (text.count / 64 + 1) * 3) }
            for slot in passed { ends[slot] = found }
        }
        return found > 0 ? Int(found) : nil
    }

    /// The first `=` at a place or behind it, or the end of the text; places are asked for in ascending order.
    mutating func firstEquals(from start: Int) -> Int {
        if equals.from <= start, start <= equals.at { return equals.at }
        equals = (start, text[start...].firstIndex(of: UInt8(ascii: "=")) ?? text.count)
        return equals.at
    }
}
