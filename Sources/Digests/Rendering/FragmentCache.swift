import Papers
import Synchronization

/// A paper as it stands in every mail of an edition that names the same reasons.
struct Fragment: Sendable {
    let html: MailChunk
    let text: MailChunk
}

/// What was rendered once for an edition: papers, and the mails' shells.
final class FragmentCache: Sendable {
    struct FragmentKey: Hashable {
        let paper: PaperID
        let reasons: [String]
        /// Characters of the abstract.
        let abstractLimit: Int
    }

    struct ShellKey: Hashable {
        let template: TemplateName
        let slots: Set<String>
    }

    private struct Contents {
        var fragments: [FragmentKey: Fragment] = [:]
        var shells: [ShellKey: Shell] = [:]
        var renderings = 0
    }

    private let contents = Mutex(Contents())

    /// How many fragments were rendered so far.
    var renderings: Int { contents.withLock(\.renderings) }

    /// Rendering happens under the lock: it is rare, and nothing is rendered twice.
    func fragment(_ key: FragmentKey, rendering render: () -> Fragment) -> Fragment {
        contents.withLock { contents in
            if let fragment = contents.fragments[key] { return fragment }
            let fragment = render()
            contents.fragments[key] = fragment
            contents.renderings += 1
            return fragment
        }
    }

    func shell(_ key: ShellKey, rendering render: () -> Shell) -> Shell {
        contents.withLock { contents in
            if let shell = contents.shells[key] { return shell }
            let shell = render()
            contents.shells[key] = shell
            return shell
        }
    }
}
