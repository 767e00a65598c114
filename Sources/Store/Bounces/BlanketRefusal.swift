/// Whose fault like refusals are: a reader's own, or that of who refuses everybody (a relay, a domain, a provider of many
/// domains), for which no reader is blamed.
///
/// All of it is a matter of numbers: how many readers were refused for the same fault, how many were taken meanwhile.
public enum BlanketRefusal {
    /// Who may refuse everybody.
    public enum Scope: String, Sendable, Codable, CaseIterable {
        /// What mails are handed to, or something behind it that all of them pass.
        case relay
        /// The domain of the readers' addresses.
        case domain
        /// Whoever receives for several domains, known by saying the same of all.
        case provider
    }

    /// How readers fared from the first of some like refusals on.
    public struct Evidence: Sendable, Equatable {
        /// Readers who were refused for this fault.
        public var refused: Int
        /// Readers whose mail was taken and did not come back.
        public var taken: Int
        /// Readers whose mail has not been tried yet.
        public var waiting: Int
        /// How many of the refused had mail before that reached them.
        public var reachedBefore: Int
        /// Domains of the refused.
        public var domains: Int

        public init(refused: Int, taken: Int = 0, waiting: Int = 0, reachedBefore: Int = 0, domains: Int = 1) {
            self.refused = refused
            self.taken = taken
            self.waiting = waiting
            self.reachedBefore = reachedBefore
            self.domains = domains
        }

        /// Whether more than so many of a hundred of those who were tried were refused.
        func exceeds(percent: Int) -> Bool { refused * 100 > (refused + taken) * percent }
    }

    /// So few of a domain's readers cannot tell whether it refuses them or everybody.
    public static let fewest = 3
    /// So many refused readers are many.
    public static let many = 10

    /// Whether like refusals are nobody's own.
    public static func isOfAll(_ fault: DeliveryFault, _ scope: Scope, _ evidence: Evidence) -> Bool {
        // What a whole relay refuses shows at several domains; a single one speaks for itself.
        if scope == .relay, evidence.domains < fewest { return false }
        if scope == .provider, evidence.domains < 2 { return false }
        switch fault {
        case .policy, .content:
            switch scope {
            // A fifth of all readers at once is more than ever fall out with their receivers each for themselves.
            case .relay: return evidence.refused >= many && evidence.exceeds(percent: 19)
            case .domain:
                return evidence.refused >= fewest && evidence.exceeds(percent: 66)
                    || evidence.refused >= many
                        && evidence.exceeds(percent: 50)
            case .provider: return evidence.refused >= many && evidence.exceeds(percent: 50)
            }
        case .unknownMailbox:
            // Old lists hold many mailboxes that are gone. That nearly all are gone at once, of whom some had mail before, is a
            // directory that is out of order. Those who were not tried yet may still be taken.
            var evidence = evidence
            evidence.taken += min(evidence.waiting, 20 * many)
            return scope != .provider && evidence.refused >= many && evidence.exceeds(percent: 80)
                && evidence.reachedBefore >= 2
        case .fullMailbox:
            return scope != .provider && evidence.refused >= many && evidence.exceeds(percent: 80)
        case .undeliverable, .expired:
            // A domain that has vanished, or does not answer, is its readers' own. That all have is the relay's.
            return scope == .relay && evidence.refused >= many && evidence.exceeds(percent: 80)
        case .complaint, .forgiven: return false
        }
    }

    /// Whether mail to those who refuse is worth holding back, and not only their readers not to be blamed: a relay that takes
    /// most mails goes on.
    public static func holds(_ scope: Scope, _ evidence: Evidence) -> Bool {
        switch scope {
        case .domain: true
        case .relay: evidence.exceeds(percent: 50)
        case .provider: false
        }
    }

    /// What a refusal that is no blanket one counts, in tenths; nil for what its fault counts.
    ///
    /// A receiver's rule says something of a reader only where others of the same domain are taken meanwhile. Where nobody can
    /// tell, it takes five times as long to end the mail.
    ///
    /// - Parameter othersTaken: whether a mail to another reader of the domain was taken within a day, and did not come back.
    static func tenths(_ fault: DeliveryFault, othersTaken: Bool) -> Int? {
        switch fault {
        case .policy, .content: othersTaken ? nil : 1
        default: nil
        }
    }

    /// What is said alike to many: a reply without what is each reader's, mail's or server's own.
    public static func words(of diagnostic: String) -> String {
        let all = diagnostic.lowercased().split(whereSeparator: \.isWhitespace)
        var words: [Substring] = []
        for (index, word) in all.enumerated() where words.count < 12 {
            // The codes come first.
            let isCode = index < 2 && word.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" }
            let isWord = word.dropLast().allSatisfy { $0.isLetter || $0 == "'" }
            if isCode || isWord { words.append(word) }
        }
        return words.joined(separator: " ")
    }
}
