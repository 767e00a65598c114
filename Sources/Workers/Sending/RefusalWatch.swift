import Store

/// Tells a relay that refuses everyone (a login that lapsed, a quota, a block list) from recipients that are refused one
/// by one: a circuit breaker, so that no subscriber is blamed for what is the relay's.
///
/// A refusal by policy may be either. It is held back until the relay takes another message, which makes it the
/// recipient's, or until so many others came in a row that it is everybody's. A value; the caller records.
struct RefusalWatch: Sendable {
    /// What is to be done now.
    enum Step: Equatable, Sendable {
        case nothing
        /// The refusals held back were the recipients' own.
        case settle
        /// The relay refuses everyone: it rests, and what it refused waits.
        case open
    }

    private var inARow = 0
    private var relayFaults = 0
    private var hasAccepted = false
    /// Since it opened nothing was taken: what comes back of messages that were under way is the relay's doing too.
    private var isOpen: Bool

    /// So many policy refusals in a row, and so many refusals before any recipient was looked at.
    static let policyLimit = 10
    static let relayLimit = 3
    /// Where a round ends earlier: so many, and not one message taken.
    static let smallRound = 3

    /// - Parameter isOpen: whether it refused everyone before this round.
    init(isOpen: Bool = false) { self.isOpen = isOpen }

    mutating func accepted() -> Step {
        let held = inARow > 0
        inARow = 0
        relayFaults = 0
        hasAccepted = true
        isOpen = false
        return held ? .settle : .nothing
    }

    mutating func refusedByPolicy() -> Step {
        if isOpen { return .open }
        inARow += 1
        return inARow >= Self.policyLimit ? opened() : .nothing
    }

    mutating func refusedByRelay() -> Step {
        if isOpen { return .open }
        relayFaults += 1
        return relayFaults >= Self.relayLimit ? opened() : .nothing
    }

    /// The round is over.
    mutating func ended() -> Step {
        defer { inARow = 0 }
        guard inARow > 0 else { return .nothing }
        return !hasAccepted && inARow >= Self.smallRound ? .open : .settle
    }

    private mutating func opened() -> Step {
        inARow = 0
        relayFaults = 0
        isOpen = true
        return .open
    }
}
