/// Numbers with their nouns.
public enum Counted {
    /// `1 paper`, `12 papers`, `1,204 papers`.
    public static func papers(_ count: Int) -> String { noun(count, "paper") }

    /// `1 more paper`, `12 more papers`; nil for none.
    public static func morePapers(_ count: Int) -> String? { count > 0 ? noun(count, "more paper") : nil }

    static func upvotes(_ count: Int) -> String? { count > 0 ? noun(count, "upvote") : nil }
    static func comments(_ count: Int) -> String? { count > 0 ? noun(count, "comment") : nil }

    private static func noun(_ count: Int, _ noun: String) -> String {
        "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func grouped(_ count: Int) -> String {
        let digits = Array(String(count))
        return digits.enumerated().reduce(into: "") { text, digit in
            if digit.offset > 0, (digits.count - digit.offset) % 3 == 0 { text.append(",") }
            text.append(digit.element)
        }
    }
}
