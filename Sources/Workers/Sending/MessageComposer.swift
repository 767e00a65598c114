import Core
import Digests
import Foundation
import Mail
import Papers
import Site
import Store
import Transport

/// Turns what the ledger holds into messages. A paper is read and rendered once, however many readers get it.
struct MessageComposer: Sendable {
    private let house: House
    private var papers: [Int64: Paper] = [:]

    init(_ installation: Installation) { house = House(installation) }

    /// What all messages share, in one object: a composer goes out with each delivery, and to copy what an installation
    /// holds would cost more than the message.
    private final class House: Sendable {
        let installation: Installation
        let voices: ByLanguage<Voice>
        let listHeaders: Result<ListHeaders, MailError>

        init(_ installation: Installation) {
            self.installation = installation
            voices = ByLanguage {
                Voice(
                    templates: installation.templates[$0], site: installation.appearance, topics: installation.topics)
            }
            let settings = installation.settings
            listHeaders = Result { () throws(MailError) in
                // What Gmail tells senders about complaints is counted by these: nothing but the list's name.
                try ListHeaders(
                    listID: settings.listID, listName: settings.siteName,
                    feedbackID: "digest:::\(installation.feedbackSender)", precedenceBulk: settings.precedenceBulk)
            }
        }
    }

    /// What speaks one language. Each has an edition of its own.
    private final class Voice: Sendable {
        let renderer: DigestRenderer
        let edition: DigestEdition
        let contentLanguage: Result<HeaderField, MailError>
        private let words: PickReasons
        private let topics: Topics
        private let language: Language

        init(templates: TemplateSet, site: SiteAppearance, topics: Topics) {
            self.topics = topics
            language = templates.texts.language
            renderer = DigestRenderer(templates: templates, site: site)
            edition = renderer.edition()
            words = PickReasons(templates.texts)
            let tag = templates.texts.language.tag
            contentLanguage = Result { () throws(MailError) in try HeaderField("Content-Language", tag) }
        }

        /// Nil for a topic that is gone.
        func title(ofTopic slug: String) -> String? { topics[slug: slug]?.title[language] }

        func reasons(for item: DigestItem) -> [String] {
            let topics = item.topics.compactMap { slug in
                title(ofTopic: slug).map { words.topic($0, terms: item.terms?[slug] ?? []) }
            }
            let filters = item.filters.map { words.filter($0, terms: item.terms?[$0] ?? []) }
            let likeness = item.because.map {
                words.likeness(
                    $0, terms: item.alike ?? [], author: item.author, isOfLibrary: item.isOfLibrary == true)
            }
            let followed = item.followed.map(words.followed)
            return [followed].compactMap(\.self) + topics + filters + [likeness].compactMap(\.self)
        }

        func group(of item: DigestItem) -> String? {
            if item.isBeyond == true { return words.beyond }
            if let title = item.group.flatMap({ title(ofTopic: $0) }) { return title }
            if !item.filters.isEmpty { return words.ownFilters }
            return item.followed == nil ? nil : words.followed
        }
    }

    private func voice(of subscriber: Subscriber) -> Voice { house.voices[house.installation.language(of: subscriber)] }

    /// Reads the papers of some deliveries that this composer does not know yet, for ``add(_:)``.
    func missingPapers(of deliveries: [ClaimedDelivery]) async throws -> [StoredPaper] {
        var missing: Set<Int64> = []
        for delivery in deliveries {
            for item in delivery.contents?.items ?? [] where !knows(item) { missing.insert(item.seq) }
        }
        return try await missingPapers(missing)
    }

    func missingPapers(_ seqs: Set<Int64>) async throws -> [StoredPaper] {
        try await house.installation.database.papers.papers(seqs: seqs.filter { papers.index(forKey: $0) == nil })
    }

    private func knows(_ item: DigestItem) -> Bool { papers.index(forKey: item.seq) != nil }

    mutating func add(_ stored: [StoredPaper]) {
        for paper in stored { papers[paper.seq] = paper.paper }
    }

    /// The same at every attempt, so that a message that comes twice shows once.
    func messageID(_ delivery: ClaimedDelivery) -> String {
        "\(house.installation.key.messageIDLocalPart(subscriber: delivery.subscriber.id, nonce: delivery.nonce))@\(house.installation.settings.from.address.asciiDomain)"
    }

    /// Why a delivery is no longer wanted; nil where it is.
    func reasonToSkip(_ delivery: ClaimedDelivery, at now: Date) -> String? {
        let state = delivery.subscriber.state
        if now >= delivery.expiresAt { return "out of date since \(delivery.expiresAt.formatted(.iso8601))" }
        if let items = delivery.contents?.items, !items.isEmpty, !items.contains(where: knows) {
            return "its papers are gone"
        }
        switch delivery.kind {
        case .digest, .welcome: return state == .active ? nil : "subscriber is \(state.rawValue)"
        case .confirm: return delivery.subscriber.isAwaited ? nil : "subscriber is \(state.rawValue)"
        case .confirmAgain: return state == .pending ? nil : "subscriber is \(state.rawValue)"
        case .goodbye: return state == .unsubscribed ? nil : "subscriber is \(state.rawValue)"
        case .newAddress, .links, .addition:
            return state.isReader ? nil : "subscriber is \(state.rawValue)"
        case .reminder, .addressChanged: return nil
        }
    }

