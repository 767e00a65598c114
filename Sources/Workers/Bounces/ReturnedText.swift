import Feeds
import Mail

/// The words of a notice for people, without the copy of our message, which may hold any.
struct ReturnedText: Sendable {
    let text: String

    /// The lines of a mail that are looked at.
    private static let mostLines = 400

    init(_ message: ParsedMessage) {
        let parts = Self.own(message)
        let plain = parts.filter { $0.contentType == "text/plain" }.map(Self.decoded).first { $0.contains { $0 > " " } }
        let html = parts.first { $0.contentType == "text/html" }
        let whole = plain ?? html.map { Self.withoutTags(Self.decoded($0)) } ?? ""
        var lines: [Substring] = []
        for line in whole.split(separator: "\n", maxSplits: Self.mostLines)
            .prefix(Self.mostLines)
        {
            if Self.beginsCopy(line, after: lines) { break }
            // What our own subject says is no reason.
            if !Self.isSubject(line) { lines.append(line) }
        }
        text = lines.joined(separator: "\n")
    }

    /// The parts of the notice itself, in order: nothing of a message within it.
    static func own(_ message: ParsedMessage) -> [ParsedMessage] {
        if ["message/rfc822", "message/global"].contains(message.contentType) { return [] }
        return message.parts.isEmpty ? [message] : message.parts.flatMap(own)
    }

    /// Whether the copy of our message begins with a line.
    private static func beginsCopy(_ line: Substring, after lines: [Substring]) -> Bool {
        let folded = FoldedText(String(line.prefix(200)))
        if !copies.found(in: folded.bytes).isEmpty { return true }
        // A header without an announcement.
        return !lines.isEmpty
            && headers.contains { line.utf8.starts(with: $0.utf8) || line.utf8.starts(with: "> \($0)".utf8) }
    }

    /// `Subject: …`, as notices quote of our mail, in the languages they are written in.
    private static func isSubject(_ line: Substring) -> Bool {
        let start = line.prefix(80).drop { $0 == " " || $0 == "\t" || $0 == ">" }.lowercased()
        return subjects.contains { start.hasPrefix($0) }
    }

    private static let subjects = [
        "subject:", "subj:", "subject :", "the message subject was:", "the subject of the message is:",
        "your message with subject:", "message subject:", "betreff:", "objet :",
        "objet:",
        "sujet :", "sujet:", "asunto:", "oggetto:", "assunto:", "тема:", "onderwerp:", "temat:", "ämne:", "emne:",
        "件名:",
        "件名：", "主题:", "主题：", "主旨:", "主旨：", "제목:", "konu:",
    ]

    private static let headers = [
        "Received: from ", "Received: by ", "Return-Path: <", "Return-path: <", "DKIM-Signature: ",
    ]

    private static let copies = PhraseScanner([
        "below this line is a copy", "this is a copy of*", "original message follow*", "of your original message*",
        "original headers", "- returned message", "returned message -", "of returned message", "here is a copy of*",
        "original message header*",
        "- original message", "original message -", "unsent mail header",
        "returned message follows", "original message headers", "---------- forwarded", "included below",
        "the returned message is",
        "message header follows", "message headers follow", "headers of the message", "header of your message",
        "text of your message", "the body of the original", "your message follows", "unsent message below",
        "unsent message follows", "message text follows", "copie du message", "kopie der nachricht",
        "kopie ihrer",
        "ursprüngliche nachricht", "copia del mensaje", "message d'origine", "messaggio originale", "mensaje original",
        "mensagem original", "元のメッセージ*", "以下は", "原始邮件*", "原邮件*", "текст письма",
    ])

    private static func decoded(_ part: ParsedMessage) -> String {
        let bytes = Array(part.beginning)
        let charset = part.parameters["charset"]?.uppercased() ?? ""
        guard !["", "UTF-8", "US-ASCII"].contains(charset), let converted = Iconv.utf8(from: bytes, charset: charset)
        else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: converted.utf8, as: UTF8.self)
    }

    /// HTML with a blank for each tag, a line for each block and nothing of style sheets and scripts; a `<` that nothing
    /// closes stays with what follows it.
    private static func withoutTags(_ html: String) -> String {
        var text: [UInt8] = []
        var rest = Array(html.utf8)[...]
        text.reserveCapacity(rest.count)
        while let start = rest.firstIndex(of: UInt8(ascii: "<")),
            let end = rest[start...].firstIndex(of: UInt8(ascii: ">"))
        {
            text.append(contentsOf: rest[..<start])
            let isEnd = rest[(start + 1)...].first == UInt8(ascii: "/")
            let name = rest[(start + 1)..<end].drop { $0 == UInt8(ascii: "/") }.prefix {
                $0 > 0x20 && $0 != UInt8(ascii: "/")
            }
            text.append(isBlock(name) ? 0x0A : 0x20)
            rest = rest[(end + 1)...]
            if !isEnd, isUnseen(name) { rest = afterUnseen(rest) }
        }
        return Self.withoutEntities(text + rest)
    }

    /// Elements whose text is not shown, and ends with the next end tag, their own.
    private static func isUnseen(_ name: ArraySlice<UInt8>) -> Bool {
        ["style", "script", "title"].contains(String(decoding: name, as: UTF8.self).lowercased())
    }

    /// From the next end tag on.
    private static func afterUnseen(_ html: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = html
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            if rest[start...].dropFirst().first == UInt8(ascii: "/") { return rest[start...] }
            rest = rest[(start + 1)...]
        }
        return []
    }

    private static func isBlock(_ name: ArraySlice<UInt8>) -> Bool {
        ["br", "p", "div", "tr", "li", "table", "h1", "h2", "h3", "pre", "hr"].contains(
            String(decoding: name, as: UTF8.self).lowercased())
    }

    /// The few entities that stand within words which are looked for.
    private static func withoutEntities(_ text: [UInt8]) -> String {
        let known: [(entity: String, text: UInt8)] = [
            ("&nbsp;", 0x20), ("&#39;", 0x27), ("&#x27;", 0x27), ("&apos;", 0x27), ("&quot;", 0x22), ("&lt;", 0x3C),
            ("&gt;", 0x3E), ("&amp;", 0x26), ("&#8217;", 0x27), ("&rsquo;", 0x27), ("&#43;", 0x2B), ("&#64;", 0x40),
        ]
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            if text[position] == UInt8(ascii: "&"),
                let found = known.first(where: { text[position...].starts(with: $0.entity.utf8) })
            {
                result.append(found.text)
                position += found.entity.utf8.count
            } else {
                result.append(text[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
