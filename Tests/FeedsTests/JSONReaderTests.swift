import Testing

@testable import Feeds

@Suite("JSON")
struct JSONReaderTests {
    private func string(_ json: String) throws -> String {
        var reader = JSONReader(Array(json.utf8))
        let text = try reader.string()
        try reader.end()
        return text
    }

    private func failure(_ json: String) -> JSONError? {
        var reader = JSONReader(Array(json.utf8))
        do throws(JSONError) {
            try reader.skip()
            try reader.end()
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "strings with every escape",
        arguments: [
            (#""""#, ""), (#""a\n\t\"\\\/b""#, "a\n\t\"\\/b"), (#""\u00e9""#, "é"), (#""\uD83D\uDE00""#, "😀"),
            (#""\uD83D""#, "\u{FFFD}"),
            (#""\uD83Dx""#, "\u{FFFD}x"), (#""\uDE00""#, "\u{FFFD}"), (#""\uD83D\u0041""#, "\u{FFFD}A"),
            (#""é😀""#, "é😀"),
        ])
    func strings(_ json: String, text: String) throws { #expect(try string(json) == text) }

    @Test(
        "sound documents are gone over",
        arguments: [
            "{}", "[]", " [1, -2.5e+10, true, false, null, {\"a\": [\"b\"]}] ", "0", "-0.1", "\"x\"",
            "{\"a\":{\"b\":{}}}",
        ])
    func sound(_ json: String) { #expect(failure(json) == nil) }

    @Test(
        "broken documents are refused",
        arguments: [
            "", "{", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "tru", "nul", "01", "1.", "1e", "-", "\"\\x\"",
            "\"\\u12g4\"", "[1]]",
            "\"abc", "{\"a\":1,}", "[", "'a'", "+1", "NaN",
        ])
    func broken(_ json: String) { #expect(failure(json) != nil) }

    @Test("an error names line and column")
    func position() throws {
        let error = try #require(failure("[1,\n  2,\n  x]"))
        #expect(error.line == 3 && error.column == 3)
        #expect(error.description.hasPrefix("line 3, column 3: "))
    }

    @Test("a cut document is told from a wrong one")
    func truncated() {
        #expect(failure("[1, 2")?.problem == .truncated)
        #expect(failure("[\"ab")?.problem == .truncated)
        #expect(failure("[1; 2]")?.problem == .syntax)
    }

    @Test("depth has a limit")
    func depth() {
        #expect(failure(String(repeating: "[", count: 100) + String(repeating: "]", count: 100)) == nil)
        #expect(failure(String(repeating: "[", count: 100_000))?.problem == .depth)
    }

    @Test(
        "a time that no calendar has is none",
        arguments: ["9223372036854775807", "-9223372036854775808", "1e18", "253402300800000"])
    func farAway(number: String) throws {
        let text = """
            {"notes": [{"id": "a", "forum": "a", "cdate": \(number), "pdate": \(number), "content": {"title": {"value": "T"}, \
            "authors": {"value": ["A"]}, "abstract": {"value": "W"}, "venue": {"value": "ICLR"}}}], "count": 1}
            """
        let entry = try #require(try feed(text).entries.first)
        #expect(entry.published == nil && entry.updated == nil)
    }
}
