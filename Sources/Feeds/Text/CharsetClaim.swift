import Core

/// What somebody says the encoding is.
struct CharsetClaim {
    /// In IANA's spelling where it is a common one.
    let charset: String
    let source: String

    var isUTF8: Bool { charset == "UTF-8" }

    /// Text that is valid UTF-8 with more than ASCII in it is hardly ever anything else; so a claim of ASCII or of a
    /// one-byte encoding loses against it, while the two-byte ones of East Asia are believed.
    var isOverruledByValidUTF8: Bool {
        isUTF8 || charset == "US-ASCII" || charset.hasPrefix("ISO-8859-") || charset.hasPrefix("windows-125")
    }

    /// Strongest first.
    static func claims(in document: FeedDocument) -> [CharsetClaim] {
        var claims: [CharsetClaim] = []
        if let name = document.contentType.flatMap(parameter) { claims.append(CharsetClaim(name, by: "HTTP header")) }
        if let name = declaration(in: document.bytes) { claims.append(CharsetClaim(name, by: "XML declaration")) }
        if let name = meta(in: document.bytes) { claims.append(CharsetClaim(name, by: "meta element")) }
        return claims
    }

    private init(_ name: String, by source: String) {
        charset = Self.canonical(name)
        self.source = source
    }

    /// `text/xml; charset="utf-8"` → `utf-8`
    private static func parameter(_ contentType: String) -> String? {
        for part in contentType.split(separator: ";").dropFirst() {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].trimmed.lowercased() == "charset" else { continue }
            let value = halves[1].trimmed.filter { $0 != "\"" && $0 != "'" }
            return value.isEmpty ? nil : value
        }
        return nil
    }

    /// `<?xml version="1.0" encoding="…"?>`, read as ASCII.
    private static func declaration(in bytes: [UInt8]) -> String? {
        let head = String(decoding: bytes.prefix(512).drop { $0.isXMLBlank }, as: UTF8.self)
        guard head.hasPrefix("<?xml"), let end = head.range(of: "?>") else { return nil }
        let declaration = head[..<end.lowerBound]
        guard let key = declaration.range(of: "encoding") else { return nil }
        let rest = declaration[key.upperBound...].drop { $0 == " " || $0 == "=" || $0.isNewline }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        let name = rest.dropFirst().prefix { $0 != quote }
        return name.isEmpty ? nil : String(name)
    }

    /// `<meta charset="…">` or `<meta http-equiv="Content-Type" content="…; charset=…">` of a web page, or of a feed that a
    /// careless server wrapped in one.
    private static func meta(in bytes: [UInt8]) -> String? {
        let head = bytes.prefix(2048)
        var index = 0
        while let open = head[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = open + 1
            guard let tag = HTMLStartTag(Array(head), at: open), tag.name == "meta" else { continue }
            if let name = tag["charset"], !name.isEmpty { return name }
            if tag["http-equiv"]?.lowercased() == "content-type", let name = tag["content"].flatMap(parameter) {
                return name
            }
        }
        return nil
    }

    private static func canonical(_ name: String) -> String {
        var upper = name.trimmed.uppercased()
        // windows_1251, as Python writes names
        if upper.contains("_"), !Iconv.knows(upper) { upper = upper.replacing("_", with: "-") }
        switch upper {
        case "UTF-8", "UTF8", "UNICODE-1-1-UTF-8": return "UTF-8"
        case "ASCII", "US-ASCII", "ANSI_X3.4-1968": return "US-ASCII"
        case "LATIN1", "ISO8859-1", "ISO_8859-1", "L1", "ISO-8859-1": return "ISO-8859-1"
        case "MACROMAN", "MAC-ROMAN", "X-MAC-ROMAN": return "MACINTOSH"
        case "MACCENTRALEUROPE", "MACLATIN2", "MAC-LATIN2": return "MAC-CENTRALEUROPE"
        case "MACICELAND", "MAC-ICELAND": return "MAC-IS"
        case "CP-IS", "CSIBM861": return "CP861"
        case "X-SJIS": return "SHIFT_JIS"
        default: break
        }
        for prefix in ["WINDOWS-", "CP-", "CP", "X-CP"] where upper.hasPrefix(prefix + "125") {
            return "windows-" + upper.dropFirst(prefix.count)
        }
        return upper
    }
}

extension UInt8 {
    /// XML's white space: space, tab, line feed, carriage return.
    @inline(__always)
    var isXMLBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
