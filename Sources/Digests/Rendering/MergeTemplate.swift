import Mail

/// A mail's template rendered once with gaps for what differs from reader to reader, so that a mail is filled in and not
/// rendered.
struct MergeTemplate: Sendable {
    private let pieces: [Piece]
    private let isHTML: Bool

    /// - Parameter slots: the names to leave open. Sections on them are rendered as if each had a value.
    init(_ name: TemplateName, in templates: TemplateSet, context: TemplateContext, slots: Set<String>) {
        var context = context
        for slot in slots {
            context[slot] = slot == Self.papers ? .markup(Self.mark(slot)) : .text(Self.mark(slot))
        }
        isHTML = name.isHTML
        pieces = Self.pieces(of: templates.render(name, context).endingAtLineEnd)
    }

    /// The slot that holds the papers' fragments; its template has it on a line of its own.
    static let papers = "papers"

    /// Control characters, which no value can contain: ``DisplayText`` has removed them.
    private static let opening = "\u{1}"
    private static let closing = "\u{2}"

    /// What stands in a rendered text where a reader's value belongs.
    static func mark(_ slot: String) -> String { "\(opening)\(slot)\(closing)" }

    static func pieces(of rendered: String) -> [Piece] {
        var pieces: [Piece] = []
        var followsPapers = false
        func append(_ text: Substring) {
            // Fragments end their last line themselves.
            let literal = followsPapers && text.first == "\n" ? text.dropFirst() : text
            followsPapers = false
            if !literal.isEmpty { pieces.append(.literal(QuotedPrintable.encode(String(literal)))) }
        }
        for (index, part) in rendered.split(separator: opening, omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let end = part.firstRange(of: closing) else {
                append(part)
                continue
            }
            let slot = String(part[..<end.lowerBound])
            pieces.append(.slot(slot))
            followsPapers = slot == papers
            append(part[end.upperBound...])
        }
        return pieces
    }

    /// - Parameters:
    ///   - values: what all readers share, by slot, not yet escaped; the other slots stay open.
    ///   - body: what stands in the slot ``papers``.
    func prepared(_ values: [String: String], body: [Fragment]) -> MergePart {
        let room = body.reduce(pieces.byteCount) { $0 + $1.byteCount(isHTML: isHTML) }
        var part = MergePart(room: room + values.reduce(0) { $0 + 2 * $1.value.utf8.count })
        for piece in pieces {
            switch piece {
            case .slot(Self.papers): for fragment in body { fragment.append(to: &part, isHTML: isHTML) }
            case .slot(let name):
                if let value = values[name] {
                    part.append(Self.encoded(value, isHTML: isHTML))
                } else {
                    part.append(piece)
                }
            case .literal: part.append(piece)
            }
        }
        return part
    }

    /// A value in quoted-printable.
    static func encoded(_ value: String, isHTML: Bool) -> [UInt8] {
        QuotedPrintable.encode(isHTML ? HTMLText.escape(value) : value)
    }
}

/// A stretch of a rendered text: the same for every reader, or a gap.
enum Piece: Sendable {
    /// Quoted-printable already.
    case literal([UInt8])
    case slot(String)
}

extension [Piece] {
    /// Of what is the same for every reader.
    var byteCount: Int {
        reduce(0) { count, piece in
            guard case .literal(let bytes) = piece else { return count }
            return count + bytes.count + QuotedPrintable.softBreak.count
        }
    }
}

extension MergePart {
    /// A slot that is not the reader's has nothing to say and leaves no gap.
    mutating func append(_ piece: Piece) {
        switch piece {
        case .literal(let bytes): append(bytes)
        case .slot(let name): if let slot = MergeField(name: name) { append(gap: slot) }
        }
    }
}
