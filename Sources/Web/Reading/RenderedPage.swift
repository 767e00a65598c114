import Foundation
import HTTPTypes
import Hummingbird
import Mail

/// A page, feed or file as it is sent, the same to everybody who asks for it.
struct RenderedPage: Sendable {
    let contentType: String
    let body: ByteBuffer
    /// Where in the body each answer has a stamp of its own, see ``stampMark``.
    private let stampPlace: Int?
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
        let parts = text.split(separator: Self.stampMark, maxSplits: 1, omittingEmptySubsequences: false)
        body = ByteBuffer(string: parts.joined())
        stampPlace = parts.count == 2 ? parts[0].utf8.count : nil
        etag = "\"\(Fingerprint(text.utf8))\""
    }

    /// What is no text, such as a picture.
    init(bytes: [UInt8], contentType: String, maxAge: Int) {
        self.contentType = contentType
        self.maxAge = maxAge
        language = nil
        body = ByteBuffer(bytes: bytes)
        stampPlace = nil
        etag = "\"\(Fingerprint(bytes))\""
    }

    /// Stands in a form for the time when it is shown, which is no part of what the validator is of: a page that was kept
    /// is filled in again for each reader. No text of a page can hold it, see `DisplayText`.
    static let stampMark = "\u{1}stamp\u{1}"

    /// The page, or 304 where the asker has it.
    ///
    /// - Parameter stamp: of a form that is shown now.
    func answer(to request: Request, stamp: () -> String) -> Response {
        var headers = HTTPFields()
        headers[.eTag] = etag
        if let language { headers[.contentLanguage] = language.tag }
        headers[.cacheControl] = "public, max-age=\(maxAge)"
        if let known = request.headers[.ifNoneMatch], isAmong(known) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = contentType
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: filled(stamp)))
    }

    private func filled(_ stamp: () -> String) -> ByteBuffer {
        guard let stampPlace else { return body }
        let stamp = stamp()
        var filled = ByteBuffer()
        filled.reserveCapacity(body.readableBytes + stamp.utf8.count)
        filled.writeImmutableBuffer(body.getSlice(at: 0, length: stampPlace) ?? ByteBuffer())
        filled.writeString(stamp)
        filled.writeImmutableBuffer(
            body.getSlice(at: stampPlace, length: body.readableBytes - stampPlace) ?? ByteBuffer())
        return filled
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

    init(_ bytes: some Sequence<UInt8>) {
        var (first, second): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15)
        for byte in bytes {
            first = (first ^ UInt64(byte)) &* 0x100_0000_01B3
            second = (second ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        description = String(first, radix: 36) + "-" + String(second, radix: 36)
    }
}
