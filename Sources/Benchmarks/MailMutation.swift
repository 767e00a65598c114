import Foundation
import TestTools

/// One damage to a mail that came back, of those that readers of mail stumble over.
enum MailMutation {
    /// What is repeated: one character, or the beginning of something that a reader looks for.
    private static let runs = [
        "<", ">", "&", " ", "\t", "=", "0", "5", ".", "a", "-", "@", "\"", "\\", "(", ")", ";", ":", ",", "\r", "\n",
        "\r\n",
        "\u{0}", "é", "\u{301}", "<a", "<!--", "&amp;", "&lt;", "=3D", "=\n", "5.1.", "5.1.1", " 5.1.1", "550 ", "550-",
        "1.", "12", "a.", "@example.org", "a@example.org ", "<>", "/*", "--b\n", "--\n", "\n ", "\n\t", "=?",
        "=?UTF-8?B?",
        "1.0123456789abcdef01234567@", "9223372036854775807.", "smtp; ", "x-", "x-a-", "dns;", "From: ", "a b ", "> ",
        "   \n",
        "could not be delivered ", "Status: 5.1.1\n", "Action: failed\n", "\n\n", "To: a@example.org\n", "[", "{",
        "\u{FEFF}",
    ]

    private static let headers = [
        "Content-Type: text/html", "Content-Type: multipart/mixed; boundary=\"b\"",
        "Content-Type: multipart/report; boundary=",
        "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable",
        "Content-Type: message/rfc822",
        "Content-Transfer-Encoding: x-uuencode", "Content-Type: text/plain; charset=\"x-unknown\"",
        "Content-Type: ;;;=;",
        "Content-Type: text/plain; charset=utf-16", "Content-Type: multipart/mixed; boundary=\"\"",
        "X-Failed-Recipients: ",
        "Content-Type: message/delivery-status", "Content-Type: message/feedback-report", "Return-Path: <>",
        "From: mailer-daemon@example.net", "Auto-Submitted: auto-replied", "Date: Mon, 99 Foo 99999 99:99:99 +9999",
    ]

    /// Bytes up to which a mail grows; some go further.
    private static let most = 200_000
    private static let mostOfSome = 2_000_000

