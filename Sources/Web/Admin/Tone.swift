import Store

/// How good or bad a state is, as the class that colours it.
enum Tone: String, Sendable {
    case good, wait, bad, idle, calm
}

extension SubscriberState {
    var tone: Tone {
        switch self {
        case .active: .good
        case .pending, .paused: .wait
        case .unsubscribed: .idle
        case .bounced, .complained: .bad
        }
    }
}

extension DeliveryState {
    var tone: Tone {
        switch self {
        case .sent: .good
        case .pending, .sending: .calm
        case .deferred: .wait
        case .failed: .bad
        case .skipped: .idle
        }
    }

    /// Whether it can be sent again by hand.
    var isRefused: Bool { self == .deferred || self == .failed }
}
