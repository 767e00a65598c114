import Transport

/// The codes in what a mail system said, found in one pass over the bytes.
struct StatusText {
    private(set) var enhanced: EnhancedStatus?
    /// 400 to 599.
    private(set) var code: Int?

    init(_ text: String) {
        let bytes = Array(text.utf8)
        for start in bytes.indices where bytes[start] == UInt8(ascii: "4") || bytes[start] == UInt8(ascii: "5") {
            if start > 0, Self.isDigit(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ".") { continue }
            enhanced = enhanced ?? Self.enhanced(bytes, start)
            code = code ?? Self.code(bytes, start)
            if enhanced != nil, code != nil { return }
        }
    }

    /// `5.1.1` that is no beginning of something longer, such as an IP address.
    private static func enhanced(_ bytes: [UInt8], _ start: Int) -> EnhancedStatus? {
        var end = start + 1
        for _ in 0..<2 {
            guard end < bytes.count, bytes[end] == UInt8(ascii: ".") else { return nil }
            let digits = bytes[(end + 1)...].prefix(4).prefix(while: isDigit).count
            guard (1...3).contains(digits) else { return nil }
            end += 1 + digits
        }
        let rest = bytes[end...].prefix(2)
        if rest.first == UInt8(ascii: "."), rest.count == 2, rest.last.map(isDigit) == true { return nil }
        return EnhancedStatus(parsing: String(decoding: bytes[start..<end], as: UTF8.self))
    }

    /// `550` with a blank or `-` behind it.
    private static func code(_ bytes: [UInt8], _ start: Int) -> Int? {
        guard start + 3 < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "5")).contains(bytes[start + 1]),
            isDigit(bytes[start + 2]), [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "-")].contains(bytes[start + 3])
        else { return nil }
        return bytes[start..<(start + 3)].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// What a server said, without the kind of server before it: `smtp; 550 no` → `550 no` (RFC 3464 section 2.3.6).
    static func withoutKind(_ diagnostic: String) -> String {
        guard let semicolon = diagnostic.utf8.prefix(64).firstIndex(of: UInt8(ascii: ";")) else { return diagnostic }
        let kind = diagnostic[..<semicolon].trimmingPrefix(while: \.isWhitespace).lowercased()
            .prefix { !$0.isWhitespace }
        guard ["smtp", "lmtp", "dns", "unknown"].contains(kind) || kind.hasPrefix("x-") else { return diagnostic }
        return String(diagnostic[semicolon...].dropFirst().drop(while: \.isWhitespace))
    }

    /// What the last system said, within what those on the way wrote around it.
    ///
    /// `5.1.351 Remote server returned unknown recipient -> 552 5.2.2 full` → `552 5.2.2 full`; `host mx said: 550 no` →
    /// `550 no`; `5.1.0 - Unknown address error 550-'no'` → `550-'no'`.
    static func inner(of diagnostic: String) -> String {
        let bytes = Array(diagnostic.utf8)
        var start = 0
        for marker in markers {
            if let end = bytes.lastRange(of: marker) { start = max(start, end) }
        }
        let rest = Array(bytes[start...])
        // A code of a reply behind an enhanced one that has none before it.
        let first = rest.firstIndex { $0 > 0x20 } ?? 0
        if enhanced(rest, first) != nil,
            let code = rest.indices.first(where: {
                (rest[$0] == UInt8(ascii: "4") || rest[$0] == UInt8(ascii: "5")) && $0 > first
                    && !isDigit(rest[$0 - 1]) && rest[$0 - 1] != UInt8(ascii: ".") && code(rest, $0) != nil
            })
        {
            return String(decoding: rest[code...], as: UTF8.self)
        }
        // What is left must say something.
        return rest.contains { $0 > 0x20 } && start > 0
            ? String(decoding: rest, as: UTF8.self) : diagnostic
    }

    private static let markers = [
        "-> ", "said: ", "says: ", "says:\n", "last error: ", "lasterror: ", "LED=", "last transcript: ",
        "responded with: ",
    ]
    .map { Array($0.utf8) }
}

extension [UInt8] {
    /// Where the last place of a few bytes ends.
    fileprivate func lastRange(of marker: [UInt8]) -> Int? {
        guard count >= marker.count, let last = marker.last else { return nil }
        var end = count
        while let found = self[..<end].lastIndex(of: last) {
            if found + 1 >= marker.count, self[(found + 1 - marker.count)...found].elementsEqual(marker) {
                return found + 1
            }
            end = found
        }
        return nil
    }
}
