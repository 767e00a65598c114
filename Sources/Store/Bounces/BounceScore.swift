/// How bounces add up to a reason to stop, much as Mailman's and Discourse's do.
///
/// A refusal for good counts 1, one that may pass ½, and of one day only the worst; each mail that got through between two
/// bounces takes ⅒ away. A mailbox that does not exist, or a complaint, ends the mail at once.
public struct BounceScore: Sendable {
    /// The score from which on nothing is sent; at least 1.
    public let limit: Int

    public init(limit: Int) { self.limit = max(1, limit) }

    /// A mail that came back: which, and what of it.
    struct Bounce: Sendable, Equatable {
        let deliveryID: Int64
        let fault: DeliveryFault
        /// The day on which it came back, counted from any.
        let day: Int64
        /// What it counts instead of what its fault counts, see ``BlanketRefusal``.
        var tenths: Int?
    }

    /// In tenths, so that a sum of them is exact.
    private static func tenths(_ fault: DeliveryFault) -> Int {
        switch fault {
        case .unknownMailbox, .complaint, .undeliverable: 10
        case .fullMailbox, .content, .policy, .expired: 5
        case .forgiven: 0
        }
    }

    /// The score after some bounces, in tenths.
    ///
    /// - Parameters:
    ///   - bounces: in the order of the deliveries.
    ///   - delivered: the deliveries that were taken by the receiver or a relay, in order; those that then bounced may be
    ///     among them.
    static func tenths(_ bounces: [Bounce], delivered: [Int64]) -> Int {
        let bounced = Set(bounces.map(\.deliveryID))
        var gotThrough = delivered.filter { !bounced.contains($0) }[...]
        var score = 0
        var worst: (day: Int64, tenths: Int)?
        for bounce in bounces {
            let between = gotThrough.prefix { $0 < bounce.deliveryID }
            gotThrough = gotThrough.dropFirst(between.count)
            if score > 0 { score = max(0, score - between.count) }
            let tenths = bounce.tenths ?? tenths(bounce.fault)
            let counted = worst?.day == bounce.day ? worst?.tenths ?? 0 : 0
            score += max(0, tenths - counted)
            worst = (bounce.day, max(tenths, counted))
        }
        return score
    }

    /// Whether the last of some bounces ends the mail.
    func ends(_ bounces: [Bounce], last: DeliveryFault, delivered: [Int64]) -> Bool {
        if last == .unknownMailbox || last == .complaint { return true }
        return reaches(bounces, delivered: delivered)
    }

    /// Whether some bounces together end the mail.
    func reaches(_ bounces: [Bounce], delivered: [Int64]) -> Bool {
        Self.tenths(bounces, delivered: delivered) >= limit * 10
    }
}
