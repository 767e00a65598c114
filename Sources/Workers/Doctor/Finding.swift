/// What one look of the doctor's found.
public struct Finding: Sendable, Equatable, Encodable {
    public enum State: String, Sendable, Encodable, CaseIterable {
        case ok
        /// Works for now, or only for some.
        case warning
        /// Mails or pages suffer from it.
        case failed
    }

    /// What was looked at, in one word: `database`, `dkim`.
    public let check: String
    public let state: State
    /// One line.
    public let found: String
    /// How to mend it, in one line; nil where all is well.
    public let mend: String?

    static func ok(_ check: String, _ found: String) -> Finding {
        Finding(check: check, state: .ok, found: line(found), mend: nil)
    }

    static func warning(_ check: String, _ found: String, mend: String) -> Finding {
        Finding(check: check, state: .warning, found: line(found), mend: line(mend))
    }

    static func failed(_ check: String, _ found: String, mend: String) -> Finding {
        Finding(check: check, state: .failed, found: line(found), mend: line(mend))
    }

    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
