/// A piece of a header field's value.
enum HeaderToken: Hashable, Sendable {
    /// Goes out as it is and is never broken: an address, a URI, a quoted name.
    case fixed(String)
    /// Free text that becomes encoded words.
    case encoded(String)
}

/// One header field as it grows, folded at spaces (RFC 5322 section 2.2.3).
struct HeaderLine {
    private(set) var bytes: [UInt8]
    /// Characters on the line so far.
    private(set) var column: Int
    /// Whether the present line holds an encoded word, which lowers its limit from 78 to 76.
    private var holdsEncodedWord = false
    private var isEmpty = true

    init(name: String) {
        bytes = []
        bytes.reserveCapacity(160)  // more than most fields have
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: ":"))
        column = bytes.count
    }

    /// Adds a word after a space, on a new line where it would pass 78 characters, or 76 with an encoded word
    /// (RFC 2047 section 2); a longer one stands alone.
    mutating func append(word: some StringProtocol, isEncoded: Bool = false) {
        holdsEncodedWord = holdsEncodedWord || isEncoded
        // Nothing but an encoded word goes to a new line right after the name: some readers stumble there.
        if column + 1 + word.utf8.count > (holdsEncodedWord ? 76 : 78), !isEmpty || isEncoded {
            bytes.append(contentsOf: [13, 10])
            column = 0
            holdsEncodedWord = isEncoded
        }
        bytes.append(0x20)
        bytes.append(contentsOf: word.utf8)
        column += 1 + word.utf8.count
        isEmpty = false
    }

    mutating func append(_ token: HeaderToken) {
        switch token {
        case .fixed(let text): append(word: text)
        case .encoded(let text): EncodedWord.append(text, to: &self)
        }
    }

    /// The field with its CRLF.
    consuming func finished() -> [UInt8] {
        bytes.append(contentsOf: [13, 10])
        return bytes
    }
}