    /// - Parameters:
    ///   - id: of ``messageID(_:)``.
    ///   - limit: the most bytes that its receiver takes. A digest is shrunk to it; it may be larger all the same where even
    ///     one paper is too much.
    /// - Throws: `MailError` for a message that no receiver would take.
    func compose(_ delivery: ClaimedDelivery, id: String, at now: Date, within limit: Int? = nil) throws
        -> OutgoingMessage
    {
        let message = try compose(delivery, id: id, at: now, bodyWithin: nil)
        guard let limit, message.count > limit, Self.shrinks(delivery) else { return message }
        return try compose(delivery, id: id, at: now, bodyWithin: max(0, limit - message.header.count - Self.spare))
    }

    /// Header fields may fold otherwise around another body's hash.
    private static let spare = 64

    /// Whether a mail can be made smaller.
    static func shrinks(_ delivery: ClaimedDelivery) -> Bool {
        delivery.kind == .digest && delivery.contents?.items.isEmpty == false
    }

    private func compose(_ delivery: ClaimedDelivery, id: String, at now: Date, bodyWithin limit: Int?) throws
        -> OutgoingMessage
    {
        let subscriber = delivery.subscriber
        let recipient = recipient(subscriber, at: now)
        let mail = render(delivery, for: recipient, at: now, within: limit)
        let message = try message(
            mail, to: subscriber, at: delivery.recipient,
            unsubscribeURL: Self.isOfTheList(delivery.kind) ? recipient.unsubscribeURL : nil, id: id, at: now)
        return OutgoingMessage(
            sender: house.installation.returnAddresses?.envelopeSender(
                subscriber: subscriber.id, nonce: delivery.nonce)
                ?? house.installation.settings.from.address.wire,
            recipient: delivery.recipient.wire,
            header: try message.header(signers: house.installation.signers), body: message.body.bytes)
    }

    /// Whether its recipient is on the list, and can leave it by the mail's own header.
    private static func isOfTheList(_ kind: DeliveryKind) -> Bool {
        switch kind {
        case .digest, .welcome, .reminder, .links, .addition: true
        case .confirm, .confirmAgain, .goodbye, .newAddress, .addressChanged: false
        }
    }

    private func render(
        _ delivery: ClaimedDelivery, for recipient: MailRecipient, at now: Date, within limit: Int?
    ) -> RenderedMail {
        let subscriber = delivery.subscriber
        let voice = voice(of: subscriber)
        switch delivery.kind {
        case .digest where delivery.contents?.items.isEmpty == true: return voice.renderer.note(recipient)
        case .digest:
            let make = { digest(delivery.contents, day: delivery.slot, subscriber) }
            guard let key = delivery.contentsKey else {
                return voice.edition.render(make(), for: recipient, within: limit)
            }
            return voice.edition.render(key: key, for: recipient, within: limit, make: make)
        case .confirm, .confirmAgain:
            let link = house.installation.links.confirm(
                subscriber: subscriber.id, epoch: subscriber.tokenEpoch, now: now)
            return voice.renderer.confirmation(
                address: subscriber.address.description, confirmURL: link, again: delivery.kind == .confirmAgain,
                reminds: delivery.kind == .confirm && subscriber.state == .pending
                    && house.installation.settings.signupRemindAfter > 0)
        case .welcome:
            let topics = subscriber.interests.topics.compactMap { voice.title(ofTopic: $0) }
            let first = subscriber.nextDigestAt.map {
                DigestMoment(date: $0, timeZone: subscriber.schedule.timeZone)
            }
            return voice.renderer.welcome(
                recipient,
                topics: topics + subscriber.interests.filters + subscriber.interests.authors.map(\.text),
                firstDigest: first,
                comesNow: delivery.announcesDigest)
        case .reminder: return voice.renderer.reminder(recipient)
        case .links: return voice.renderer.reminder(recipient, wereAsked: true)
        case .addition:
            let link = house.installation.links.addition(
                subscriber: subscriber.id, epoch: subscriber.tokenEpoch, slot: delivery.slot, now: now)
            return voice.renderer.addition(recipient, additionURL: link)
        case .goodbye:
            let undo = house.installation.links.undo(
                subscriber: subscriber.id, epoch: subscriber.tokenEpoch, now: now)
            return voice.renderer.goodbye(
                address: subscriber.address.description, undoURL: subscriber.leftFrom == nil ? nil : undo)
        case .newAddress:
            let link = house.installation.links.newAddress(
                delivery.recipient.description, subscriber: subscriber.id, epoch: subscriber.tokenEpoch, now: now)
            return voice.renderer.newAddress(address: delivery.recipient.description, confirmURL: link)
        case .addressChanged: return voice.renderer.addressChanged(from: delivery.recipient.description)
        }
    }

