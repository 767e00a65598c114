/// A paper as it stands in every mail of an edition, with gaps for what is the reader's own.
struct SharedFragment: Sendable {
    let html: [Piece]
    let text: [Piece]

    /// The gaps: why the reader gets the paper, and where they can say what they think of it.
    static let reasons = "reasons"
    static let marksURL = "marksURL"

    init(html: String, text: String) {
        self.html = Shell.pieces(of: html.endingAtLineEnd)
        self.text = Shell.pieces(of: text.endingAtLineEnd)
    }
}

/// The reasons of one reader or many, encoded once.
struct ReasonsChunk: Sendable {
    let html: MailChunk
    let text: MailChunk
}

/// A paper for one reader.
struct Fragment: Sendable {
    private let shared: SharedFragment
    private let reasons: ReasonsChunk?

    init(_ shared: SharedFragment, reasons: ReasonsChunk?) {
        self.shared = shared
        self.reasons = reasons
    }

    /// - Parameter marksURL: what stands in the gap for it.
    func html(_ marksURL: MailChunk?) -> [MailChunk] {
        shared.html.compactMap { piece in
            switch piece {
            case .literal(let chunk): chunk
            case .slot(let name): name == SharedFragment.reasons ? reasons?.html : marksURL
            }
        }
    }

    var text: [MailChunk] {
        shared.text.compactMap { piece in
            switch piece {
            case .literal(let chunk): chunk
            case .slot: reasons?.text
            }
        }
    }
}

/// What all readers of a digest share.
struct PreparedDigest: Sendable {
    let digest: Digest
    let heading: DigestHeading
    let body: [Fragment]
    /// What the shell says of it.
    let values: [String: String]
}
