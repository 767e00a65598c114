import Core
import Mail
import Testing

@testable import Web

@Suite("The language of a page")
struct RequestLanguageTests {
    static let fields: [(field: String, best: Language?)] = [
        ("", nil), ("de", .german), ("de-AT", .german), ("DE_at", .german), ("zh-CN,zh;q=0.9", .chinese),
        ("zh-Hant-TW", .chinese), ("pt-BR,pt;q=0.9,es;q=0.5,en;q=0.4", .spanish), ("nl", nil), ("*", nil),
        ("fr;q=0.2, ja;q=0.8", .japanese), ("fr;q=0.5,de;q=0.5", .french), ("fr; q=0.5 , de ;Q=0.7", .german),
        ("de;q=0,fr;q=0.1", .french), ("de-DE,de;q=0,en;q=0.3", .english), ("*,de;q=0.5", nil),
        ("nl,*;q=0.5", nil), ("de;q=2,fr", .french), ("de;q=x,fr;q=0.1", .french), (";;,,q=1", nil),
        ("en-US,en;q=0.5", .english), (String(repeating: "x,", count: 10_000) + "de", nil),
    ]

    @Test("is the one its browser likes best of ours", arguments: fields.indices)
    func negotiated(index: Int) {
        #expect(AcceptLanguage(Self.fields[index].field).best() == Self.fields[index].best)
    }

    @Test(
        "names a country where it does",
        arguments: [
            ("", nil), ("de", nil), ("de-CH", "CH"), ("de-CH,de;q=0.9,en-US;q=0.8", "CH"),
            ("de,en-US;q=0.7,en;q=0.3", nil),
            ("fr,fr-ca;q=0.8", "CA"), ("zh-Hant-TW", "TW"), ("en-US;q=0,en-GB", "GB"), ("es-419", nil), ("*", nil),
            ("nl;q=0.3,pt-BR", "BR"), ("x-", nil), ("de-1A", nil),
        ] as [(String, String?)])
    func country(field: String, code: String?) { #expect(AcceptLanguage(field).region == code) }
}
