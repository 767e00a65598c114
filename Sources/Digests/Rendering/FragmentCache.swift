import Papers
import Synchronization

/// A paper as it stands in every mail of an edition that names the same reasons.
struct Fragment: Sendable {
    /// With gaps where the reader's own link belongs.
    let html: [Piece]
    let text: MailChunk

    init(html: String, text: String) {
        self.html = Shell.pieces(of: html.endingAtLineEnd)
        self.text = MailChunk(text.endingAtLineEnd)
    }

    /// - Parameter marksURL: what stands in the gaps.
    func html(_ marksURL: MailChunk?) -> [MailChunk] {
        html.compactMap { piece in
            switch piece {
            case .literal(let chunk): chunk
            case .slot: marksURL
            }
        }
    }
}

/// What was rendered once for an edition: papers, and the mails' shells.
final class FragmentCache: Sendable {
    struct FragmentKey: Hashable {
        let paper: PaperID
        let reasons: [String]
        /// Nil without links to say what one thinks of the paper.
        let seq: Int64?
        /// Characters of the abstract.
        let abstractLimit: Int
    }

    struct HeadingKey: Hashable {
        let firstPapers: [PaperID]
        let count: Int
    }

    struct ShellKey: Hashable {
        let template: TemplateName
        let slots: Set<String>
    }

    private struct Contents {
        var fragments: [FragmentKey: Fragment] = [:]
        var groupHeadings: [String: Fragment] = [:]
        var headings: [HeadingKey: DigestHeading] = [:]
        var shells: [ShellKey: Shell] = [:]
        var renderings = 0
    }

    private let contents = Mutex(Contents())

    /// How many fragments were rendered so far.
    var renderings: Int { contents.withLock(\.renderings) }

    /// More are thrown away: where many readers have reasons of their own, memory must not grow with their number.
    private static let most = 20_000

    /// The fragments of several papers. Rendering happens under the lock: it is rare, and nothing is rendered twice.
    func fragments(_ keys: [FragmentKey], rendering render: (_ index: Int) -> Fragment) -> [Fragment] {
        contents.withLock { contents in
            if contents.fragments.count > Self.most { contents.fragments = [:] }
            return keys.indices.map { index in
                if let fragment = contents.fragments[keys[index]] { return fragment }
                let fragment = render(index)
                contents.fragments[keys[index]] = fragment
                contents.renderings += 1
                return fragment
            }
        }
    }

    func groupHeading(_ group: String, rendering render: () -> Fragment) -> Fragment {
        contents.withLock { Self.value(in: &$0.groupHeadings, for: group, rendering: render) }
    }

    func heading(_ key: HeadingKey, rendering render: () -> DigestHeading) -> DigestHeading {
        contents.withLock { Self.value(in: &$0.headings, for: key, rendering: render) }
    }

    func shell(_ key: ShellKey, rendering render: () -> Shell) -> Shell {
        contents.withLock { Self.value(in: &$0.shells, for: key, rendering: render) }
    }

    private static func value<Key: Hashable, Value>(
        in cache: inout [Key: Value], for key: Key, rendering render: () -> Value
    ) -> Value {
        if let value = cache[key] { return value }
        let value = render()
        cache[key] = value
        return value
    }
}
