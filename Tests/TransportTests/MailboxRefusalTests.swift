import Testing

@testable import Transport

@Suite("Why a mailbox stays shut")
struct MailboxRefusalTests {
    @Test(
        "is told by what the server said, not only by the refused login",
        arguments: [
            (
                "Dovecot, wrong password", ["A002 NO [AUTHENTICATIONFAILED] Authentication failed."], "Login denied",
                .credentials
            ),
            ("Cyrus, wrong password", ["A002 NO Login failed: authentication failure"], "Login denied", .credentials),
            ("a POP3 server, wrong password", ["-ERR [AUTH] Authentication failed."], "Access denied: -", .credentials),
            ("Courier, wrong password", ["-ERR Login failed."], "Access denied: -", .credentials),
            ("Dovecot, expired password", ["A002 NO [EXPIRED] Password expired"], "Login denied", .credentials),
            (
                "Cyrus, login delay", ["-ERR [LOGIN-DELAY] Logins must be at least 5 minutes apart"], "Access denied",
                .tryLater
            ),
            (
                "a POP3 server, login interval", ["-ERR minimum interval between logins is 60 s"], "Access denied",
                .tryLater
            ),
            (
                "a POP3 server, in use", ["-ERR [IN-USE] Do you have another POP session running?"], "Access denied",
                .tryLater
            ),
            ("a POP3 server, locked", ["-ERR maildrop is locked by another session"], "Access denied", .tryLater),
            (
                "Dovecot, its users' database is down", ["A002 NO [UNAVAILABLE] Temporary authentication failure."],
                "Login denied", .tryLater
            ),
            (
                "Dovecot over POP3, the same", ["-ERR [SYS/TEMP] Temporary authentication failure."], "Access denied",
                .tryLater
            ),
            (
                "Gmail, too many sessions", ["A002 NO [ALERT] Too many simultaneous connections. (Failure)"],
                "Login denied", .tryLater
            ),
            ("a full server", ["* BYE Too many connections, try again later"], "Login denied", .tryLater),
            (
                "Dovecot, wrong folder", ["A002 OK Logged in", "A003 NO [NONEXISTENT] Mailbox doesn't exist: Nowhere"],
                "Select failed", .folder
            ),
            (
                "Cyrus, wrong folder", ["A002 OK User logged in", "A003 NO Mailbox does not exist"], "Select failed",
                .folder
            ),
            ("a folder of others", ["A003 NO [NOPERM] Permission denied"], "Login denied", .folder),
            (
                "SCRAM alone", ["* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=SCRAM-SHA-256", "A001 OK done"],
                "Login denied", .mechanism
            ),
            ("XOAUTH2 alone", ["* CAPABILITY IMAP4rev1 AUTH=XOAUTH2", "A001 OK done"], "Login denied", .mechanism),
            (
                "Gmail without passwords", ["A002 NO [ALERT] Application-specific password required"], "Login denied",
                .mechanism
            ),
        ] as [(String, [String], String, MailboxRefusal.Cause)])
    func causes(name: String, lines: [String], failure: String, cause: MailboxRefusal.Cause) {
        #expect(MailboxRefusal(lines: lines, failure: failure).cause == cause, "\(name)")
    }
}
