import Core
import Mail
import Papers
import Synchronization

/// What was rendered once for an edition: papers, and the mails' merge templates.
final class FragmentCache: Sendable {
    struct FragmentKey: Hashable {
        let paper: PaperID
        let hasReasons: Bool
        /// Nil without links to say what one thinks of the paper.
        let seq: Int64?
        /// Characters of the abstract.
        let abstractLimit: Int
    }

    struct HeadingKey: Hashable {
        let firstPapers: [PaperID]
        let count: Int
        let day: CivilDate
    }

    struct MergeTemplateKey: Hashable {
        let template: TemplateName
        let hasMore: Bool
        /// Which of a reader's own values there are.
        let present: UInt8
    }

    struct PreparedKey: Hashable {
        let digest: String
        /// Which of a reader's own values there are.
        let present: UInt8
    }

    private struct Prepared {
        var digests: [PreparedKey: PreparedDigest] = [:]
        var byteCount = 0
        /// Those that were asked for once: most of them are one reader's own, and nobody asks for these again.
        var askedOnce: Set<PreparedKey> = []
    }

    private let rendered = Mutex(0)
    private let fragments = BoundedCache<FragmentKey, SharedFragment>(most: most)
    private let prepared = Mutex(Prepared())
    /// Few mails have the same, but most papers of a mail.
    let reasons = BoundedCache<[String], EncodedReasons?>(most: 2000)
    let groupHeadings = BoundedCache<String, Fragment>(most: most)
    let headings = BoundedCache<HeadingKey, DigestHeading>(most: most)
    let mergeTemplates = BoundedCache<MergeTemplateKey, MergeTemplate>(most: most)

    /// How many fragments were rendered so far.
    var renderings: Int { rendered.withLock { $0 } }

    /// More are thrown away: where many readers have reasons of their own, memory must not grow with their number.
    private static let most = 20_000
    private static let mostPreparedBytes = 40_000_000

    func fragment(_ key: FragmentKey, rendering render: () -> SharedFragment) -> SharedFragment {
        fragments.value(for: key) {
            rendered.withLock { $0 += 1 }
            return render()
        }
    }

    func prepared(_ key: PreparedKey) -> PreparedDigest? { prepared.withLock { $0.digests[key] } }

    /// Keeps what is wanted for the second time.
    func keep(_ digest: PreparedDigest, for key: PreparedKey) {
        prepared.withLock { prepared in
            guard prepared.askedOnce.remove(key) != nil else {
                if prepared.askedOnce.count >= Self.most { prepared.askedOnce = [] }
                prepared.askedOnce.insert(key)
                return
            }
            if prepared.byteCount > Self.mostPreparedBytes { prepared = Prepared() }
            if prepared.digests.updateValue(digest, forKey: key) == nil { prepared.byteCount += digest.byteCount }
        }
    }
}
