/// Whole numbers as strangers write them: in requests, feeds, mails, imports and settings.
///
/// A number has bounds before anything is computed from it, so that no sum or product of it can overflow, which would end
/// the process.
public enum WholeNumber {
    /// Numbers of rows and papers: none is ever larger, and one more or one less is a number, too.
    public static let rows: ClosedRange<Int64> = 0...(1 << 53)

    /// Reads decimal digits, with a `-` before them where the range has negative numbers.
    ///
    /// - Returns: nil for what is no number, and for one outside `range`.
    public static func parse(_ text: some StringProtocol, in range: ClosedRange<Int64> = rows) -> Int64? {
        let isNegative = range.lowerBound < 0 && text.utf8.first == UInt8(ascii: "-")
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        guard (1...20).contains(digits.count) else { return nil }
        var value: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLarge) = tens.subtractingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
            if overflows || isTooLarge { return nil }
            value = sum
        }
        // Counted downwards, since there is one more negative number.
        if !isNegative {
            guard value != Int64.min else { return nil }
            value = -value
        }
        return range.contains(value) ? value : nil
    }
}
