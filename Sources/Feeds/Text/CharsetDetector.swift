/// Tells the encoding of text that nobody names, and that is not UTF-8.
///
/// Each candidate decodes the bytes; one that cannot is out. Of the others that one wins whose letters are most like
/// writing: kana and common ideographs, Hangul, Cyrillic words in one case, accents between Latin letters.
enum CharsetDetector {
    static func charset(of bytes: [UInt8]) -> String {
        let sample = sample(bytes)
        var best = (charset: "windows-1252", score: 0.0)
        for candidate in candidates {
            guard let decoded = Iconv.utf8(from: sample, charset: candidate.charset),
                decoded.replaced * 200 <= sample.count, decoded.replaced <= 2
            else { continue }
            let score = candidate.score(String(decoding: decoded.utf8, as: UTF8.self)) - Double(decoded.replaced) * 0.05
            if score > best.score + 0.001 { best = (candidate.charset, score) }
        }
        return best.charset
    }

    private struct Candidate {
        let charset: String
        /// 0 for noise, about 1 for writing.
        let score: (String) -> Double
    }

    private static var candidates: [Candidate] {
        [
            Candidate(charset: "windows-1252") {
                WritingScore.latin($0, letters: "éèàùâêîôûçëïüöäßñóíáúåøæãõ’“”–—…«»°§©®·£€²")
            },
            Candidate(charset: "SHIFT_JIS") { WritingScore.japanese($0) },
            Candidate(charset: "EUC-JP") { WritingScore.japanese($0) },
            Candidate(charset: "EUC-KR") { WritingScore.korean($0) },
            Candidate(charset: "GB18030") { WritingScore.chinese($0, common: WritingScore.simplified) },
            Candidate(charset: "BIG5") { WritingScore.chinese($0, common: WritingScore.traditional) },
            Candidate(charset: "windows-1251") { WritingScore.cyrillic($0) },
            Candidate(charset: "KOI8-R") { WritingScore.cyrillic($0) },
            Candidate(charset: "ISO-8859-5") { WritingScore.cyrillic($0) },
            Candidate(charset: "ISO-8859-7") { WritingScore.greek($0) },
            Candidate(charset: "windows-1250") {
                WritingScore.latin($0, letters: "áčďéěíňóřšťúůýžąćęłńóśźżőűăâîșțÁČŠŽŁŚ„”–’") * 0.999
            },
            Candidate(charset: "windows-1254") { WritingScore.latin($0, letters: "çğıöşüİÇĞÖŞÜâî’“”–") * 0.998 },
            Candidate(charset: "windows-1255") { WritingScore.share($0, of: 0x05D0...0x05EA) },
            Candidate(charset: "windows-1256") { WritingScore.share($0, of: 0x0621...0x064A) },
        ]
    }

    /// The lines that are not ASCII, as they alone tell something; up to 16 kB.
    private static func sample(_ bytes: [UInt8]) -> [UInt8] {
        var sample: [UInt8] = []
        for line in bytes.split(separator: 0x0A) where line.contains(where: { $0 >= 0x80 }) {
            sample.append(contentsOf: line.prefix(16_384))
            sample.append(0x0A)
            if sample.count >= 16_384 { break }
        }
        return sample
    }
}
