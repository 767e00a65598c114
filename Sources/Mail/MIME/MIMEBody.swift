/// The body of a mail with a text and an HTML part (`multipart/alternative`, RFC 2046 section 5.1.4), as it goes out.
public struct MIMEBody: Sendable {
    /// What stands around the parts.
    let frame: MIMEFrame
    /// Lines end in CRLF; not dot-stuffed.
    public let bytes: [UInt8]
    private let text: Range<Int>
    private let html: Range<Int>
    /// Bytes at the front whose hash is known, because other bodies begin with the same.
    let beginning: HashedBeginning?

    /// - Parameters:
    ///   - text: the plain part, quoted-printable already (``QuotedPrintable/encode(_:)``), UTF-8 underneath.
    ///   - html: the HTML part, quoted-printable already.
    ///   - name: what the boundary comes from, such as the subject; the same name always gives the same.
    public init(text: [UInt8], html: [UInt8], name: String) {
        let frame = MIMEFrame(name: name)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count + html.count + frame.byteCount + 4)
        func append(_ part: [UInt8], after opening: [UInt8]) -> Range<Int> {
            bytes.append(contentsOf: opening)
            let start = bytes.count
            bytes.append(contentsOf: part)
            if !part.isEmpty, part.last != 10 { bytes.append(contentsOf: [13, 10]) }
            return start..<bytes.count
        }
        let textRange = append(text, after: frame.beforeText)
        let htmlRange = append(html, after: frame.beforeHTML)
        bytes.append(contentsOf: frame.end)
        self.init(frame: frame, bytes: bytes, text: textRange, html: htmlRange)
    }

    /// - Parameters:
    ///   - bytes: with that frame.
    ///   - text: where the text part lies.
    ///   - html: where the HTML part lies.
    ///   - beginning: of the same bytes as these begin with.
    package init(
        frame: MIMEFrame, bytes: [UInt8], text: Range<Int>, html: Range<Int>, beginning: HashedBeginning? = nil
    ) {
        self.frame = frame
        self.bytes = bytes
        self.text = text
        self.html = html
        self.beginning = beginning
    }

    /// The text part in quoted-printable.
    public var textEncoded: [UInt8] { Array(bytes[text]) }
    /// The HTML part in quoted-printable.
    public var htmlEncoded: [UInt8] { Array(bytes[html]) }
    /// Bytes of the HTML part, encoded.
    public var htmlCount: Int { html.count }
}
