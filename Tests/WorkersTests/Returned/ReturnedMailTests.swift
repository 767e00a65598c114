import Mail
import Site
import Testing

@testable import Workers

@Suite("What a returned mail means")
struct ReturnedMailTests {
    private static let key = SiteKey(String(repeating: "k", count: 32))
    private static let addresses = ReturnAddresses(pattern: "bounces+*@example.org", key: key)

    private static func bytes(_ shape: BounceShape) -> [UInt8] {
        let sender = addresses?.envelopeSender(subscriber: 7, nonce: 8) ?? ""
        let messageID = key.messageIDLocalPart(subscriber: 7, nonce: 8) + "@example.org"
        let text = shape.text.replacing("SENDER", with: sender).replacing("MESSAGEID", with: messageID)
        return Array(text.utf8)
    }

    @Test("is the same for every mail system that says it", arguments: BounceShape.all)
    func verdicts(shape: BounceShape) {
        let reading = BounceReading(Self.bytes(shape), key: Self.key, addresses: Self.addresses)
        switch (shape.expected, reading.verdict) {
        case (.fault(let fault), .failure(let found, let diagnostic)):
            #expect(found == fault, "\(diagnostic)")
            #expect(!diagnostic.isEmpty && !diagnostic.contains("\n"))
            #expect(reading.deliveries == [.init(subscriber: 7, nonce: 8)])
        case (.complaint, .complaint): #expect(reading.deliveries == [.init(subscriber: 7, nonce: 8)])
        case (.delay, .delay), (.other, .other): break
        default: Issue.record("\(reading.verdict)")
        }
    }

    @Test("has at least 150 shapes to show for it, each told once")
    func coverage() {
        #expect(BounceShape.all.count >= 150)
        #expect(Set(BounceShape.all.map(\.name)).count == BounceShape.all.count)
    }

    @Test("line ends of any kind are read")
    func lineEnds() {
        for shape in BounceShape.first {
            for end in ["\r\n", "\r"] {
                let bytes = Array(String(decoding: Self.bytes(shape), as: UTF8.self).replacing("\n", with: end).utf8)
                #expect(ReturnedMail(ParsedMessage(bytes)) == ReturnedMail(ParsedMessage(Self.bytes(shape))))
            }
        }
    }

    @Test("each row of evidence is found in a text that holds it, whatever its case and however its lines are broken")
    func rows() {
        for row in Evidence.rows {
            let words = row.words.hasSuffix("*") ? row.words.dropLast() : row.words[...]
            let text = FoldedText("Before: " + words.uppercased().replacing(" ", with: " \n  ") + ". After")
            #expect(!PhraseScanner([row.words]).found(in: text.bytes).isEmpty, "\(row.words)")
        }
    }

    @Test("words are words: part of a host's name or of another word counts for nothing")
    func boundaries() {
        let spam = PhraseScanner(["spam", "black*"])
        for (text, isFound) in [
            ("this is spam", true), ("spam.", true), ("mx.spam.example.net", false), ("spammer", false),
            ("a@spam.example", false), ("blacklisted", true), ("unblackened", false), ("(spam)", true),
        ] {
            #expect(spam.found(in: FoldedText(text).bytes).isEmpty != isFound, "\(text)")
        }
    }
}
