import Foundation
import Testing

@testable import Site

@Suite("Tokens in links")
struct TokenTests {
    private let key = SiteKey("0123456789abcdef0123456789abcdef")
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("a token says what was put into it", arguments: TokenPurpose.allCases)
    func roundTrip(purpose: TokenPurpose) throws {
        let ends = [TokenPurpose.confirm, .left, .address].contains(purpose)
        for (id, epoch): (Int64, Int64) in [(42, 3), (1, .max), (.max, .max), (0, 0), (256, 1 << 40)] {
            for detail in [nil, "ada.lovelace@example.org"] {
                let token = Token(
                    purpose: purpose, subscriberID: id, epoch: epoch,
                    expiresAt: ends ? now.addingTimeInterval(60) : nil,
                    madeOn: purpose == .preferences ? 20_789 : 0, detail: detail)
                #expect(try Token(token.text(key: key), purpose: purpose, key: key, now: now) == token)
                #expect(try Token(anyAge: token.text(key: key), purpose: purpose, key: key) == token)
            }
        }
        let text = Token(purpose: purpose, subscriberID: 42, epoch: 3, expiresAt: now).text(key: key)
        #expect(text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
        #expect(text.count >= 20)
    }

    @Test("a token of one purpose opens nothing else")
    func purposes() {
        let text = Token(purpose: .unsubscribe, subscriberID: 42, epoch: 0).text(key: key)
        #expect(throws: Token.Refusal.forged) { try Token(text, purpose: .preferences, key: key, now: now) }
    }

    @Test("a token under another key is refused")
    func otherKey() {
        let text = Token(purpose: .confirm, subscriberID: 42, epoch: 0).text(
            key: SiteKey(String(repeating: "x", count: 32)))
        #expect(throws: Token.Refusal.forged) { try Token(text, purpose: .confirm, key: key, now: now) }
    }

    @Test("a token is refused once it has expired, and one without a date never expires")
    func expiry() throws {
        let text = Token(purpose: .confirm, subscriberID: 1, epoch: 0, expiresAt: now).text(key: key)
        #expect(throws: Token.Refusal.expired) {
            try Token(text, purpose: .confirm, key: key, now: now.addingTimeInterval(1))
        }
        #expect(try Token(anyAge: text, purpose: .confirm, key: key).subscriberID == 1)
        let eternal = Token(purpose: .unsubscribe, subscriberID: 1, epoch: 0).text(key: key)
        _ = try Token(eternal, purpose: .unsubscribe, key: key, now: now.addingTimeInterval(1e9))
    }

    @Test("every change of a single character is refused")
    func tampered() {
        let text = Array(Token(purpose: .unsubscribe, subscriberID: 42, epoch: 7).text(key: key))
        for index in text.indices {
            for replacement in ["A", "B", "_", "=", " "] where Character(replacement) != text[index] {
                var changed = text
                changed[index] = Character(replacement)
                #expect(throws: Token.Refusal.forged) {
                    try Token(String(changed), purpose: .unsubscribe, key: key, now: now)
                }
            }
        }
    }

    @Test("nonsense is refused", arguments: ["", "a", "....", String(repeating: "A", count: 5000), "%00", "ünïcode"])
    func nonsense(text: String) {
        #expect(throws: Token.Refusal.forged) { try Token(text, purpose: .confirm, key: key, now: now) }
    }

    @Test("bytes of every length become what RFC 4648 section 5 says, without padding")
    func base64URL() {
        for count in 0...40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 251 &* $0 &+ count) }
            let expected = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
            #expect(Base64URL.encode(bytes) == expected)
            #expect(Base64URL.decode(expected) == bytes)
        }
    }
}
