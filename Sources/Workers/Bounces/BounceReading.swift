import Mail
import Papers
import Site

/// What a mail that came back says and what it is about, read from its bytes alone: nothing is asked and nothing changed.
///
/// Each part is looked at up to ``ParsedMessage/mostLooked`` bytes, and all of them together up to ``mostLooked``: a
/// bounce says what it has to say at its beginning, and names our mail in its header or in the header of the copy.
struct BounceReading: Sendable {
    let verdict: ReturnedMail
    /// Of our addresses it was sent to, for a mail that is about no delivery.
    let recipients: [ReturnAddresses.Subject]
    /// The mails it may be about, likeliest first.
    let deliveries: [Mail]

    /// A mail of ours, by what its Message-ID and its envelope sender hold.
    struct Mail: Hashable {
        let subscriber: Int64
        let nonce: Int64
    }

    /// The text of all parts that is searched for our marks.
    private static let mostLooked = 1 << 20

    private static let recipientFields: Set<String> = [
        "to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-rcpt-to",
        "x-forwarded-to", "received",
    ]

    init(_ bytes: [UInt8], key: SiteKey, addresses: ReturnAddresses?) {
        let message = ParsedMessage(bytes)
        verdict = ReturnedMail(message)
        let sentTo = message.fields.all.filter { Self.recipientFields.contains($0.name) }
            .flatMap { addresses?.subjects(in: $0.value.utf8) ?? [] }
        switch verdict {
        case .delay: (recipients, deliveries) = ([], [])
        // Only the address it was sent to counts: a copy of our mail in somebody's answer holds one too.
        case .other: (recipients, deliveries) = (sentTo, [])
        case .failure, .complaint:
            recipients = []
            // The copy of our message, or of its header, names it twice: by its envelope sender and by its Message-ID.
            let text = Self.searched(message)
            let named = (sentTo + (addresses?.subjects(in: text) ?? [])).compactMap { subject -> Mail? in
                guard case .delivery(let subscriber, let nonce) = subject else { return nil }
                return Mail(subscriber: subscriber, nonce: nonce)
            }
            var known: Set<Mail> = []
            deliveries = (named + Self.messageIDs(in: text, key: key)).filter { known.insert($0).inserted }
        }
    }

    private static func searched(_ message: ParsedMessage) -> [UInt8] {
        var text: [UInt8] = []
        for part in message.allParts where text.count < mostLooked {
            for field in part.fields.all {
                text.append(contentsOf: field.value.utf8.prefix(ParsedMessage.mostLooked))
                text.append(0x0A)
            }
            text.append(contentsOf: part.beginning)
            text.append(0x0A)
        }
        return Array(text.prefix(mostLooked))
    }

    /// Our Message-IDs, `SUBSCRIBER.NONCE.CODE@`, hold a code that only we can make.
    private static func messageIDs(in text: [UInt8], key: SiteKey) -> [Mail] {
        var found: [Mail] = []
        var position = 0
        while let at = text[position...].firstIndex(of: UInt8(ascii: "@")) {
            let word = text[position..<at].suffix(longestID).reversed().prefix(while: isOfID).reversed()
            position = at + 1
            let id = String(decoding: word, as: UTF8.self)
            let parts = id.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, let subscriber = WholeNumber.parse(parts[0], in: 0...Int64.max),
                let nonce = WholeNumber.parse(parts[1], in: 0...Int64.max),
                key.messageIDLocalPart(subscriber: subscriber, nonce: nonce) == id
            else { continue }
            found.append(Mail(subscriber: subscriber, nonce: nonce))
        }
        return found
    }

    /// Two numbers of 19 digits at most, and a code of 24.
    private static let longestID = 19 + 1 + 19 + 1 + 24

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isOfID(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ".") || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

extension ParsedMessage {
    /// The bytes of a part that are looked at.
    static let mostLooked = 64 << 10

    /// The first ``mostLooked`` bytes of the body.
    var beginning: ArraySlice<UInt8> { body.prefix(Self.mostLooked) }
}