    /// A digest as it would be rendered for a preview, and the message it would be.
    func preview(
        _ contents: DigestContents, for subscriber: Subscriber, at now: Date
    ) throws -> (mail: RenderedMail, message: [UInt8]) {
        let slot = subscriber.schedule.slot(of: now)
        let recipient = recipient(subscriber, at: now)
        let mail = voice(of: subscriber).edition.render(digest(contents, day: slot, subscriber), for: recipient)
        return (mail, try previewed(mail, for: subscriber, recipient, at: now))
    }

    /// The same for what stands in for a digest where nothing new matches.
    func previewedNote(for subscriber: Subscriber, at now: Date) throws -> (mail: RenderedMail, message: [UInt8]) {
        let recipient = recipient(subscriber, at: now)
        let mail = voice(of: subscriber).renderer.note(recipient)
        return (mail, try previewed(mail, for: subscriber, recipient, at: now))
    }

    private func previewed(
        _ mail: RenderedMail, for subscriber: Subscriber, _ recipient: MailRecipient, at now: Date
    ) throws -> [UInt8] {
        let id = "preview.\(now.milliseconds)@\(house.installation.settings.from.address.asciiDomain)"
        let message = try message(
            mail, to: subscriber, at: subscriber.address, unsubscribeURL: recipient.unsubscribeURL, id: id, at: now)
        return try message.serialised(signers: house.installation.signers)
    }

    /// A previewed message with the envelope of a real one. What comes back is about a mail that is not known.
    func envelope(_ subscriber: Subscriber, around message: [UInt8]) -> OutgoingMessage {
        OutgoingMessage(
            sender: house.installation.returnAddresses?.envelopeSender(
                subscriber: subscriber.id, nonce: Int64.random(in: 1...Int64.max))
                ?? house.installation.settings.from.address.wire,
            recipient: subscriber.address.wire, bytes: message)
    }

    private func digest(_ contents: DigestContents?, day: String, _ subscriber: Subscriber) -> Digest {
        let voice = voice(of: subscriber)
        // Two papers may turn out to be one after the digest was written.
        var seen: Set<PaperID> = []
        let picks = (contents?.items ?? []).compactMap { item -> Pick? in
            guard let paper = papers[item.seq], seen.insert(paper.id).inserted else { return nil }
            return Pick(paper: paper, reasons: voice.reasons(for: item), group: voice.group(of: item), seq: item.seq)
        }
        let date = CivilDate(day) ?? subscriber.schedule.timeZone.day(of: house.installation.clock.now)
        return Digest(day: date, picks: picks, more: contents?.more ?? 0)
    }

    private func recipient(_ subscriber: Subscriber, at now: Date) -> MailRecipient {
        MailRecipient(
            address: subscriber.address.description,
            subscribedOn: subscriber.schedule.timeZone.day(of: subscriber.confirmedAt ?? subscriber.createdAt),
            preferencesURL: house.installation.links.preferences(
                subscriber: subscriber.id, epoch: subscriber.tokenEpoch, now: now),
            unsubscribeURL: house.installation.links.unsubscribe(
                subscriber: subscriber.id, epoch: subscriber.tokenEpoch),
            marksURL: house.installation.settings.digestMarks
                ? house.installation.links.marks(subscriber: subscriber.id, epoch: subscriber.tokenEpoch) : nil)
    }

    /// - Parameters:
    ///   - address: where it goes.
    ///   - unsubscribeURL: nil for a mail that is not the list's.
    private func message(
        _ mail: RenderedMail, to subscriber: Subscriber, at address: Address, unsubscribeURL: String?, id: String,
        at now: Date
    ) throws -> MIMEMessage {
        var extra: [HeaderField]
        if let unsubscribeURL {
            extra = try house.listHeaders.get().fields(
                unsubscribeURL: unsubscribeURL,
                unsubscribeMailto: house.installation.returnAddresses.map {
                    "mailto:\($0.leaving(subscriber: subscriber.id, epoch: subscriber.tokenEpoch))?subject=unsubscribe"
                })
        } else {
            // Nobody is on a list before they have confirmed, or after they left; but no autoresponder should answer (RFC 3834).
            extra = [try HeaderField("Auto-Submitted", "auto-generated"), ListHeaders.noAnswers]
        }
        extra.append(try voice(of: subscriber).contentLanguage.get())
        return MIMEMessage(
            from: house.installation.settings.from, to: Mailbox(address: address),
            replyTo: house.installation.settings.replyTo, subject: mail.subject, date: now, messageID: id, extra: extra,
            body: mail.body)
    }
}
