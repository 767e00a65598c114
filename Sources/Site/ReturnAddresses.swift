import Foundation

/// The addresses at which mail about our mail comes back: one envelope sender for each message (VERP), and one for each
/// subscriber who would rather leave by mail than by a link.
///
/// Each holds a token that only this installation can make, so that nobody else can report a bounce or end a
/// subscription. Tokens have digits and lower-case letters only, because some mail systems change the case of addresses.
public struct ReturnAddresses: Sendable {
    /// What a mail to such an address is about.
    public enum Subject: Sendable, Hashable {
        /// - Parameter nonce: the mail's own; numbers of rows may come again.
        case delivery(subscriber: Int64, nonce: Int64)
        /// - Parameter epoch: that of the subscriber's links when the address was made; another epoch voids it.
        case leaving(subscriber: Int64, epoch: Int64)
    }

    private let before: String
    private let after: String
    private let key: SiteKey

    private static let use = "return address"
    /// The first 80 bits of the HMAC: whoever guesses has to mail each guess.
    private static let codeLength = 10
    /// More than the characters of the longest numbers there are.
    private static let longestToken = 64

    /// - Parameter pattern: an address with a `*` for the token in its local part, such as `bounces+*@example.org`.
    public init?(pattern: String, key: SiteKey) {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts[1].contains("@"), !parts[0].contains("@") else { return nil }
        before = parts[0]
        after = parts[1].lowercased()
        self.key = key
    }

    public func envelopeSender(subscriber: Int64, nonce: Int64) -> String {
        address(.delivery(subscriber: subscriber, nonce: nonce))
    }

    /// Where a mail ends the subscription.
    public func leaving(subscriber id: Int64, epoch: Int64) -> String {
        address(.leaving(subscriber: id, epoch: epoch))
    }

    /// What an address of ours is about; nil for any other, and for one that was made up.
    public func subject(of address: some StringProtocol) -> Subject? {
        let text = address.lowercased()
        guard text.hasPrefix(before.lowercased()), text.hasSuffix(after),
            text.utf8.count > before.utf8.count + after.utf8.count
        else { return nil }
        return read(text.dropFirst(before.count).dropLast(after.count))
    }

    /// All of our addresses in a text, in order, in one pass over its bytes.
    public func subjects(in text: some Sequence<UInt8>) -> [Subject] {
        let bytes = text.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        let after = Array(after.utf8)
        // Each `@` is one of ours at most; what stands around it is looked at only as far as our addresses reach.
        guard let at = after.firstIndex(of: UInt8(ascii: "@")) else { return [] }
        var found: [Subject] = []
        var start = 0
        var position = 0
        while let next = bytes[position...].firstIndex(of: UInt8(ascii: "@")) {
            position = next + 1
            let end = next - at
            guard end >= start, bytes[end...].starts(with: after) else { continue }
            let token = bytes[start..<end].suffix(Self.longestToken + 1).reversed().prefix(while: Self.isTokenByte)
            if let subject = read(String(decoding: token.reversed(), as: UTF8.self)) { found.append(subject) }
            start = end + after.count
            position = max(position, start)
        }
        return found
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private func address(_ subject: Subject) -> String {
        let token = key.sealed(Self.use, codeLength: Self.codeLength) { Self.append(subject, to: &$0) }
        return "\(before)\(Base32.encode(token))\(after)"
    }

    private func read(_ token: some StringProtocol) -> Subject? {
        guard token.utf8.count <= Self.longestToken, let bytes = Base32.decode(token), bytes.count > Self.codeLength
        else {
            return nil
        }
        guard key.isSealed(bytes, Self.use, codeLength: Self.codeLength) else { return nil }
        return Self.subject(bytes.dropLast(Self.codeLength))
    }

    /// A letter for the kind, then numbers, each with its length before it.
    private static func append(_ subject: Subject, to bytes: inout [UInt8]) {
        let (letter, id, secret) =
            switch subject {
            case .delivery(let id, let nonce): (UInt8(ascii: "d"), id, nonce)
            case .leaving(let id, let epoch): (UInt8(ascii: "l"), id, epoch)
            }
        bytes.append(letter)
        NumberBytes.append(id, to: &bytes)
        NumberBytes.append(secret, to: &bytes)
    }

    private static func subject(_ payload: ArraySlice<UInt8>) -> Subject? {
        var rest = payload.dropFirst()
        guard let id = NumberBytes.take(&rest), let secret = NumberBytes.take(&rest), rest.isEmpty else { return nil }
        switch payload.first {
        case UInt8(ascii: "d"): return .delivery(subscriber: id, nonce: secret)
        case UInt8(ascii: "l"): return .leaving(subscriber: id, epoch: secret)
        default: return nil
        }
    }
}

/// Base32 in lower case and without padding (RFC 4648 section 6).
enum Base32 {
    static func encode(_ bytes: [UInt8]) -> String { encode(bytes[...]) }

    static func encode(_ bytes: ArraySlice<UInt8>) -> String {
        String(unsafeUninitializedCapacity: (bytes.count * 8 + 4) / 5) { text in
            var count = 0
            var bits: UInt32 = 0
            var value: UInt32 = 0
            for byte in bytes {
                value = value << 8 | UInt32(byte)
                bits += 8
                while bits >= 5 {
                    bits -= 5
                    text[count] = character(value >> bits)
                    count += 1
                }
            }
            guard bits > 0 else { return count }
            text[count] = character(value << (5 - bits))
            return count + 1
        }
    }

    /// That of the lowest five bits.
    private static func character(_ value: UInt32) -> UInt8 {
        let digit = UInt8(truncatingIfNeeded: value & 31)
        return digit < 26 ? UInt8(ascii: "a") + digit : UInt8(ascii: "2") + digit - 26
    }

    /// What a character stands for; nil for any other.
    private static func digit(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a"))
        case UInt8(ascii: "2")...UInt8(ascii: "7"): UInt32(character - UInt8(ascii: "2") + 26)
        default: nil
        }
    }

    /// Nil for what ``encode(_:)`` does not give.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits = 0
        var value: UInt32 = 0
        for character in text.utf8 {
            guard let digit = digit(character) else { return nil }
            value = value << 5 | digit
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(bits)))
            }
        }
        return encode(bytes) == text ? bytes : nil
    }
}
