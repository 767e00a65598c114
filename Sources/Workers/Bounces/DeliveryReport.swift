import Mail
import Store
import Transport

/// Reports of delivery by fields (RFC 3464), read leniently.
enum DeliveryReport {
    /// - Parameter notice: what the report says for people.
    /// - Returns: nil where there is no report, or one that says nothing.
    static func read(_ message: ParsedMessage, _ notice: String) -> ReturnedMail? {
        let report = ReturnedText.own(message).first { types.contains($0.contentType) }
        guard let report else { return nil }
        return read(ParsedFields.groups(in: report.beginning), notice)
    }

    /// A report that somebody has sent on, wrapped in a message.
    static func readWithin(_ message: ParsedMessage) -> ReturnedMail? {
        for part in message.allParts where part.contentType == "message/rfc822" {
            guard let inner = part.parts.first, let read = read(inner, ReturnedText(inner).text) else { continue }
            return read
        }
        return nil
    }

    private static let types: Set<String> = ["message/delivery-status", "message/global-delivery-status"]

    private static func read(_ groups: [ParsedFields], _ notice: String) -> ReturnedMail? {
        // The first group tells of the message, each further one of a recipient; some put all into one.
        let recipients = groups.filter { group in ["action", "status", "diagnostic-code"].contains { group[$0] != nil }
        }
        if let failed = recipients.first(where: isFailure) { return failure(failed, notice) }
        guard let delayed = recipients.first(where: { $0["action"] != nil || $0["status"] != nil }) else { return nil }
        return isFinal(delayed, notice) ? failure(delayed, notice) : .delay
    }

    /// `failed` is the word (RFC 3464 section 2.3.3); `failure` and `error` are in use too.
    private static func isFailure(_ fields: ParsedFields) -> Bool {
        guard let action = fields["action"]?.lowercased() else { return fields["status"]?.hasPrefix("5") ?? false }
        return ["fail", "error", "undeliver", "expired", "bounced", "rejected"].contains { action.hasPrefix($0) }
    }

    /// OpenSMTPD calls its last report `delayed` too, and says in words that it gave up.
    private static func isFinal(_ fields: ParsedFields, _ notice: String) -> Bool {
        guard fields["action"]?.lowercased().hasPrefix("delayed") ?? true, fields["will-retry-until"] == nil
        else { return false }
        let text = FoldedText((fields["diagnostic-code"] ?? "") + " " + notice)
        return !ends.found(in: text.bytes).isEmpty
    }

    private static let ends = PhraseScanner([
        "envelope expired", "message expired", "message has expired", "giving up", "given up", "gave up",
        "permanent error",
        "failed permanently", "will not be retried",
    ])

    private static func failure(_ fields: ParsedFields, _ notice: String) -> ReturnedMail {
        var diagnostic = StatusText.withoutKind(fields["diagnostic-code"] ?? "")
        // Some write the reason behind the code: `5.1.1 (no such user)`; Exchange writes it for itself, beside a bare code.
        for more in [fields["status"], fields["action"]].compactMap(\.self) where more.contains("(") {
            diagnostic += (diagnostic.isEmpty ? "" : " ") + more.drop { $0 != "(" }
        }
        let evidence = FailureEvidence(
            diagnostic: diagnostic, status: fields["status"].flatMap { StatusText($0).enhanced }, notice: notice)
        let shown = [diagnostic, WordyBounce.reason(notice), fields["status"]].compactMap(\.self).first { !$0.isEmpty }
        return .failure(evidence, shown: shown ?? "no reason given")
    }
}
