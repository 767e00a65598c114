/// A document as UTF-8 without byte order mark, whatever it was encoded in.
struct DecodedText: Sendable {
    let utf8: [UInt8]
    let charset: String
    let url: String?
    /// What had to be mended to get there.
    let repairs: [String]

    /// Byte order mark first, then the HTTP header, then the XML declaration (RFC 7303, section 3); a claim that the bytes
    /// refute is passed over, and what nobody names is UTF-8 if it can be and windows-1252 otherwise.
    init(_ document: FeedDocument) {
        url = document.url
        let bytes = document.bytes
        if let mark = ByteOrderMark(bytes) {
            let rest = Array(bytes.dropFirst(mark.length))
            (utf8, repairs) = Self.decode(rest, as: mark.charset, claimedBy: "byte order mark")
            charset = mark.charset
            return
        }
        let claims = CharsetClaim.claims(in: document)
        let isUTF8 = UTF8Check.isValid(bytes)
        if isUTF8, claims.allSatisfy({ $0.isOverruledByValidUTF8 }) {
            let wrong = claims.first { !$0.isUTF8 && UTF8Check.holdsMultibyte(bytes) }
            let isPureASCII = claims.first.map { !$0.isUTF8 } ?? false && wrong == nil
            utf8 = bytes
            charset = isPureASCII ? claims.first?.charset ?? "UTF-8" : "UTF-8"
            repairs = wrong.map { ["the \($0.source) says \($0.charset), but the document is UTF-8"] } ?? []
            return
        }
        let claim = claims.first { !$0.isUTF8 && Iconv.knows($0.charset) }
        charset = claim?.charset ?? (isUTF8 ? "UTF-8" : "windows-1252")
        var notes: [String] = []
        if !isUTF8, let refuted = claims.first(where: \.isUTF8) {
            notes.append("the \(refuted.source) says UTF-8, but the bytes are not: read as \(charset)")
        }
        if isUTF8, claim == nil {
            utf8 = bytes
            repairs = claims.map { "the \($0.source) names the unknown encoding \($0.charset): read as UTF-8" }
            return
        }
        let decoded = Self.decode(bytes, as: charset, claimedBy: claim?.source ?? "content")
        utf8 = decoded.utf8
        repairs = notes + decoded.repairs
    }

    private static func decode(_ bytes: [UInt8], as charset: String, claimedBy source: String) -> (
        utf8: [UInt8], repairs: [String]
    ) {
        if charset == "UTF-8" {
            if UTF8Check.isValid(bytes) { return (bytes, []) }
            let mended = Array(String(decoding: bytes, as: UTF8.self).utf8)
            return (mended, ["bytes that are no UTF-8 were replaced by U+FFFD"])
        }
        guard let decoded = Iconv.utf8(from: bytes, charset: charset) else {
            return (Array(String(decoding: bytes, as: UTF8.self).utf8), ["the encoding \(charset) is not known here"])
        }
        let note = "\(decoded.replaced) bytes that are no \(charset) (so the \(source)) were replaced by U+FFFD"
        return (decoded.utf8, decoded.replaced == 0 ? [] : [note])
    }
}

/// A byte order mark, or the look of UTF-16 without one.
struct ByteOrderMark {
    let charset: String
    let length: Int

    init?(_ bytes: [UInt8]) {
        switch (bytes.first, bytes.dropFirst().first, bytes.dropFirst(2).first, bytes.dropFirst(3).first) {
        case (0xEF, 0xBB, 0xBF, _): (charset, length) = ("UTF-8", 3)
        case (0xFF, 0xFE, 0x00, 0x00): (charset, length) = ("UTF-32LE", 4)
        case (0x00, 0x00, 0xFE, 0xFF): (charset, length) = ("UTF-32BE", 4)
        case (0xFF, 0xFE, _, _): (charset, length) = ("UTF-16LE", 2)
        case (0xFE, 0xFF, _, _): (charset, length) = ("UTF-16BE", 2)
        case (0x3C, 0x00, 0x00, 0x00): (charset, length) = ("UTF-32LE", 0)
        case (0x00, 0x00, 0x00, 0x3C): (charset, length) = ("UTF-32BE", 0)
        case (0x3C, 0x00, _, 0x00), (0x5B, 0x00, _, 0x00), (0x7B, 0x00, _, 0x00): (charset, length) = ("UTF-16LE", 0)
        case (0x00, 0x3C, 0x00, _), (0x00, 0x5B, 0x00, _), (0x00, 0x7B, 0x00, _): (charset, length) = ("UTF-16BE", 0)
        default: return nil
        }
    }
}
