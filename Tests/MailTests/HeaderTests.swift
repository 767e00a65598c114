import Foundation
import Testing

@testable import Mail

@Suite("header fields")
struct HeaderTests {
    static let subjects = [
        "Plain words",
        "Grüße",
        "拡散モデルによる高解像度動画生成のための効率的な注意機構とその大規模言語モデルへの応用に関する研究、および評価手法の提案",
        "Mixed 日本語 and English words, then 漢字 again at the very end of a rather long subject line",
        "🧪👩‍👩‍👧‍👦🏳️‍🌈 emoji " + String(repeating: "👨‍👩‍👧‍👦", count: 12),
        String(repeating: "word ", count: 40),
        String(repeating: "x", count: 300),
        String(repeating: "é", count: 300),
        "Attack =?utf-8?Q?=0D=0ABcc:_x@example.org?= here",
        "\"quoted\" (and) <angled> a@b.example",
        "a" + String(repeating: "\u{301}", count: 120),
        "O(n²) ≤ 1.5× — “faster” than FlashAttention‑3…",
    ]

    @Test("lines and encoded words keep their limits, and a reader gets the text back", arguments: subjects)
    func roundTrip(subject: String) throws {
        let clean = HeaderText.cleaned(subject)
        let field = try HeaderField("Subject", clean)
        let text = String(decoding: field.bytes, as: UTF8.self)
        #expect(field.bytes.allSatisfy { $0 < 0x80 })
        for line in text.components(separatedBy: "\r\n").dropLast() {
            let words = line.matches(of: /=\?utf-8\?[BQ]\?[^?\s]*\?=/)
            #expect(words.allSatisfy { $0.output.utf8.count <= 75 })
            #expect(words.isEmpty ? line.utf8.count <= 998 : line.utf8.count <= 76)
            #expect(line.contains { $0 != " " })
        }
        #expect(decodedHeader(text) == "Subject: \(clean)")
    }

    @Test("every encoded word is whole characters of UTF-8 by itself", arguments: subjects)
    func wordsStandAlone(subject: String) throws {
        let field = try HeaderField("Subject", HeaderText.cleaned(subject))
        let text = String(decoding: field.bytes, as: UTF8.self)
        for word in text.matches(of: /=\?utf-8\?([BQ])\?([^?\s]*)\?=/) {
            #expect(String(validating: payload(word.output.1, word.output.2), as: UTF8.self) != nil)
        }
    }

    @Test("plain text stays plain, and is folded at spaces only")
    func folding() throws {
        let words = Array(repeating: "attention", count: 12).joined(separator: " ")
        let text = String(decoding: try HeaderField("Subject", words).bytes, as: UTF8.self)
        #expect(text.replacing("\r\n ", with: " ") == "Subject: \(words)\r\n")
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 })
    }

    @Test(
        "a value that could start a header of its own, or hide or reorder text, is refused",
        arguments: [
            "a\r\nBcc: x@example.org", "a\nb", "a\rb", "a\u{0}", "a\u{85}b", "a\u{2028}b", "a\u{202E}b", "", "  ",
        ])
    func refusals(value: String) {
        #expect(throws: MailError.self) { try HeaderField("X-Test", value) }
    }

    @Test("a name that is not one is refused", arguments: ["", "A B", "A:", "Ä", "A\r\n"])
    func badNames(name: String) {
        #expect(throws: MailError.self) { try HeaderField(name, "value") }
    }

    @Test(
        "text from outside is cleaned into one visible line",
        arguments: [
            ("a\r\nBcc: x", "a Bcc: x"),
            ("  two   spaces\t", "two spaces"),
            ("ab\u{202E}cd\u{200B}e\u{FEFF}f", "abcdef"),
            ("a =?utf-8?q?x?= b", "a = ?utf-8?q?x? = b"),
            ("=\u{200B}?", "= ?"),
            ("نمی\u{200C}خواهم", "نمی\u{200C}خواهم"),
        ])
    func cleaning(text: String, clean: String) {
        // Only the opening of an encoded word is parted; its end is harmless alone.
        #expect(HeaderText.cleaned(text) == clean.replacing("x? = b", with: "x?= b"))
    }

    @Test(
        "display names are plain, quoted or encoded as they need, and hold no address",
        arguments: [
            ("Ann Lee", "To: Ann Lee <ann@example.org>\r\n"),
            ("Lee, Ann", "To: \"Lee, Ann\" <ann@example.org>\r\n"),
            ("A \"B\" \\C", "To: \"A \\\"B\\\" \\\\C\" <ann@example.org>\r\n"),
            ("Zoë", "To: =?utf-8?Q?Zo=C3=AB?= <ann@example.org>\r\n"),
            ("boss@bank.example", "To: \"boss at bank.example\" <ann@example.org>\r\n"),
            ("x\r\nBcc: y@example.org", "To: \"x Bcc: y at example.org\" <ann@example.org>\r\n"),
            ("", "To: ann@example.org\r\n"),
        ])
    func displayNames(name: String, field: String) throws {
        let mailbox = Mailbox(name: name, address: try Address("ann@example.org"))
        #expect(String(decoding: HeaderField("To", tokens: mailbox.headerTokens).bytes, as: UTF8.self) == field)
    }

    private func payload(_ kind: Substring, _ data: Substring) -> [UInt8] {
        if kind == "B" { return Array(Data(base64Encoded: String(data)) ?? Data()) }
        var bytes: [UInt8] = []
        var rest = Array(data.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "="), rest.count >= 2 {
                bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "_") ? 0x20 : byte)
            }
        }
        return bytes
    }

    /// Unfolds and decodes as RFC 2047 section 6 says, space between encoded words dropped.
    private func decodedHeader(_ text: String) -> String {
        // CRLF is one character to Swift.
        let unfolded = text.dropLast(1).replacing("\r\n ", with: " ").replacing(/\?= =\?/, with: "?==?")
        var result: [UInt8] = []
        var last = unfolded.startIndex
        for word in unfolded.matches(of: /=\?utf-8\?([BQ])\?([^?\s]*)\?=/) {
            result += Array(unfolded[last..<word.range.lowerBound].utf8) + payload(word.output.1, word.output.2)
            last = word.range.upperBound
        }
        return String(decoding: result + Array(unfolded[last...].utf8), as: UTF8.self)
    }
}
