import Core
import Papers

/// A document as UTF-8 without byte order mark, whatever it was encoded in.
struct DecodedText: Sendable {
    let utf8: [UInt8]
    let charset: String
    /// Who told the encoding.
    let source: String
    let url: String?
    /// What had to be mended to get there.
    let repairs: [String]
    /// How many entries are read.
    let mostEntries: Int

    /// Byte order mark first, then the HTTP header, then the XML declaration or `<meta>` (RFC 7303, section 3); a claim that
    /// the bytes refute is passed over, and what nobody names is told from the bytes.
    init(_ document: FeedDocument) {
        let outcome = Self.decode(document.bytes, claims: CharsetClaim.claims(in: document))
        (utf8, repairs) = (outcome.utf8, outcome.repairs)
        (charset, source) = (outcome.charset, outcome.source)
        url = document.url
        mostEntries = document.mostEntries
    }

    private struct Outcome {
        var utf8: [UInt8]
        var charset: String
        var source: String
        var repairs: [String] = []
    }

    private static func decode(_ bytes: [UInt8], claims: [CharsetClaim]) -> Outcome {
        if let mark = ByteOrderMark(bytes) {
            let source = mark.length > 0 ? "byte order mark" : "content"
            return converted(Array(bytes.dropFirst(mark.length)), mark.charset, source)
        }
        let believed = claims.filter { Iconv.knows($0.charset) }
        let notes = claims.filter { !Iconv.knows($0.charset) }.map {
            "the \($0.source) names the unknown encoding \($0.charset)"
        }
        var outcome = UTF8Check.isValid(bytes) ? valid(bytes, believed) : invalid(bytes, believed)
        outcome.repairs.insert(contentsOf: notes, at: 0)
        return outcome
    }

    /// The bytes are UTF-8, so only a claim of a stateful or two-byte encoding can still mean something else.
    private static func valid(_ bytes: [UInt8], _ claims: [CharsetClaim]) -> Outcome {
        guard let claim = claims.first else { return Outcome(utf8: bytes, charset: "UTF-8", source: "content") }
        if claim.isUTF8 { return Outcome(utf8: bytes, charset: "UTF-8", source: claim.source) }
        guard claim.isOverruledByValidUTF8 else { return converted(bytes, claim.charset, claim.source) }
        if !bytes.contains(where: { $0 >= 0x80 }) {
            return Outcome(utf8: bytes, charset: claim.charset, source: claim.source)
        }
        let note = "the \(claim.source) says \(claim.charset), but the document is UTF-8"
        return Outcome(utf8: bytes, charset: "UTF-8", source: "content", repairs: [note])
    }

    private static func invalid(_ bytes: [UInt8], _ claims: [CharsetClaim]) -> Outcome {
        if let claim = claims.first(where: { !$0.isUTF8 }) { return converted(bytes, claim.charset, claim.source) }
        let damage = UTF8Check.damage(in: bytes)
        if damage.isSlight {
            let mended = Array(String(decoding: bytes, as: UTF8.self).utf8)
            let note = "\(counted(damage.broken, "byte")) replaced by U+FFFD: not UTF-8"
            return Outcome(utf8: mended, charset: "UTF-8", source: claims.first?.source ?? "content", repairs: [note])
        }
        var outcome = converted(bytes, CharsetDetector.charset(of: bytes), "content")
        if let refuted = claims.first {
            outcome.repairs.insert(
                "the \(refuted.source) says UTF-8, but the bytes are not: read as \(outcome.charset)", at: 0)
        }
        return outcome
    }

    private static func converted(_ bytes: [UInt8], _ charset: String, _ source: String) -> Outcome {
        if charset == "UTF-8", UTF8Check.isValid(bytes) {
            return Outcome(utf8: bytes, charset: charset, source: source)
        }
        guard charset != "UTF-8", let decoded = Iconv.utf8(from: bytes, charset: charset) else {
            let mended = Array(String(decoding: bytes, as: UTF8.self).utf8)
            return Outcome(
                utf8: mended, charset: "UTF-8", source: source,
                repairs: ["bytes replaced by U+FFFD: not UTF-8"])
        }
        let note = "\(counted(decoded.replaced, "byte")) replaced by U+FFFD: not \(charset)"
        return Outcome(
            utf8: decoded.utf8, charset: charset, source: source, repairs: decoded.replaced == 0 ? [] : [note])
    }
}
