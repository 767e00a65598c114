/// Reads JSON (RFC 8259) from UTF-8 bytes, in one pass and without building a tree: a format asks for what it knows and
/// skips the rest.
///
/// More lenient than the RFC in one thing: control characters inside strings are taken as they are, and ``sawControl`` says
/// so.
struct JSONReader {
    private let bytes: [UInt8]
    private(set) var at: Int
    private var depth = 0
    private(set) var sawControl = false
    private let lines = Lines()
    static let maximumDepth = 200

    enum Kind: String { case object, array, string, number, boolean, null }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        at = 0
    }

    /// What comes next.
    mutating func kind() throws(JSONError) -> Kind {
        skipBlanks()
        guard at < bytes.count else { throw error(.truncated, "the document ends where a value should be") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw error(.syntax, "no value begins with “\(character())”")
        }
    }

    /// Calls `body` at the value of each member; it has to read or skip it.
    mutating func forEachMember(
        _ body: (_ key: String, _ value: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open("{", .object)
        skipBlanks()
        if take("}") { return close() }
        repeat {
            skipBlanks()
            guard at < bytes.count else { throw error(.truncated, "the document ends inside an object") }
            guard bytes[at] == UInt8(ascii: "\"") else {
                throw error(.syntax, "a member begins with its name in quotes")
            }
            let key = try string()
            skipBlanks()
            guard take(":") else { throw missing("“:” after the name “\(key)”") }
            try body(key, &self)
            skipBlanks()
        } while take(",")
        guard take("}") else { throw missing("“,” or “}” in an object") }
        close()
    }

    /// Calls `body` at each element; it has to read or skip it.
    mutating func forEachElement(
        _ body: (_ index: Int, _ element: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open("[", .array)
        skipBlanks()
        if take("]") { return close() }
        var index = 0
        repeat {
            try body(index, &self)
            index += 1
            skipBlanks()
        } while take(",")
        guard take("]") else { throw missing("“,” or “]” in an array") }
        close()
    }

    /// Reads an element by `body`; if it is of the wrong shape, goes on behind it and gives the reason.
    mutating func element(_ body: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) -> JSONError? {
        let start = self
        do {
            try body(&self)
            return nil
        } catch {
            guard error.problem == .shape else { throw error }
            let saw = sawControl
            self = start
            sawControl = saw
            try skip()
            return error
        }
    }

    /// Goes over the next value, checking it.
    mutating func skip() throws(JSONError) {
        switch try kind() {
        case .object: try forEachMember { (_, value) throws(JSONError) in try value.skip() }
        case .array: try forEachElement { (_, element) throws(JSONError) in try element.skip() }
        case .string: try skipString()
        case .number: _ = try numberText()
        case .boolean: try word(bytes[at] == UInt8(ascii: "t") ? "true" : "false")
        case .null: try word("null")
        }
    }

    /// Fails unless nothing but white space is left.
    mutating func end() throws(JSONError) {
        skipBlanks()
        guard at == bytes.count else { throw error(.syntax, "more text follows the end of the document") }
    }

    func error(_ problem: JSONError.Problem, _ message: String) -> JSONError {
        let place = lines.place(of: min(at, bytes.count), in: bytes)
        return JSONError(problem: problem, message: message, line: place.line, column: place.column)
    }

    /// Counts lines up to the last place that was asked for, and goes on from there: a document may have an error in each of
    /// its elements.
    private final class Lines {
        private var at = 0
        private var line = 1
        private var start = 0

        func place(of end: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
            if end < at { (at, line, start) = (0, 1, 0) }
            while at < end {
                if bytes[at] == UInt8(ascii: "\n") { (line, start) = (line + 1, at + 1) }
                at += 1
            }
            return (line, end - start + 1)
        }
    }
}

// MARK: - Scalars

extension JSONReader {
    mutating func string() throws(JSONError) -> String { String(decoding: try utf8(), as: UTF8.self) }

    /// The next string's bytes, escapes resolved.
    mutating func utf8() throws(JSONError) -> [UInt8] {
        try expect(.string)
        let start = at + 1
        at = start
        try skipPlain()
        if bytes[at] == UInt8(ascii: "\"") {
            at += 1
            return Array(bytes[start..<at - 1])
        }
        var text = Array(bytes[start..<at])
        while bytes[at] != UInt8(ascii: "\"") {
            try escape(into: &text)
            let plain = at
            try skipPlain()
            text.append(contentsOf: bytes[plain..<at])
        }
        at += 1
        return text
    }

    private mutating func skipString() throws(JSONError) {
        at += 1
        try skipPlain()
        while bytes[at] != UInt8(ascii: "\"") {
            var unused: [UInt8] = []
            try escape(into: &unused)
            try skipPlain()
        }
        at += 1
    }

    /// To the next quote or backslash.
    private mutating func skipPlain() throws(JSONError) {
        var index = at
        let count = bytes.count
        while index < count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                at = index
                return
            }
            if byte < 0x20 { sawControl = true }
            index += 1
        }
        at = count
        throw error(.truncated, "the document ends inside a string")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard at + 1 < bytes.count else { throw error(.truncated, "the document ends inside a string") }
        let letter = bytes[at + 1]
        at += 2
        switch letter {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "u"): text.append(contentsOf: String(Character(try unicodeEscape())).utf8)
        default:
            at -= 1
            throw error(.syntax, "“\\\(character())” is not an escape")
        }
    }

    /// `\u` is behind; a surrogate without its partner is U+FFFD.
    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let first = try hexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let saved = at
        at += 2
        let second = try hexDigits()
        guard (0xDC00...0xDFFF).contains(second) else {
            at = saved
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard at < bytes.count else { throw error(.truncated, "the document ends inside a string") }
            let byte = bytes[at]
            let letter = byte | 0x20
            if (0x30...0x39).contains(byte) {
                value = value << 4 | UInt32(byte - 0x30)
            } else if (0x61...0x66).contains(letter) {
                value = value << 4 | UInt32(letter - 0x61 + 10)
            } else {
                throw error(.syntax, "“\\u” takes four hexadecimal digits")
            }
            at += 1
        }
        return value
    }

    /// The next number as it is written.
    mutating func numberText() throws(JSONError) -> String {
        try expect(.number)
        let start = at
        _ = take("-")
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else {
            throw error(.syntax, "no such number")
        }
        if take("."), digits() == 0 { throw error(.syntax, "a number needs a digit after its point") }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            if digits() == 0 { throw error(.syntax, "a number's exponent needs digits") }
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = at
        while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
        return at - start
    }

    mutating func boolean() throws(JSONError) -> Bool {
        try expect(.boolean)
        let value = bytes[at] == UInt8(ascii: "t")
        try word(value ? "true" : "false")
        return value
    }

    /// Null where that is what comes, and then it is behind.
    mutating func isNull() throws(JSONError) -> Bool {
        guard try kind() == .null else { return false }
        try word("null")
        return true
    }

    private mutating func word(_ word: StaticString) throws(JSONError) {
        guard bytes.holds(word, at: at) else {
            let isCut = at + word.utf8CodeUnitCount > bytes.count
            throw error(isCut ? .truncated : .syntax, "“\(character())” begins no value")
        }
        at += word.utf8CodeUnitCount
    }
}

