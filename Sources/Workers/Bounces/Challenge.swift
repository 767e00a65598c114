/// Programs that ask a sender to prove itself before a mail is shown; some write their question as a delivery report.
enum Challenge {
    static func isOne(_ header: ReturnedHeader, _ notice: String) -> Bool {
        // A relay that quotes a refusal of this kind reports a failure.
        !header.isFromDaemon && !questions.found(in: FoldedText(notice).bytes).isEmpty
    }

    private static let questions = PhraseScanner([
        "been waitlisted", "was waitlisted", "guest list", "add yourself to my", "one-time automated message",
        "one-time confirmation", "one-time verification", "you are a real person", "you're a real person",
        "you are human", "you're human", "you are a human", "you are not a robot", "you are not a spammer",
        "you're not a spammer", "is protected by bluebottle", "is protected by a spam*", "spam arrest",
        "challenge-response", "challenge/response", "sender not pre-approved",
    ])
}
