import Papers
import Synchronization

/// What was rendered once for an edition: papers, and the mails' shells.
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
        let day: CalendarDay
    }

    struct ShellKey: Hashable {
        let template: TemplateName
        let slots: Set<String>
    }

    struct PreparedKey: Hashable {
        let digest: String
        /// Which of a reader's own values there are.
        let present: UInt8
    }

    private struct Contents {
        var prepared: [PreparedKey: PreparedDigest] = [:]
        var preparedBytes = 0
        var days: [CalendarDay: String] = [:]
        var fragments: [FragmentKey: SharedFragment] = [:]
        var reasons: [[String]: EncodedReasons?] = [:]
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
    private static let mostPreparedBytes = 40_000_000

    /// The fragments of several papers. Rendering happens under the lock: it is rare, and nothing is rendered twice.
    func fragments(_ keys: [FragmentKey], rendering render: (_ index: Int) -> SharedFragment) -> [SharedFragment] {
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

    func reasons(_ reasons: [String], rendering render: () -> EncodedReasons?) -> EncodedReasons? {
        contents.withLock { contents in
            if contents.reasons.count > Self.most { contents.reasons = [:] }
            return Self.value(in: &contents.reasons, for: reasons, rendering: render)
        }
    }

    func prepared(_ key: PreparedKey) -> PreparedDigest? { contents.withLock { $0.prepared[key] } }

    func keep(_ prepared: PreparedDigest, for key: PreparedKey) {
        contents.withLock { contents in
            if contents.preparedBytes > Self.mostPreparedBytes {
                contents.prepared = [:]
                contents.preparedBytes = 0
            }
            if contents.prepared.updateValue(prepared, forKey: key) == nil {
                contents.preparedBytes += prepared.byteCount
            }
        }
    }

    /// A day in words: dates are slow to write, and many readers subscribed on the same.
    func day(_ day: CalendarDay, writing write: (CalendarDay) -> String) -> String {
        contents.withLock { contents in
            if contents.days.count > Self.most { contents.days = [:] }
            return Self.value(in: &contents.days, for: day) { write(day) }
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
