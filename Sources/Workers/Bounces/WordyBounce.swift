import Foundation
import Store

/// Bounces in words alone: qmail, Exim, older Exchange and Gmail, and what else says that it could not deliver.
enum WordyBounce {
    /// Nil where it is no bounce, which most mails show by their header alone.
    static func read(_ header: ReturnedHeader, _ notice: String) -> ReturnedMail? {
        let isSystem = header.isFromSystem || header.isNotice || opens(notice)
        guard isSystem || header.looksLikeNotice else { return nil }
        let text = FoldedText(notice)
        // A warning tells what failed so far, too; only words of an end speak against it.
        if !warnings.found(in: text.bytes).isEmpty, ends.found(in: text.bytes).isEmpty { return .delay }
        let isFailure = !failures.found(in: text.bytes).isEmpty
        if !delays.found(in: text.bytes).isEmpty, !isFailure { return .delay }
        // Of whom nothing shows that it is a mail system, both are wanted: that it failed, and why.
        let isBounce =
            isSystem
            ? header.namesFailures || isFailure || says(text, notice) || saysFailure(header)
            : isFailure && says(text, notice)
        guard isBounce else { return nil }
        let reason = reason(notice) ?? ""
        return .failure(
            FailureEvidence(diagnostic: notice, status: nil, notice: ""),
            shown: reason.isEmpty ? "no reason given" : reason)
    }

    /// Whether there is a reason in a text, by words or by a code.
    private static func says(_ text: FoldedText, _ notice: String) -> Bool {
        if let words = Evidence.words(in: text), words.isClear || words == .perhapsUnknown { return true }
        return StatusText(notice).enhanced?.category == 5
    }

    /// Some mail systems say that it failed in the subject only.
    private static func saysFailure(_ header: ReturnedHeader) -> Bool {
        header.isFromDaemon && !failures.found(in: FoldedText(header.subject).bytes).isEmpty
    }

    /// Programs that begin with words of their own, whoever they say they are.
    private static func opens(_ notice: String) -> Bool {
        !openings.found(in: FoldedText(String(notice.prefix(400))).bytes).isEmpty
    }

    /// The line that says why: the first with a code, else the first with words that are known, else the first.
    static func reason(_ notice: String) -> String? {
        let lines = notice.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        let codes = lines.map { StatusText($0) }
        let line =
            codes.firstIndex { $0.enhanced != nil } ?? codes.firstIndex { $0.code != nil }
            ?? lines.firstIndex { Evidence.words(in: FoldedText($0))?.isClear ?? false }
        return line.map { lines[$0] } ?? lines.first
    }

    private static let openings = PhraseScanner([
        "this is the qmail-send program", "this message was created automatically by mail delivery software",
        "this is the mail delivery*", "this is the mail system at host",
        "this is an automatically generated delivery status",
    ])

    private static let failures = PhraseScanner([
        "permanent failure", "permanent error", "permanent fatal error*", "permanently failed", "failed permanently",
        "permanent problem", "fatal error*", "could not be delivered", "couldn't be delivered", "can not be delivered",
        "cannot be delivered", "can't be delivered", "wasn't delivered", "was not delivered", "not been delivered",
        "not delivered",
        "could not deliver", "couldn't deliver", "cannot deliver", "can't deliver", "not able to deliver",
        "wasn't able to deliver",
        "unable to deliver", "failed to deliver", "did not deliver", "undeliverable", "undelivered",
        "undeliverable mail",
        "is not deliverable", "nondeliverable", "delivery has failed", "delivery failed", "delivery failure",
        "delivery to",
        "failed delivery", "delivery unsuccessful", "delivery error*", "delivery problem", "not be delivered",
        "failed recipients", "returned mail", "was aborted", "has been rejected", "was rejected", "rejected recipient*",
        "responded as follows", "were rejected",
        "rejected by",
        "refused by",
        "message rejected", "been returned", "returned to sender", "returning message", "did not reach",
        "could not be reached",
        "couldn't reach", "could not be sent", "couldn't be sent", "cannot be sent", "unable to send", "i've given up",
        "giving up",
        "given up", "transcript of session", "following address*", "following recipient*", "failed address*",
        "failed recipient*",
        "failed for the following", "mail failure", "message failure",
        "error delivering",
        "problem delivering", "problems delivering", "delivery problem*", "unable to find the recipient",
        "recipient(s) could not*", "not find the following", "nicht zugestellt", "nicht ausgeliefert", "unzustellbar*",
        "zustellung fehlgeschlagen", "konnte nicht*",
        "nicht zustellbar",
        "pas pu être", "n'a pas été remis", "non remis", "impossible de", "n'a pu être", "no se pudo", "no pudo",
        "no se ha podido",
        "no ha podido", "no puede ser", "non è stato possibile", "non recapit*", "impossibile", "não foi possível",
        "não pôde ser", "não pode ser", "не удалось*", "не может быть*", "не была доставлена*", "не было доставлено*",
        "невозможно*", "недоставл*", "niet worden bezorgd", "kon niet", "nie może być", "nie mogła", "kunde inte",
        "配信できません*", "配信されません*", "配信できなかった*", "送信できません*", "送信できなかった*", "届けることができません*", "お届けできません*",
        "配送できません*", "エラーが発生*", "失敗*", "未送达*", "未能送达*", "无法送达*", "无法投递*", "投递失败*", "退回*", "无法发送*", "無法傳遞*",
        "無法送達*", "配送失敗*",
    ])

    private static let ends = PhraseScanner([
        "permanent failure", "permanent error", "permanent fatal error*", "permanently failed", "failed permanently",
        "given up", "giving up", "gave up", "expired", "retry timeout exceeded", "has been returned",
    ])

    private static let warnings = PhraseScanner([
        "has not yet been delivered", "not yet been delivered", "have not yet been delivered", "has been delayed",
        "warning message only", "warning only", "will keep trying", "keep trying", "will be retried", "will retry",
        "will continue to try", "will continue trying", "still trying", "will try again",
        "delivery attempts will continue",
        "you do not need to resend", "do not need to resend", "delivery incomplete", "still undelivered",
        "not yet delivered",
        "temporarily undeliverable", "temporarily unable to deliver", "further attempts", "will be attempted",
        "continue to be attempted", "wurde verzögert", "sera retardé*", "no action is required on your part",
    ])

    private static let delays = PhraseScanner(["delivery is delayed", "delayed", "delay", "deferred", "verzögert"])
}
