import Testing

@testable import Feeds

@Suite("Encodings")
struct CharsetTests {
    private func document(_ declaration: String, _ title: [UInt8]) -> [UInt8] {
        Array("\(declaration)<rss><channel><title>".utf8) + title + Array("</title></channel></rss>".utf8)
    }

    private func parse(_ bytes: [UInt8], _ contentType: String? = nil) throws -> ParsedFeed {
        try ParsedFeed(parsing: FeedDocument(bytes: bytes, contentType: contentType))
    }

    @Test(
        "the XML declaration",
        arguments: [
            ("ISO-8859-1", [0x45, 0xE9] as [UInt8], "Eé", "ISO-8859-1"),
            ("windows-1252", [0x93, 0x61, 0x94], "“a”", "windows-1252"),
            ("utf-8", [0xC3, 0xA9], "é", "UTF-8"), ("iso-8859-1", [0x92], "’", "ISO-8859-1"),
            ("windows-1251", [0xCF], "П", "windows-1251"),
            ("Shift_JIS", [0x93, 0xFA], "日", "SHIFT_JIS"), ("koi8-r", [0xF0], "П", "KOI8-R"),
        ])
    func declared(_ name: String, bytes: [UInt8], title: String, charset: String) throws {
        let feed = try parse(document("<?xml version='1.0' encoding='\(name)'?>", bytes))
        #expect(feed.title == title && feed.charset == charset)
    }

    @Test("the HTTP header goes before the declaration")
    func header() throws {
        let bytes = document("<?xml version='1.0' encoding='ISO-8859-1'?>", [0xCF])
        let feed = try parse(bytes, "application/rss+xml; charset=\"windows-1251\"")
        #expect(feed.title == "П" && feed.charset == "windows-1251")
    }

    @Test(
        "a byte order mark goes before everything",
        arguments: [
            ("UTF-16LE", [0xFF, 0xFE] as [UInt8], false), ("UTF-16BE", [0xFE, 0xFF], true), ("UTF-16LE", [], false),
            ("UTF-16BE", [], true),
        ])
    func utf16(_ charset: String, mark: [UInt8], isBig: Bool) throws {
        let text = "<?xml version='1.0' encoding='UTF-16'?><rss><channel><title>Größe 😀</title></channel></rss>"
        let bytes =
            mark
            + text.utf16.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
        let feed = try parse(bytes, "text/xml; charset=iso-8859-1")
        #expect(feed.title == "Größe 😀" && feed.charset == charset)
    }

    @Test("valid UTF-8 is not spoilt by a wrong claim")
    func wrongClaim() throws {
        let feed = try parse(document("<?xml version='1.0' encoding='ISO-8859-1'?>", Array("é".utf8)))
        #expect(feed.title == "é" && feed.charset == "UTF-8")
        #expect(feed.repairs == ["the XML declaration says ISO-8859-1, but the document is UTF-8"])
    }

    @Test("bytes that are no UTF-8 are read as windows-1252")
    func wrongUTF8() throws {
        let feed = try parse(document("<?xml version='1.0' encoding='UTF-8'?>", [0x45, 0xE9, 0x20, 0x92]))
        #expect(feed.title == "Eé ’" && feed.charset == "windows-1252" && feed.repairs.count == 1)
    }

    @Test("an unknown name is passed over")
    func unknown() throws {
        #expect(try parse(document("<?xml version='1.0' encoding='x-nonsense'?>", [0xC3, 0xA9])).title == "é")
    }

    @Test(
        "well-formed and ill-formed UTF-8 are told apart",
        arguments: [
            ([0xC3, 0xA9] as [UInt8], true), ([0xF0, 0x9F, 0x98, 0x80], true), ([0xC0, 0x80], false),
            ([0xED, 0xA0, 0x80], false),
            ([0xF4, 0x90, 0x80, 0x80], false), ([0xE2, 0x82], false), ([0x80], false),
            (Array("plain ascii text".utf8), true), ([], true),
        ])
    func utf8(_ bytes: [UInt8], isValid: Bool) { #expect(UTF8Check.isValid(bytes) == isValid) }
}
