import Foundation
import Mail
import Store

/// Bounces in words alone: qmail, Exim, older Exchange and Gmail, and what else says that it could not deliver.
enum WordyBounce {
    /// Nil where it is no bounce.
    static func read(_ message: ParsedMessage) -> ReturnedMail? {
        let words = words(message)
        let folded = words.lowercased().replacing(#/\s+/#, with: " ")
        guard isBounce(message, folded) else { return nil }
        if delays.contains(where: folded.contains), !failures.contains(where: folded.contains) { return .delay }
        let reason = reason(words)
        let status = StatusText(reason)
        return .failure(
            DeliveryFault(enhanced: status.enhanced, code: status.code, words: folded),
            diagnostic: HeaderText.shortened(HeaderText.cleaned(reason), to: 300))
    }

    /// What the writer says before the copy of our message begins, which may hold any words.
    static func words(_ message: ParsedMessage) -> String {
        let part = message.part("text/plain") ?? message.part("text/html")
        var text = part?.text ?? ""
        if part?.contentType == "text/html" { text = text.replacing(#/<[^>]*>/#, with: " ") }
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(200) {
            if copies.contains(where: { line.lowercased().contains($0) }) { break }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }

    static func saysFull(_ words: String) -> Bool {
        let words = words.lowercased()
        return full.contains(where: words.contains)
    }

    private static func isBounce(_ message: ParsedMessage, _ words: String) -> Bool {
        if message.fields["x-failed-recipients"] != nil { return true }
        let from = (message.fields["from"] ?? "").lowercased()
        let isSystem =
            ["mailer-daemon", "postmaster", "mail delivery", "microsoftexchange"].contains { from.contains($0) }
            || message.fields["return-path"] == "<>"
        return isSystem && (failures + delays + openings).contains(where: words.contains)
    }

    /// The line that says why: the first with a code, else the first with words that are known, else what there is.
    private static func reason(_ words: String) -> String {
        let lines = words.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        func first(_ wanted: (String) -> Bool) -> String? { lines.first(where: wanted) }
        return first { StatusText($0).enhanced != nil } ?? first { StatusText($0).code != nil }
            ?? first { line in full.contains { line.lowercased().contains($0) } }
            ?? first { line in failures.contains { line.lowercased().contains($0) } } ?? lines.first
            ?? "no reason given"
    }

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
