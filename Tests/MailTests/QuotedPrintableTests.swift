import Foundation
import TestTools
import Testing

@testable import Mail

@Suite("quoted-printable")
struct QuotedPrintableTests {
    @Test(
        "each rule of RFC 2045 section 6.7",
        arguments: [
            ("", ""),
            ("plain text\n", "plain text\r\n"),
            ("crlf\r\nlf\n", "crlf\r\nlf\r\n"),
            ("a\rb", "a=0Db"),
            ("1 = 2", "1 =3D 2"),
            ("é", "=C3=A9"),
            ("space at end \nnext", "space at end=20\r\nnext"),
            ("tab at end\t\nnext", "tab at end=09\r\nnext"),
            ("end ", "end=20"),
            ("two  \r\n", "two =20\r\n"),
            ("a  b   c", "a =20b =20 c"),
            ("a\tb", "a=09b"),
            (" a\n  b", " a\r\n =20b"),
            (".", "=2E"),
            ("a\n.\nb", "a\r\n=2E\r\nb"),
            (".hidden", "=2Ehidden"),
            ("From here", "=46rom here"),
            ("Fromage", "Fromage"),
            ("\u{0}\u{1F}\u{7F}", "=00=1F=7F"),
        ])
    func rules(text: String, encoded: String) {
        #expect(String(decoding: QuotedPrintable.encode(text), as: UTF8.self) == encoded)
    }

    @Test("lines have at most 76 characters, none starts with a dot, and decoding gives the text back")
    func roundTrip() {
        var random = SplitMix64(seed: 20_261_123)
        let alphabet = Array("abc ..==\t\nFrom xyzé論🧪\u{7F}0123456789")
        for _ in 0..<2_000 {
            let text = String(
                (0..<Int.random(in: 0...400, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" }
            )
            let encoded = String(decoding: QuotedPrintable.encode(text), as: UTF8.self)
            for line in encoded.components(separatedBy: "\r\n") {
                #expect(line.utf8.count <= 76)
                #expect(!line.contains("  ") && !line.contains("\t"))
                #expect(
                    !line.hasPrefix(".") && !line.hasPrefix("From ") && !line.hasSuffix(" ") && !line.hasSuffix("\t"))
            }
            #expect(decoded(encoded) == text.replacing("\n", with: "\r\n"))
        }
    }

    @Test("a long line is broken so that a dot never leads")
    func dotAfterSoftBreak() {
        let text = String(repeating: "a", count: 75) + ".tail"
        #expect(
            String(decoding: QuotedPrintable.encode(text), as: UTF8.self) == String(repeating: "a", count: 75)
                + "=\r\n=2Etail")
    }

    @Test("pieces that end with a line end can be joined")
    func joining() {
        let parts = ["Grüße\n", "second = line \n", ".third\n"]
        #expect(parts.flatMap(QuotedPrintable.encode) == QuotedPrintable.encode(parts.joined()))
    }

    /// A decoder of the test's own, straight from the RFC.
    private func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        let input = Array(text.replacing("=\r\n", with: "").utf8)
        var index = 0
        while index < input.count {
            if input[index] == UInt8(ascii: "=") {
                bytes.append(UInt8(String(decoding: input[index + 1...index + 2], as: UTF8.self), radix: 16) ?? 0)
                index += 3
            } else {
                bytes.append(input[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
