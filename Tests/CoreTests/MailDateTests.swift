import Foundation
import Testing

@testable import Core

@Suite("Dates of mails")
struct MailDateTests {
    @Test(
        "dates are RFC 5322's, in any year and zone",
        arguments: [
            (0, 0, "Thu, 1 Jan 1970 00:00:00 +0000"),
            (1_795_415_400, 0, "Mon, 23 Nov 2026 06:30:00 +0000"),
            (1_795_415_400, 19_800, "Mon, 23 Nov 2026 12:00:00 +0530"),
            (1_795_415_400, -28_800, "Sun, 22 Nov 2026 22:30:00 -0800"),
            (951_782_400, 0, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (-1, 0, "Wed, 31 Dec 1969 23:59:59 +0000"),
        ])
    func dates(seconds: Int, offset: Int, text: String) {
        #expect(MailDate.string(Date(timeIntervalSince1970: Double(seconds)), offset: offset) == text)
    }
}
