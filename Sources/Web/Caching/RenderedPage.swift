import Core
import Digests
import Foundation
import HTTPTypes
import Hummingbird
import Mail
import NIOCore

/// A page, feed or file as it is sent, the same to everybody who asks for it.
struct RenderedPage: Sendable {
    let contentType: String
    let body: ByteBuffer
    /// What is filled into the body for each reader, and before which of its bytes, in their order.
    private let gaps: [(place: Int, gap: Gap)]
    /// A strong validator (RFC 9110, section 8.8.3): equal bytes have equal ones.
    let etag: String
    /// Nil for what has none, such as a style sheet.
    let language: Language?
    /// Seconds for which a cache may show it without asking.
    let maxAge: Int
    /// Under which a browser saves it; nil for what is shown.
    let fileName: String?

    /// - Parameter fileName: of letters, digits, dots and hyphens.
    init(
        _ text: String, contentType: String = "text/html; charset=utf-8", language: Language? = nil, maxAge: Int = 60,
        fileName: String? = nil
    ) {
        self.contentType = contentType
        self.fileName = fileName
        self.language = language
        self.maxAge = maxAge
        var bytes = ByteBuffer()
        bytes.reserveCapacity(text.utf8.count)
        var gaps: [(place: Int, gap: Gap)] = []
        var rest = text.utf8[...]
        while let start = rest.firstIndex(of: Gap.bound) {
            bytes.writeBytes(rest[..<start])
            rest = rest[start...]
            if let gap = Gap.allCases.first(where: { rest.starts(with: $0.mark.utf8) }) {
                gaps.append((bytes.writerIndex, gap))
                rest = rest.dropFirst(gap.mark.utf8.count)
            } else {
                bytes.writeBytes(rest.prefix(1))
                rest = rest.dropFirst()
            }
        }
        bytes.writeBytes(rest)
        body = bytes
        self.gaps = gaps
        etag = "\"\(Fingerprint(text.utf8))\""
    }

    /// What is no text, such as a picture.
    init(bytes: [UInt8], contentType: String, maxAge: Int) {
        self.contentType = contentType
        self.maxAge = maxAge
        fileName = nil
        language = nil
        body = ByteBuffer(bytes: bytes)
        gaps = []
        etag = "\"\(Fingerprint(bytes))\""
    }

    /// What differs from reader to reader: a page that was kept is filled in again for each.
    enum Gap: String, CaseIterable, Sendable {
        /// When the form is shown. It is no part of what the validator is of.
        case stamp
        /// What the box asks for, as text.
        case filter
        /// The same in the query of an address.
        case filterInAddress

        /// What stands in a page instead. No text of a page can hold it, see `DisplayText`.
        var mark: String { "\u{1}\(rawValue)\u{1}" }
        fileprivate static let bound: UInt8 = 1
    }

    /// The page, or 304 where the asker has it.
    ///
    /// - Parameters:
    ///   - stamp: of a form that is shown now.
    ///   - filter: for a page that leaves it open.
    func answer(to request: Request, stamp: () -> String, filter: String? = nil) -> Response {
        var headers = HTTPFields()
        let etag = etag(filter: filter)
        headers[.eTag] = etag
        if let language { headers[.contentLanguage] = language.tag }
        if let fileName { headers[.contentDisposition] = "attachment; filename=\"\(fileName)\"" }
        headers[.cacheControl] = "public, max-age=\(maxAge)"
        if let known = request.headers[.ifNoneMatch], Self.isAmong(known, etag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = contentType
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: filled(stamp, filter ?? "")))
    }

    private func etag(filter: String?) -> String {
        guard let filter, gaps.contains(where: { $0.gap != .stamp }) else { return etag }
        return "\(etag.dropLast())-\(Fingerprint(filter.utf8))\""
    }

    private func filled(_ stamp: () -> String, _ filter: String) -> ByteBuffer {
        guard !gaps.isEmpty else { return body }
        var filled = ByteBuffer()
        filled.reserveCapacity(body.readableBytes + 200 + 8 * filter.utf8.count)
        var last = 0
        for (place, gap) in gaps {
            filled.writeImmutableBuffer(body.getSlice(at: last, length: place - last) ?? ByteBuffer())
            last = place
            switch gap {
            case .stamp: filled.writeString(stamp())
            case .filter: filled.writeString(HTMLText.escape(DisplayText.line(filter)))
            case .filterInAddress: filled.writeString(SiteAddress.encoded(filter))
            }
        }
        filled.writeImmutableBuffer(body.getSlice(at: last, length: body.writerIndex - last) ?? ByteBuffer())
        return filled
    }

    /// Section 13.1.2: a list of validators, compared weakly, or `*`.
    private static func isAmong(_ list: String, _ etag: String) -> Bool {
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
        var (first, second) = (FNV1a.start, 0x9E37_79B9_7F4A_7C15 as UInt64)
        for byte in bytes {
            first = FNV1a.step(first, byte)
            second = FNV1a.step(second, byte)
        }
        description = String(first, radix: 36) + "-" + String(second, radix: 36)
    }
}