    static func apply(to mail: inout [UInt8], _ random: inout SplitMix64) {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<4: for _ in 0..<Int.random(in: 1...8, using: &random) { Mutation.apply(to: &mail, &random) }
        case 4..<10: insert(run(&random), into: &mail, &random)
        case 10, 11: repeatLine(of: &mail, &random)
        case 12, 13: mail = Array("\(headers.randomElement(using: &random) ?? "")\n".utf8) + mail
        case 14: replaceHeader(of: &mail, &random)
        case 15: wrap(&mail, &random)
        case 16: insertMany(into: &mail, &random)
        case 17: mail.removeSubrange(Int.random(in: 0...mail.count, using: &random)...)
        case 18: mail = mail.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        default: hypertext(&mail, &random)
        }
    }

    private static func length(_ random: inout SplitMix64) -> Int {
        let most = Int.random(in: 0..<100, using: &random) == 0 ? mostOfSome : most
        return [100, 1000, 10_000, 40_000, most].randomElement(using: &random) ?? 1000
    }

    private static func run(_ random: inout SplitMix64) -> [UInt8] {
        let piece = Array((runs.randomElement(using: &random) ?? "<").utf8)
        let length = length(&random)
        return Array(repeatElement(piece, count: max(1, length / piece.count)).joined())
    }

    private static func lines(_ mail: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        for (index, byte) in mail.enumerated() where byte == 0x0A {
            lines.append(start..<index + 1)
            start = index + 1
        }
        if start < mail.count { lines.append(start..<mail.count) }
        return lines
    }

    /// At the end or the beginning of a line, or anywhere.
    private static func insert(_ bytes: [UInt8], into mail: inout [UInt8], _ random: inout SplitMix64) {
        let line = lines(mail).randomElement(using: &random) ?? 0..<0
        let places = [
            line.lowerBound, max(line.lowerBound, line.upperBound - 1), line.lowerBound + line.count / 2, mail.count,
        ]
        mail.insert(contentsOf: bytes, at: places.randomElement(using: &random) ?? 0)
    }

    private static func repeatLine(of mail: inout [UInt8], _ random: inout SplitMix64) {
        guard let line = lines(mail).randomElement(using: &random), !line.isEmpty else { return }
        let bytes = Array(mail[line])
        let count = max(1, length(&random) / bytes.count)
        mail.insert(contentsOf: Array(repeatElement(bytes, count: count).joined()), at: line.lowerBound)
    }

    private static func replaceHeader(of mail: inout [UInt8], _ random: inout SplitMix64) {
        let wanted = Array("content-".utf8)
        let found = lines(mail).filter {
            String(decoding: mail[$0], as: UTF8.self).lowercased().utf8.starts(with: wanted)
        }
        guard let line = found.randomElement(using: &random) else { return }
        mail.replaceSubrange(line, with: Array("\(headers.randomElement(using: &random) ?? "")\n".utf8))
    }

    /// In a message in a message, or a part of a part of a part.
    private static func wrap(_ mail: inout [UInt8], _ random: inout SplitMix64) {
        let depth = [1, 7, 9, 100, 1500].randomElement(using: &random) ?? 9
        let isMessage = Bool.random(using: &random)
        var head: [UInt8] = []
        var tail: [UInt8] = []
        for level in 0..<depth {
            let boundary = ["b", "b\(level)", "b\(depth - level)"][level % 3]
            if isMessage {
                head += Array("Content-Type: message/rfc822\n\n".utf8)
            } else {
                head += Array("Content-Type: multipart/mixed; boundary=\(boundary)\n\n--\(boundary)\n".utf8)
                tail = Array("\n--\(boundary)--\n".utf8) + tail
            }
        }
        mail = head + mail + tail
    }

    /// Thousands of fields, of parts, or of lines.
    private static func insertMany(into mail: inout [UInt8], _ random: inout SplitMix64) {
        let count = [100, 3000, 12_000].randomElement(using: &random) ?? 100
        let kinds: [(Int) -> String] = [
            { "X-Field-\($0): value\n" }, { "Received: from a by b for <a\($0)@example.org>; x\n" },
            { "\n--4B2.17/mx.example.net\nContent-Type: text/plain\n\n\($0)\n" }, { "--b\n\n\($0)\n" },
            { "line \($0)\n" },
            { "<td>\($0)</td>\n" },
            { "Final-Recipient: rfc822; a\($0)@example.net\nAction: failed\nStatus: 4.0.0\n\n" },
        ]
        let kind = kinds.randomElement(using: &random) ?? { "\($0)\n" }
        let line = lines(mail).randomElement(using: &random) ?? 0..<0
        mail.insert(contentsOf: (0..<count).flatMap { Array(kind($0).utf8) }, at: line.lowerBound)
    }

    /// All of it as HTML, with a run that never ends.
    private static func hypertext(_ mail: inout [UInt8], _ random: inout SplitMix64) {
        let head = "Return-Path: <>\nFrom: postmaster@example.net\nContent-Type: text/html\n"
        let encoding = ["", "Content-Transfer-Encoding: quoted-printable\n", "Content-Transfer-Encoding: base64\n"]
        let markup = ["<", "<a", "<!--", "&", "&lt;", "<p>", "<a href=\""].randomElement(using: &random) ?? "<"
        let length = length(&random)
        let run =
            Bool.random(using: &random)
            ? run(&random) : Array(repeatElement(Array(markup.utf8), count: length / markup.utf8.count).joined())
        let body = Array("<p>could not be delivered".utf8) + run
        let isEncoded = Int.random(in: 0..<3, using: &random)
        let sent = isEncoded == 2 ? Array(Data(body).base64EncodedString(options: .lineLength76Characters).utf8) : body
        mail =
            Array("\(head)\(encoding[isEncoded])\n".utf8) + sent + Array("\n".utf8)
            + (Bool.random(using: &random) ? mail : [])
    }
}
