/// A paper as it stands in every mail of an edition, with gaps for what is the reader's own.
struct SharedFragment: Sendable {
    let html: [Piece]
    let text: [Piece]

    /// The gaps: why the reader gets the paper, and where they can say what they think of it.
    static let reasons = "reasons"
    static let marksURL = MergeField.marksURL.name

    init(html: String, text: String) {
        self.html = MergeTemplate.pieces(of: html.endingAtLineEnd)
        self.text = MergeTemplate.pieces(of: text.endingAtLineEnd)
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

    var html: [Piece] { Self.filled(shared.html, reasons?.html) }
    var text: [Piece] { Self.filled(shared.text, reasons?.text) }

    private static func filled(_ pieces: [Piece], _ reasons: [UInt8]?) -> [Piece] {
        pieces.compactMap { piece in
            guard case .slot(SharedFragment.reasons) = piece else { return piece }
            return reasons.map(Piece.literal)
        }
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
