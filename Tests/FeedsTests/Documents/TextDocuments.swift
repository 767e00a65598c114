/// Encodings, told and untold.
enum TextDocuments {
    private static func rss(_ title: [UInt8], declaration: String = "") -> [UInt8] {
        Array("\(declaration)<rss><channel><title>".utf8) + title + Array("</title></channel></rss>".utf8)
    }

    private static func declared(_ charset: String) -> String { "<?xml version=\"1.0\" encoding=\"\(charset)\"?>" }

    static let cases =
        [
            DocumentCase(
                "encoding: told by the XML declaration", bytes: rss([0xE9], declaration: declared("ISO-8859-1")),
                ["feed": "é", "charset": "ISO-8859-1", "charsetSource": "XML declaration"]),
            DocumentCase(
                "encoding: told by the HTTP header", bytes: rss([0xE9]), type: "text/xml; charset=iso-8859-1",
                ["feed": "é", "charsetSource": "HTTP header"]),
            DocumentCase(
                "encoding: ISO-8859-1 that is windows-1252",
                bytes: rss([0x93, 0x61, 0x94], declaration: declared("ISO-8859-1")), ["feed": "“a”"]),
            DocumentCase(
                "encoding: ISO-8859-2", bytes: rss([0xB1, 0xEA, 0xB3], declaration: declared("ISO-8859-2")),
                ["feed": "ąęł", "charset": "ISO-8859-2"]),
            DocumentCase(
                "encoding: ISO-8859-15's euro", bytes: rss([0xA4], declaration: declared("ISO-8859-15")), ["feed": "€"]),
            DocumentCase(
                "encoding: GB2312 told", bytes: rss([0xD1, 0xA7, 0xCF, 0xB0], declaration: declared("GB2312")),
                ["feed": "学习"]),
            DocumentCase(
                "encoding: Big5 told", bytes: rss([0xBE, 0xC7], declaration: declared("Big5")), ["feed": "學"]),
            DocumentCase(
                "encoding: EUC-KR told", bytes: rss([0xC7, 0xD1], declaration: declared("EUC-KR")), ["feed": "한"]),
            DocumentCase(
                "encoding: UTF-16 with a mark",
                bytes: [0xFF, 0xFE]
                    + "<rss><channel><title>é</title></channel></rss>".utf16.flatMap {
                        [UInt8($0 & 255), UInt8($0 >> 8)]
                    }, ["feed": "é", "charset": "UTF-16LE", "charsetSource": "byte order mark"]),
            DocumentCase(
                "encoding: UTF-32 with a mark",
                bytes: [0xFF, 0xFE, 0, 0]
                    + "<rss><channel><title>é</title></channel></rss>".unicodeScalars.flatMap {
                        [UInt8($0.value & 255), UInt8($0.value >> 8 & 255), 0, 0]
                    }, ["feed": "é", "charset": "UTF-32LE"]),
            DocumentCase(
                "encoding: UTF-16 without a mark",
                bytes: "<rss><channel><title>é</title></channel></rss>".utf16.flatMap {
                    [UInt8($0 >> 8), UInt8($0 & 255)]
                }, ["feed": "é", "charset": "UTF-16BE", "charsetSource": "content"]),
            DocumentCase(
                "encoding: a name that means nothing",
                bytes: rss(Array("é".utf8), declaration: declared("x-unknown-8")),
                ["feed": "é", "repair": "unknown encoding"]),
            DocumentCase(
                "encoding: the header lies, the bytes are UTF-8", bytes: rss(Array("é".utf8)),
                type: "text/xml; charset=iso-8859-1",
                ["feed": "é", "charset": "UTF-8", "repair": "HTTP header says ISO-8859-1"]),
            DocumentCase(
                "encoding: one spoilt byte in UTF-8", bytes: rss(Array("éàüöäßñçéàüöäßñç".utf8) + [0xFF]),
                ["feed": "éàüöäßñçéàüöäßñç\u{FFFD}", "charset": "UTF-8", "repair": "U+FFFD"]),
            DocumentCase(
                "encoding: a title in UTF-7 is left alone", bytes: rss(Array("+AOk-".utf8)), ["feed": "+AOk-"]),
        ] + untold

    /// Each as bytes of that encoding, without anything that tells it.
    private static var untold: [DocumentCase] {
        [
            ("windows-1251", "Российские учёные предложили новый метод обучения"),
            ("KOI8-R", "Российские учёные предложили новый метод обучения"),
            ("ISO-8859-5", "Российские учёные предложили новый метод обучения"), ("SHIFT_JIS", "深層学習による画像認識の研究について"),
            ("EUC-JP", "深層学習による画像認識の研究について"), ("GB18030", "我们提出了一种新的深度学习方法，用于图像识别"),
            ("BIG5", "我們提出了一種新的深度學習方法，用於圖像識別"), ("EUC-KR", "우리는 새로운 심층 학습 방법을 제안한다"),
            ("windows-1252", "Une étude sur l’apprentissage profond à l’université"),
            ("ISO-8859-7", "Μια νέα μέθοδος βαθιάς μάθησης"),
        ].map { charset, title in
            let bytes = Encoded.bytes(title, charset)
            return DocumentCase(
                "encoding: \(charset) that nobody names", bytes: rss(bytes),
                ["feed": title, "charset": charset, "charsetSource": "content"])
        }
    }
}
