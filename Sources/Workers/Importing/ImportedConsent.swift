import Feeds
import Foundation
import Store

/// What a line says of whether its person may be mailed. It is never guessed: what is unknown or missing is not `active`.
///
/// Where several cells speak, as in `enabled` beside a time at which the person left, the one that allows least is right.
struct ImportedConsent {
    /// What is known of a whole list.
    struct List {
        /// What the file's name says of all its lines.
        var ofFile: ListFileName?
        /// Whether it is a list that says who agreed, so that a line that does not is one of somebody who did not.
        var tellsConsent = false
        /// Whether the operator said where the people of a list that tells nothing of it agreed.
        var isVouchedFor = false
    }

    private(set) var state: SubscriberState?
    /// What cannot be understood.
    private(set) var problem: ImportProblem?
    private var hasOptIn = false

    /// Takes one cell, which is not empty.
    mutating func take(_ column: ImportColumn, _ text: String) {
        switch column {
        case .state:
            guard let state = ConsentWords.state(text) else {
                problem = ImportProblem(
                    "“\(text)” is no state; use one such as active, paused, unsubscribed or bounced")
                return
            }
            add(state)
        case .looseState: if let state = ConsentWords.state(text) { add(state) }
        case .role: if ConsentWords.state(text) == .pending { add(.pending) }
        case .optInAt: hasOptIn = hasOptIn || ConsentWords.flag(text) != false
        case .confirmedAt, .agreed:
            switch ConsentWords.flag(text) {
            case true?: add(.active)
            case false?: add(.pending)
            case nil: problem = ImportProblem("“\(text)” does not say whether or when they agreed to mail")
            }
        // Whatever stands there but a no says that they are gone; it may be a time in any form.
        case .left: if ConsentWords.flag(text) != false { add(.unsubscribed) }
        case .bounced: if ConsentWords.flag(text) != false { add(.bounced) }
        case .complained: if ConsentWords.flag(text) != false { add(.complained) }
        default: break
        }
    }

    private mutating func add(_ new: SubscriberState) {
        guard let old = state else {
            state = new
            return
        }
        if Self.weight(new) > Self.weight(old) { state = new }
    }

    private static func weight(_ state: SubscriberState) -> Int {
        switch state {
        case .active: 0
        case .paused: 1
        case .pending: 2
        case .unsubscribed: 3
        case .bounced: 4
        case .complained: 5
        }
    }

    /// The person's state, and whether that is `pending` only because nothing says that they agreed.
    func verdict(in list: List) -> (state: SubscriberState, isSilent: Bool) {
        var own = self
        switch list.ofFile {
        // Mailchimp's file of subscribers says so of each; but of those alone who have typed in or confirmed.
        case .subscribed where hasOptIn || list.tellsConsent == false: own.add(.active)
        case .subscribed, nil: break
        case .others(let state): own.add(state)
        }
        if let state = own.state { return (state, false) }
        return list.isVouchedFor && !list.tellsConsent ? (.active, false) : (.pending, true)
    }
}

/// What the name of a service's file says of everybody in it, where the service says it nowhere else.
enum ListFileName: Equatable {
    case subscribed
    case others(SubscriberState)

    /// - Parameters:
    ///   - name: Mailchimp's `nonsubscribed_email_audience_export_3f2c.csv`, Sendy's `my-list-unsubscribed.csv`.
    ///   - hasHeader: Mailchimp's has one, Sendy's has none.
    init?(_ name: String, hasHeader: Bool) {
        var stem = name.lowercased()
        if let dot = stem.lastIndex(of: ".") { stem = String(stem[..<dot]) }
        // As browsers name a second download.
        stem = stem.replacing(/\s*\(\d+\)$/, with: "")
        if hasHeader {
            switch stem.prefix(while: { $0.isLetter || $0 == "-" }).filter({ $0 != "-" }) {
            case "subscribed": self = .subscribed
            case "unsubscribed": self = .others(.unsubscribed)
            case "cleaned": self = .others(.bounced)
            case "nonsubscribed", "pending": self = .others(.pending)
            default: return nil
            }
            return
        }
        let ends: [(String, ListFileName)] = [
            ("-active", .subscribed), ("-unconfirmed", .others(.pending)), ("-unsubscribed", .others(.unsubscribed)),
            ("-bounced", .others(.bounced)), ("-marked-as-spam", .others(.complained)),
            // Everybody, whatever became of them.
            ("-all", .others(.pending)),
        ]
        guard let end = ends.first(where: { stem.hasSuffix($0.0) }) else { return nil }
        self = end.1
    }
}
