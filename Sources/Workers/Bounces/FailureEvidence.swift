import Mail
import Store
import Transport

/// What is known of one failure, and what follows from it.
///
/// The answer of the last system counts before what those on the way made of it, its words before a code that contradicts
/// them, and both before the words of the notice around them, which often list what might have been.
struct FailureEvidence: Sendable {
    /// What the failing system said, as the report quotes it; may be empty.
    let diagnostic: String
    /// The report's own code (RFC 3464 section 2.3.4).
    let status: EnhancedStatus?
    /// The notice for people; empty where it is the diagnostic.
    let notice: String

    /// What the failure is, see ``DeliveryFault``.
    var fault: DeliveryFault {
        let inner = StatusText.inner(of: diagnostic)
        let said = StatusText(inner)
        let outer = StatusText(diagnostic)
        let enhanced = [said.enhanced, outer.enhanced, status].compactMap(\.self)
        // `x.0.0` says nothing.
        let telling = enhanced.first { $0.subject != 0 }
        let isTemporary =
            said.code.map { $0 < 500 } ?? said.enhanced.map { $0.category == 4 } ?? outer.code.map { $0 < 500 }
            ?? telling.map { $0.category == 4 } ?? enhanced.first.map { $0.category == 4 } ?? false
        let text = FoldedText(inner)
        let words = Evidence.words(in: text) ?? Evidence.words(in: FoldedText(diagnostic))
        var codes = enhanced.compactMap(Evidence.reason).first
        if codes == nil, said.code == 552 { codes = .perhapsFull }
        // Sendmail makes 5.1.1 and “User unknown” of any 550 that came without an enhanced code, and others do alike: what
        // they made of it says no more than the answer itself.
        let isMadeUp = said.enhanced == nil && outer.enhanced == nil && said.code != nil
        if isMadeUp { codes = Self.made(codes, of: words) }
        if let pair = telling.flatMap({ Evidence.reason(of: $0, with: text) }) {
            return Self.fault(pair, isTemporary, telling)
        }
        return Self.fault(reason(words, codes, isMadeUp: isMadeUp), isTemporary, telling)
    }

    /// What is left of an enhanced code that a relay made of a reply without one.
    private static func made(_ codes: Evidence.Reason?, of words: Evidence.Reason?) -> Evidence.Reason? {
        switch codes {
        case .unknown, .perhapsUnknown: nil
        case .full: .perhapsFull
        case .perhapsPolicy where words == .perhapsUnknown: nil
        default: codes
        }
    }

    /// - Parameters:
    ///   - words: what the words of the answer speak for.
    ///   - codes: what its codes speak for.
    ///   - isMadeUp: whether the code, and so the words around it, are a relay's own.
    private func reason(_ words: Evidence.Reason?, _ codes: Evidence.Reason?, isMadeUp: Bool) -> Evidence.Reason? {
        switch (words, codes) {
        case (.suspended, .unknown), (.suspended, .perhapsUnknown): return .unknown
        case (.denied, .perhapsUnknown), (.perhapsPolicy, .perhapsUnknown): return .perhapsPolicy
        case (let words?, _) where words.isClear: return words
        case (.perhapsUnknown, nil), (.perhapsUnknown, .perhapsUnknown): return .unknown
        default: break
        }
        // The answer has no words that tell: those of the notice may, and may contradict a bare code.
        var told = notice.isEmpty ? nil : Evidence.words(in: FoldedText(notice))
        if isMadeUp, told == .unknown || told == .perhapsUnknown { told = nil }
        switch codes {
        case .unknown, .perhapsUnknown:
            return words == nil && (told == .sender || told == .early || told == .full) ? told : .unknown
        case .perhapsPolicy, .perhapsFull, nil:
            if let told, told.isClear { return told }
            if codes == nil, words == nil, told == .perhapsUnknown { return .unknown }
            return codes ?? words ?? told
        default: return codes
        }
    }

    private static func fault(_ reason: Evidence.Reason?, _ isTemporary: Bool, _ status: EnhancedStatus?)
        -> DeliveryFault
    {
        switch reason {
        case .full, .perhapsFull: .fullMailbox
        // A system that says so for the time being has tried until it was tired of it.
        case .expired: .expired
        case .unknown where status?.category == 5 || !isTemporary: .unknownMailbox
        case _ where isTemporary: .expired
        case .unknown: .unknownMailbox
        case .sender, .early, .denied, .perhapsPolicy: .policy
        case .content: .content
        case .perhapsExpired: .expired
        case .vanished, .suspended, .perhapsUnknown, .nothing, nil: .undeliverable
        }
    }
}