// MARK: - Steps

extension JSONReader {
    private mutating func open(_ mark: Unicode.Scalar, _ kind: Kind) throws(JSONError) {
        try expect(kind)
        depth += 1
        guard depth <= Self.maximumDepth else { throw error(.depth, "values nest more than \(Self.maximumDepth) deep") }
        at += 1
    }

    private mutating func close() { depth -= 1 }

    private mutating func expect(_ kind: Kind) throws(JSONError) {
        let found = try self.kind()
        guard found == kind else { throw error(.shape, "there is \(found.phrase) where \(kind.phrase) should be") }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: mark) else { return false }
        at += 1
        return true
    }

    private mutating func skipBlanks() {
        while at < bytes.count, bytes[at].isXMLBlank { at += 1 }
    }

    private func missing(_ what: String) -> JSONError {
        at >= bytes.count
            ? error(.truncated, "the document ends before \(what)") : error(.syntax, "there should be \(what)")
    }

    private func character() -> Character {
        guard at < bytes.count else { return "␄" }
        return String(decoding: bytes[at..<min(at + 4, bytes.count)], as: UTF8.self).first ?? "?"
    }
}

extension JSONReader.Kind {
    var phrase: String { (self == .object || self == .array ? "an " : self == .null ? "" : "a ") + rawValue }
}
