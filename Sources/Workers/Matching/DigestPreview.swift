import Foundation
import Mail
import Store
import Transport

/// A digest as it would be sent now.
public struct PreviewedDigest: Sendable {
    /// The whole message, as it would go out.
    public let message: [UInt8]
    public let subject: String
    public let html: String
    public let text: String
    /// Whether nothing new matched, so that papers the reader may have had stand in it.
    public let isRepeat: Bool
}

/// Makes a subscriber's digest without sending or recording anything.
public struct DigestPreview: Sendable {
    private let installation: Installation

    public init(_ installation: Installation) { self.installation = installation }

    /// The digest of what is new to the subscriber, else of the newest papers; nil where none of them matches either.
    public func digest(for subscriber: Subscriber) async throws -> PreviewedDigest? {
        let new = try await installation.database.papers.surfaced(after: subscriber.lastSeq, limit: 5000)
        if let digest = try await digest(for: subscriber, from: new, after: subscriber.lastSeq, isRepeat: false) {
            return digest
        }
        let newest = try await installation.database.papers.newest(limit: 500)
        return try await digest(for: subscriber, from: newest, after: 0, isRepeat: true)
    }

    /// The same as a message that can be sent; a note that there is nothing new where no paper matches.
    func mail(for subscriber: Subscriber) async throws -> (subject: String, message: OutgoingMessage) {
        let composer = MessageComposer(installation)
        if let digest = try await digest(for: subscriber) {
            return (digest.subject, composer.envelope(subscriber, around: digest.message))
        }
        let (mail, message) = try composer.previewedNote(for: subscriber, at: installation.clock.now)
        return (mail.subject, composer.envelope(subscriber, around: message))
    }

    private func digest(
        for subscriber: Subscriber, from papers: [StoredPaper], after seq: Int64, isRepeat: Bool
    ) async throws -> PreviewedDigest? {
        let now = installation.clock.now
        let matcher = try await Matcher(papers: papers, for: subscriber.interests, in: installation)
        let affinities = try await PreferenceProfiles(installation.database).affinities(
            of: [subscriber.id], among: papers)
        let picker = DigestPicker(matcher, now: now)
        guard let contents = picker.contents(for: subscriber, after: seq, had: [], affinities[subscriber.id]) else {
            return nil
        }
        var composer = MessageComposer(installation)
        composer.add(try await composer.missingPapers(Set(contents.items.map(\.seq))))
        let (mail, message) = try composer.preview(contents, for: subscriber, at: now)
        return PreviewedDigest(
            message: message, subject: mail.subject, html: mail.html, text: mail.text, isRepeat: isRepeat)
    }
}
