import Core

/// What stands around the parts of a ``MIMEBody``.
package final class MIMEFrame: Sendable {
    let boundary: String
    package let beforeText: [UInt8]
    package let beforeHTML: [UInt8]
    package let end: [UInt8]
    /// The field that tells of it.
    let contentType: HeaderField

    /// `=_` cannot occur in quoted-printable (RFC 2045 section 6.7), so no part can hold the boundary; the rest only
    /// tells bodies apart.
    package init(name: String) {
        let boundary = "=_\(String(FNV1a.hash(name.utf8), radix: 16))"
        func opening(_ type: String) -> [UInt8] {
            let lines = [
                "--\(boundary)", "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            ]
            return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        }
        self.boundary = boundary
        beforeText = opening("text/plain")
        beforeHTML = opening("text/html")
        end = Array("--\(boundary)--\r\n".utf8)
        contentType = HeaderField(
            "Content-Type", tokens: [.fixed("multipart/alternative;"), .fixed("boundary=\"\(boundary)\"")])
    }

    package var byteCount: Int { beforeText.count + beforeHTML.count + end.count }
}
