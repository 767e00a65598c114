import Core
import Mail
import Papers
import Testing

@testable import Digests

@Suite("A paper that is no longer valid")
struct PaperStatusTests {
    private static let words: [(Language, [PaperStatus: String])] = [
        (.english, [.retracted: "Retracted: ", .withdrawn: "Withdrawn: ", .concern: "Expression of concern: "]),
        (.german, [.retracted: "Zurückgezogen: ", .withdrawn: "Zurückgenommen: ", .concern: "Unter Vorbehalt: "]),
        (.spanish, [.retracted: "Retractado: ", .withdrawn: "Retirado: ", .concern: "Con reservas: "]),
        (
            .french,
            [.retracted: "Rétracté\u{202F}: ", .withdrawn: "Retiré\u{202F}: ", .concern: "Mise en garde\u{202F}: "]
        ),
        (.japanese, [.retracted: "撤回済み：", .withdrawn: "取り下げ済み：", .concern: "懸念表明あり："]),
        (.chinese, [.retracted: "已撤稿：", .withdrawn: "已撤回：", .concern: "存疑："]),
    ]

    @Test("says so before its title in both parts of a mail and in its subject, in every language", arguments: words)
    func mails(_ language: Language, _ words: [PaperStatus: String]) throws {
        for (status, word) in words {
            let top = try paper(1, "A study of things") { $0.status = status }
            let other = try paper(2, "RETRACTED ARTICLE: Another study") { $0.status = status }
            let digest = Digest(day: try day(), picks: [Pick(paper: top), Pick(paper: other)], more: 0)
            let mail = try renderer(language).edition().render(digest, for: reader)
            for part in [mail.html, mail.text] {
                #expect(part.contains("\(word)A study of things"), "\(language) \(status)")
                #expect(part.contains("\(word)Another study"), "the publisher's words are not said twice")
            }
            #expect(mail.subject.hasPrefix("\(word)A study of things"))
        }
    }

    @Test("and one that is says nothing")
    func valid() throws { #expect(try texts().title(of: try paper(1, "A study")) == "A study") }
}
