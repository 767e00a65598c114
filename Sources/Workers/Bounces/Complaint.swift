import Mail

/// Reports that a reader did not want a mail of ours.
enum Complaint {
    /// Nil where it is none.
    static func read(_ message: ParsedMessage, _ header: ReturnedHeader, _ notice: String) -> ReturnedMail? {
        if let report = message.part("message/feedback-report"),
            let fields = ParsedFields.groups(in: report.beginning).first
        {
            let type = fields["feedback-type"]?.lowercased() ?? "abuse"
            // It was in the spam folder and should not have been; authentication reports say nothing of the reader.
            return ["not-spam", "auth-failure", "dmarc"].contains(type) ? .other : .complaint(type)
        }
        return isFromProvider(message) ? .complaint("abuse") : nil
    }

    /// Outlook's Junk Mail Reporting Program, and others that send the mail itself under a subject of their own, or, by way
    /// of some mail programs, the mail alone with a field of theirs.
    private static func isFromProvider(_ message: ParsedMessage) -> Bool {
        let fields = message.fields
        if fields["x-hmxmroriginalrecipient"] != nil { return true }
        guard let copy = message.part("message/rfc822") else { return false }
        let subject = (fields["subject"] ?? "").lowercased()
        let from = (fields["from"] ?? "").lowercased()
        return subjects.contains { subject.hasPrefix($0) } || senders.contains { from.contains($0) }
            || copy.allParts.contains { $0.fields["x-hmxmroriginalrecipient"] != nil }
    }

    private static let subjects = ["complaint about message from", "email feedback report for ip", "[spamcop ("]
    private static let senders = ["staff@hotmail.com", "scomp@aol.net", "feedback@arf.mail.yahoo.com"]
}
