import Foundation
import Mail
import Store

/// Bounces in words alone: qmail, Exim, older Exchange and Gmail, and what else says that it could not deliver.
enum WordyBounce {
    /// Nil where it is no bounce, which most mails show by their header alone.
    static func read(_ message: ParsedMessage) -> ReturnedMail? {
        let namesFailures = message.fields["x-failed-recipients"] != nil
        guard namesFailures || isSystem(message) else { return nil }
        let words = words(message)
        let folded = words.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard namesFailures || (failures + delays + openings).contains(where: folded.contains) else { return nil }
        if delays.contains(where: folded.contains), !failures.contains(where: folded.contains) { return .delay }
        let reason = reason(words)
        let status = StatusText(reason)
        return .failure(
            DeliveryFault(enhanced: status.enhanced, code: status.code, words: folded),
            diagnostic: HeaderText.shortened(HeaderText.cleaned(reason), to: 300))
    }

    /// What the writer says before the copy of our message begins, which may hold any words.
    static func words(_ message: ParsedMessage) -> String {
        guard let part = message.part("text/plain") ?? message.part("text/html") else { return "" }
        let bytes = part.contentType == "text/html" ? withoutTags(part.beginning) : Array(part.beginning)
        var lines: [Substring] = []
        for line in String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", maxSplits: mostLines, omittingEmptySubsequences: false
        ).prefix(mostLines) {
            let folded = line.lowercased()
            if copies.contains(where: folded.contains) { break }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }

    static func saysFull(_ words: String) -> Bool {
        let words = words.lowercased()
        return full.contains(where: words.contains)
    }

    /// HTML with a blank for each tag; a `<` that nothing closes stays with what follows it.
    private static func withoutTags(_ html: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(html.count)
        var rest = html
        while let start = rest.firstIndex(of: UInt8(ascii: "<")),
            let end = rest[start...].firstIndex(of: UInt8(ascii: ">"))
        {
            text.append(contentsOf: rest[..<start])
            text.append(0x20)
            rest = rest[(end + 1)...]
        }
        return text + rest
    }

    /// Whether a machine of the mail system wrote it, as far as its header says.
    private static func isSystem(_ message: ParsedMessage) -> Bool {
        let from = (message.fields["from"] ?? "").lowercased()
        return ["mailer-daemon", "postmaster", "mail delivery", "microsoftexchange"].contains { from.contains($0) }
            || message.fields["return-path"] == "<>"
    }

    /// The line that says why: the first with a code, else the first with words that are known, else what there is.
    private static func reason(_ words: String) -> String {
        let lines = words.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        let codes = lines.map { StatusText($0) }
        let folded = lines.map { $0.lowercased() }
        let line =
            codes.firstIndex { $0.enhanced != nil } ?? codes.firstIndex { $0.code != nil }
            ?? folded.firstIndex { full.contains(where: $0.contains) }
            ?? folded.firstIndex { failures.contains(where: $0.contains) }
        return line.map { lines[$0] } ?? lines.first ?? "no reason given"
    }

    /// The lines of a mail that are looked at.
    private static let mostLines = 200

    /// How such mails begin.
    private static let openings = [
        "this is the qmail-send program", "created automatically by mail delivery software", "delivery has failed",
        "did not reach some or all", "delivery status notification", "delivery to the following recipient",
        "undelivered mail returned", "undeliverable", "could not be delivered", "couldn't be delivered",
        "your message wasn't delivered",
    ]
    private static let failures = [
        "permanent failure", "permanent error", "failed permanently", "could not be delivered", "couldn't be delivered",
        "wasn't delivered", "unable to deliver", "i couldn't find any host", "sorry, no mailbox", "unknown user",
        "user unknown", "no such user", "does not exist", "doesn't exist", "unrouteable address", "delivery has failed",
        "did not reach", "i've given up", "address not found", "mailbox unavailable", "unable to find the recipient",
        "retry timeout exceeded",
    ]
    private static let delays = [
        "has not yet been delivered", "will keep trying", "will be retried", "delivery is delayed",
        "warning message only",
        "not yet been delivered", "delayed", "will continue to try",
    ]
    private static let full = [
        "mailbox full", "mailbox is full", "over quota", "overquota", "quota exceeded", "exceeded storage",
        "exceeded its quota",
        "out of storage", "insufficient storage", "exceeds quota", "storage limit", "disk quota",
    ]
    /// Where the copy of our message begins.
    private static let copies = [
        "--- below this line is a copy", "this is a copy of the message", "original message follows",
        "original headers",
        "----- original message", "---------- forwarded", "included below", "the returned message is",
    ]
}
