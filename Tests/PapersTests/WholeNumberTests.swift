import Testing

@testable import Papers

@Suite("Numbers that strangers write")
struct WholeNumberTests {
    @Test(
        "are read where they are in bounds",
        arguments: [
            ("0", 0), ("7", 7), ("007", 7), ("9007199254740992", 1 << 53), ("", nil), ("-1", nil), ("+1", nil),
            ("9007199254740993", nil), ("9223372036854775807", nil), ("9223372036854775808", nil),
            ("18446744073709551616", nil), ("99999999999999999999999999", nil), ("1e3", nil), ("0x10", nil),
            (" 1", nil), ("1 ", nil), ("1.0", nil), ("NaN", nil), ("١", nil), ("-", nil),
        ] as [(String, Int64?)])
    func rows(text: String, expected: Int64?) {
        #expect(WholeNumber.parse(text, in: WholeNumber.rows) == expected)
    }

    @Test("may be negative where the range has such")
    func negative() {
        let all = Int64.min...Int64.max
        for number in [Int64.min, -1, 0, 1, Int64.max] {
            #expect(WholeNumber.parse(String(number), in: all) == number)
        }
        for text in ["-9223372036854775809", "9223372036854775808", "--1", "-"] {
            #expect(WholeNumber.parse(text, in: all) == nil)
        }
    }
}
