import Store
import Transport

/// Why a mail was not delivered, as the words and the codes of the systems on its way tell. All that is known about them
/// stands in the tables of ``Evidence``.
enum Evidence {
    /// What a piece of evidence speaks for.
    enum Reason: Int, Sendable, CaseIterable {
        // In the order in which they count where words for several of them stand side by side: what puts it down to the
        // sender, and what may pass, comes before what ends a subscription.
        /// The sender, its address or host, its rate, or how it is proved.
        case sender
        case full
        /// Size, form or content of this message.
        case content
        /// Refused before a recipient was named.
        case early
        /// No host takes mail for the domain.
        case vanished
        case unknown
        /// The mailbox is there, and takes nothing.
        case suspended
        /// Somebody has tried long enough.
        case expired
        // Words that many use for many reasons: a code that says more counts first.
        case denied
        case perhapsUnknown
        case perhapsPolicy
        /// Words of temporary trouble, which alone give no reason.
        case perhapsExpired
        /// Known words that give no reason.
        case nothing
        /// 552 alone, which some say of a message that is too large.
        case perhapsFull

        /// Whether no code is needed.
        var isClear: Bool { rawValue <= Self.expired.rawValue }
    }

    /// Words, and what they speak for.
    struct Row: Sendable {
        let words: String
        let reason: Reason

        init(_ words: String, _ reason: Reason) { (self.words, self.reason) = (words, reason) }
    }

    static let rows: [Row] = Reason.allCases.flatMap { reason in words(for: reason).map { Row($0, reason) } }

    private static let scanner = PhraseScanner(rows.map(\.words))

    /// The reason that counts first among those that a text has words for. Words within longer known ones do not count.
    static func words(in text: FoldedText) -> Reason? {
        let found = scanner.found(in: text.bytes)
            .map { (start: $1, end: $1 + scanner.length(of: $0), reason: rows[$0].reason) }
            .sorted { ($0.start, $1.end) < ($1.start, $0.end) }
        var first: Reason?
        var end = 0
        for match in found where match.end > end {
            end = match.end
            if match.reason != .nothing, match.reason.rawValue < first?.rawValue ?? .max { first = match.reason }
        }
        return first
    }

    private static func words(for reason: Reason) -> [String] {
        switch reason {
        case .sender: EvidenceWords.sender
        case .full: EvidenceWords.full
        case .content: EvidenceWords.content
        case .early: EvidenceWords.early
        case .vanished: EvidenceWords.vanished
        case .unknown: EvidenceWords.unknown
        case .suspended: EvidenceWords.suspended
        case .expired: EvidenceWords.expired
        case .denied: EvidenceWords.denied
        case .perhapsUnknown: EvidenceWords.perhapsUnknown
        case .perhapsPolicy: EvidenceWords.perhapsPolicy
        case .perhapsExpired: EvidenceWords.perhapsExpired
        case .nothing: EvidenceWords.nothing
        case .perhapsFull: []
        }
    }

    /// What an enhanced code of a failure speaks for; nil for one that says nothing (RFC 3463 and its registry).
    static func reason(of status: EnhancedStatus) -> Reason? {
        switch (status.subject, status.detail) {
        case (1, 1), (1, 3), (1, 6), (1, 10), (1, 351): .unknown
        // An address that is “otherwise” bad, ambiguous, or takes nothing: some relays say so of any refusal at RCPT.
        case (1, 0), (1, 4), (1, 5), (2, 1): .perhapsUnknown
        case (1, 2): .vanished
        case (1, _): .sender
        case (2, 2): .full
        case (2, 3), (3, 4), (6, _): .content
        case (2, 121...122): .sender
        case (4, 4): .vanished
        case (4, 1), (4, 2), (4, 5), (4, 7): .expired
        case (7, _): .perhapsPolicy
        default: nil
        }
    }

    /// Words that mean more beside one code: Exchange Online refuses so whom its directory does not know.
    private static let pairs: [(status: EnhancedStatus, words: PhraseScanner, reason: Reason)] = [
        (EnhancedStatus(5, 4, 1), PhraseScanner(["recipient address rejected: access denied"]), .unknown)
    ]

    /// What an enhanced code and words speak for together.
    static func reason(of status: EnhancedStatus, with text: FoldedText) -> Reason? {
        pairs.first { $0.status == status && !$0.words.found(in: text.bytes).isEmpty }?.reason
    }
}
