import Foundation
import HTTPTypes
import Hummingbird
import Mail

/// A page, feed or file as it is sent, the same to everybody who asks for it.
struct RenderedPage: Sendable {
    let contentType: String
    let body: ByteBuffer
    /// A strong validator (RFC 9110, section 8.8.3): equal bytes have equal ones.
    let etag: String
    /// Nil for what has none, such as a style sheet.
    let language: Language?
    /// Seconds for which a cache may show it without asking.
    let maxAge: Int

    init(_ text: String, contentType: String = "text/html; charset=utf-8", language: Language? = nil, maxAge: Int = 60)
    {
        self.contentType = contentType
        self.language = language
        self.maxAge = maxAge
        body = ByteBuffer(string: text)
        etag = "\"\(Fingerprint(text))\""
    }

    /// The page, or 304 where the asker has it.
    func answer(to request: Request) -> Response {
        var headers = HTTPFields()
        headers[.eTag] = etag
        if let language { headers[.contentLanguage] = language.tag }
        headers[.cacheControl] = "public, max-age=\(maxAge)"
        if let known = request.headers[.ifNoneMatch], isAmong(known) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = contentType
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: body))
    }

    /// Section 13.1.2: a list of validators, compared weakly, or `*`.
    private func isAmong(_ list: String) -> Bool {
        list.split(separator: ",").contains { entry in
            let tag = entry.trimmingCharacters(in: .whitespaces)
            return tag == "*" || (tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag) == etag
        }
    }
}

/// Two FNV-1a hashes with different beginnings: 128 bits, by which two pages differ for certain enough.
private struct Fingerprint: CustomStringConvertible {
    let description: String

    init(_ text: String) {
        var (first, second): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15)
        for byte in text.utf8 {
            first = (first ^ UInt64(byte)) &* 0x100_0000_01B3
            second = (second ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        description = String(first, radix: 36) + "-" + String(second, radix: 36)
    }
}
