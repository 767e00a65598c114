import Foundation
import Mail
import Testing

@testable import Workers

/// Reports that Postfix, Exim, OpenSMTPD, Sendmail, Courier and DragonFly's dma wrote about mails that a server refused in each of
/// some ways, one file a report: see `Returned/Real`.
@Suite("Reports of mail systems that ran here")
struct RealReportTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Real")

    static let files: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".eml") }
        .sorted()

    /// What the local part of the recipient's address stands for.
    private static let expected: [(recipient: String, fault: BounceShape.Expected)] = [
        ("gone@example.net", .fault(.unknownMailbox)), ("full@example.net", .fault(.fullMailbox)),
        ("rate@example.net", .fault(.policy)), ("blocked@example.net", .fault(.policy)),
        ("spam@example.net", .fault(.content)), ("soft@example.net", .fault(.expired)),
        ("ada@down.example", .fault(.expired)), ("ada@gone.example", .fault(.expired)),
        // `550 no` says nothing; Sendmail makes 5.1.1 of it.
        ("bare@example.net", .fault(.undeliverable)), ("nodata@example.net", .fault(.undeliverable)),
        ("old@example.net", .fault(.unknownMailbox)), ("multi@example.net", .fault(.unknownMailbox)),
        ("nosuch@local.example.com", .fault(.unknownMailbox)), ("five@example.net", .fault(.fullMailbox)),
        ("ada@local.example.com", .fault(.fullMailbox)), ("large@example.net", .fault(.content)),
        ("ada@vanished.example", .fault(.undeliverable)),
    ]

    @Test("are read as what happened", arguments: files)
    func read(file: String) throws {
        let bytes = Array(try Data(contentsOf: Self.folder.appending(path: file)))
        let text = String(decoding: bytes, as: UTF8.self)
        let verdict = ReturnedMail(ParsedMessage(bytes))
        let row = try #require(Self.expected.first { text.contains($0.recipient) })
        switch verdict {
        case .delay:
            // What nobody could take yet was told of before it was given up.
            #expect(
                [.fault(.expired), .fault(.fullMailbox)].contains(row.fault) && text.lowercased().contains("delayed"))
        case .failure(let fault, let diagnostic): #expect(.fault(fault) == row.fault, "\(diagnostic)")
        default: throw Unread(file)
        }
    }

    @Test("are there for each of them")
    func each() {
        for system in ["courier", "dma", "exim", "opensmtpd", "postfix", "sendmail"] {
            #expect(Self.files.count { $0.hasPrefix(system) } >= 6, "\(system)")
        }
    }

    private struct Unread: Error {
        init(_ file: String) { Issue.record("\(file) is no report") }
    }
}
