/// A paper as it stands in every mail of an edition, with gaps for what is the reader's own.
struct SharedFragment: Sendable {
    let html: [Piece]
    let text: [Piece]
    let htmlCount: Int
    let textCount: Int

    /// The gaps: why the reader gets the paper, and where they can say what they think of it.
    static let reasons = "reasons"
    static let marksURL = MergeField.marksURL.name

    init(html: String, text: String) {
        self.html = MergeTemplate.pieces(of: html.endingAtLineEnd)
        self.text = MergeTemplate.pieces(of: text.endingAtLineEnd)
        htmlCount = self.html.byteCount
        textCount = self.text.byteCount
    }
}

/// The reasons of one reader or many, encoded once.
struct EncodedReasons: Sendable {
    let html: [UInt8]
    let text: [UInt8]
}

/// A paper as a digest shows it, with gaps for its readers' own links.
struct Fragment: Sendable {
    private let shared: SharedFragment
    private let reasons: EncodedReasons?

    init(_ shared: SharedFragment, reasons: EncodedReasons?) {
        self.shared = shared
        self.reasons = reasons
    }

    /// Adds it to a mail's HTML or text.
    func append(to part: inout MergePart, isHTML: Bool) {
        for piece in isHTML ? shared.html : shared.text {
            guard case .slot(SharedFragment.reasons) = piece else {
                part.append(piece)
                continue
            }
            if let reasons { part.append(isHTML ? reasons.html : reasons.text) }
        }
    }

    /// Its bytes in that part, without what fills the gaps for links.
    func byteCount(isHTML: Bool) -> Int {
        let reasons = reasons.map { isHTML ? $0.html.count : $0.text.count } ?? 0
        return isHTML ? shared.htmlCount + reasons : shared.textCount + reasons
    }
}

/// What all readers of a digest share.
final class PreparedDigest: Sendable {
    let digest: Digest
    let subject: String
    let body: MergeBody

    init(digest: Digest, subject: String, body: MergeBody) {
        self.digest = digest
        self.subject = subject
        self.body = body
    }

    /// What it takes of memory, about.
    var byteCount: Int { body.byteCount }
}
