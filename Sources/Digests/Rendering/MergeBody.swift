import Mail

/// The body of a mail, made once for many readers: what differs between them is filled in, and what they all begin with is
/// hashed for signatures once. The text comes first and has its readers' links at its end, so that is most of it.
final class MergeBody: Sendable {
    private let frame: MIMEFrame
    private let text: MergePart
    private let html: MergePart
    private let beginning: HashedBeginning

    /// - Parameter name: tells bodies apart, see ``MIMEFrame``.
    init(text: MergePart, html: MergePart, name: String) {
        frame = MIMEFrame(name: name)
        self.text = text
        self.html = html
        // All that is put together here is quoted-printable of our own.
        beginning = HashedBeginning(count: frame.beforeText.count + text.beginningCount, isOfRelaxed: true)
    }

    func filled(_ values: MergeValues) -> MIMEBody {
        let (texts, htmls) = (values.text, values.html)
        var textRange = 0..<0
        var htmlRange = 0..<0
        let room = text.room(for: texts) + html.room(for: htmls) + frame.byteCount
        let bytes = [UInt8](unsafeUninitializedCapacity: room) { output, count in
            var writer = JoiningWriter(UnsafeMutableRawBufferPointer(output))
            writer.join(frame.beforeText)
            let textStart = writer.written
            text.write(texts, to: &writer)
            textRange = textStart..<writer.written
            writer.join(frame.beforeHTML)
            let htmlStart = writer.written
            html.write(htmls, to: &writer)
            htmlRange = htmlStart..<writer.written
            writer.join(frame.end)
            count = writer.written
        }
        return MIMEBody(frame: frame, bytes: bytes, text: textRange, html: htmlRange, beginning: beginning)
    }

    /// What it takes of memory, about.
    var byteCount: Int { text.byteCount + html.byteCount }
}

extension JoiningWriter {
    fileprivate mutating func join(_ bytes: [UInt8]) { bytes.withUnsafeBytes { join($0, 0..<$0.count) } }
}
