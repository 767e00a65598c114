import Core
import Foundation
import Testing

@testable import Digests

@Suite("Shortening")
struct ShortenedTests {
    @Test(
        "an abstract ends at a sentence, else at a word",
        arguments: [
            ("Short.", 20, "Short."),
            ("Exactly ten", 11, "Exactly ten"),
            ("One sentence ends. Another one follows it here.", 30, "One sentence ends."),
            ("One ends. This second sentence is far longer than allowed.", 30, "One ends. This second…"),
            (
                "See Fig. 3 and others et al. We go on without an end to it", 40,
                "See Fig. 3 and others et al. We go on…"
            ),
            (
                "Gains of 3.5 points over the baseline, e.g. Transformers of old", 45,
                "Gains of 3.5 points over the baseline, e.g.…"
            ),
            ("Is it so? Yes, it is so, and it will stay so.", 15, "Is it so?"),
            ("一二三四五。六七八九十", 16, "一二三四五。"),
            ("一二三四五六七八九十", 12, "一二三四五…"),
            ("anything", 0, ""),
        ])
    func abstract(text: String, limit: Int, expected: String) {
        #expect(Shortened.abstract(text, limit: limit) == expected)
    }

    @Test("a shortened text is never longer than its limit", arguments: [1, 2, 5, 17, 60, 140, 600])
    func withinLimit(limit: Int) {
        let texts = [
            String(repeating: "word ", count: 300), String(repeating: "語", count: 700),
            String(repeating: "x", count: 700), String(repeating: "A sentence. ", count: 90),
        ]
        for text in texts {
            #expect(Shortened.abstract(text, limit: limit).count <= limit)
            #expect(Shortened.words(text, limit: limit).count <= limit)
        }
    }

    @Test("a cut leaves no loose comma or blank before the ellipsis")
    func looseEnds() {
        #expect(Shortened.words("Alpha, beta: gamma", limit: 13) == "Alpha, beta…")
    }

    @Test("characters made of several scalars stay whole")
    func graphemes() {
        #expect(Shortened.words("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", limit: 2) == "👩‍👩‍👧‍👦…")
    }
}

@Suite("Text from outside")
struct DisplayTextTests {
    @Test(
        "becomes one line without controls",
        arguments: [
            ("  a \n b\r\n\tc ", "a b c"), ("a\u{0}b", "a b"), ("a\u{1}papers\u{2}b", "a papers b"),
            ("safe\u{202E}txt.exe", "safetxt.exe"), ("a\u{2066}b\u{2069}", "ab"), ("\u{FEFF}a\u{200B}b", "ab"),
            ("a\u{2028}b\u{85}c", "a b c"), ("می\u{200C}خواهم", "می\u{200C}خواهم"),
        ])
    func line(text: String, expected: String) {
        #expect(DisplayText.line(text) == expected)
    }

    @Test("right-to-left lines are isolated, others are left as they are")
    func isolation() {
        #expect(DisplayText.isolated("plain") == "plain")
        #expect(DisplayText.isolated("שלום\nעולם") == "\u{2068}שלום\u{2069}\n\u{2068}עולם\u{2069}")
    }

    @Test("plain text wraps at words, wide characters counting double")
    func wrapping() {
        #expect(WrappedText.wrap("aaa bbb ccc", columns: 7) == "aaa bbb\nccc")
        #expect(WrappedText.wrap("https://example.org/long a", columns: 7) == "https://example.org/long\na")
        #expect(WrappedText.wrap("一二三四、五六", columns: 8) == "一二三\n四、五六")
        #expect(WrappedText.wrap("", columns: 8) == "")
        #expect(WrappedText.wrap(" \t\n", columns: 8) == "")
        #expect(WrappedText.wrap("  a\tb\r\nc ", columns: 8) == "a b c")
        #expect(WrappedText.wrap("aé “b” e\u{301}e\u{301} c…", columns: 6) == "aé “b”\ne\u{301}e\u{301} c…")
        #expect(WrappedText.wrap("a 漢字x、 b\u{2003}c\u{3000}d", columns: 6) == "a 漢字\nx、 b\nc d")
        // What French writes before a colon and within quotes keeps a line together.
        #expect(
            WrappedText.wrap("aaa «\u{202F}b\u{202F}»\u{A0}: cc", columns: 7) == "aaa\n«\u{202F}b\u{202F}»\u{A0}:\ncc")
    }
}

@Suite("Links")
struct WebAddressTests {
    @Test(
        "only web and mail addresses stay",
        arguments: [
            "https://example.org/a?b=c&d=e", "http://example.org", "mailto:a@example.org", "HTTPS://EXAMPLE.ORG/",
            "https://例え.jp/パス",
        ])
    func accepted(address: String) {
        #expect(WebAddress.link(address) == address)
    }

    @Test(
        "everything else is left out",
        arguments: [
            "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//example.org",
            "/relative", "example.org", "https:///path", "https://", "https://a b", "https://a\"onclick=", "ftp://a",
            "https://good.example@evil.example/", "https://a/\u{202E}gpj", "mailto:", "", " ",
        ])
    func refused(address: String) {
        #expect(WebAddress.link(address) == nil)
    }

    @Test("blanks around an address are no part of it")
    func trimmed() {
        #expect(WebAddress.link(" https://example.org/ \n") == "https://example.org/")
    }
}

@Suite("Days")
struct CivilDateTextTests {
    @Test(
        "are named in full",
        arguments: [
            ("2026-11-23", "Monday, 23 November 2026"), ("2024-02-29", "Thursday, 29 February 2024"),
            ("1970-01-01", "Thursday, 1 January 1970"), ("2000-12-31", "Sunday, 31 December 2000"),
        ])
    func long(text: String, expected: String) throws {
        #expect(CivilDate(text).map(try texts().long) == expected)
    }
}

@Suite("Colours")
struct ColourTests {
    @Test(
        "are read from six digits only", arguments: ["#9c2a1", "9c2a1f", "#9c2a1g", "#9c2a1f0", "red", "", "#+c2a1f"])
    func refused(text: String) {
        #expect(Colour(text) == nil)
    }

    @Test(
        "become readable by day and by night",
        arguments: ["#9c2a1f", "#ffff00", "#000000", "#ffffff", "#777777", "#0000ff"])
    func readable(text: String) throws {
        let colour = try #require(Colour(text))
        for background in [Colour.paper, .night] {
            let readable = colour.readable(on: background)
            #expect(readable.contrast(with: background) >= 4.5)
            #expect(readable.text.contrast(with: readable) >= 4.5)
        }
    }

    @Test("that are readable stay as they are")
    func unchanged() {
        #expect(Colour("#9c2a1f")?.readable(on: .paper).description == "#9c2a1f")
    }
}
