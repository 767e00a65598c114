import Core

/// Plain text in lines for readers that do not wrap: words stay whole, East Asian characters are two columns wide.
enum WrappedText {
    /// Lines of at most `columns`, joined by LF; a word that is longer has a line of its own.
    static func wrap(_ text: String, columns: Int = 72) -> String {
        if text.utf8.count <= columns, DisplayText.isLine(text) { return text }
        var lines: [String] = []
        var line = ""
        var width = 0
        func add(_ word: some StringProtocol, _ wordWidth: Int, followsBlank: Bool) {
            let blank = followsBlank && !line.isEmpty ? 1 : 0
            if !line.isEmpty, width + blank + wordWidth > columns {
                lines.append(line)
                line = String(word)
                width = wordWidth
            } else {
                if blank == 1 { line.append(" ") }
                line.append(contentsOf: word)
                width += blank + wordWidth
            }
        }
        for word in text.utf8.split(whereSeparator: isBlank).map(Substring.init) {
            if let width = plainWidth(of: word) {
                add(word, width, followsBlank: true)
            } else {
                for piece in pieces(word) {
                    let width = piece.text.unicodeScalars.reduce(0) { $0 + columnCount($1) }
                    add(piece.text, width, followsBlank: piece.followsBlank)
                }
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.joined(separator: "\n")
    }

    /// ASCII white space; other blanks are looked for in ``pieces(_:)``.
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

    /// The columns of a word that is all of one piece, of Latin letters and their punctuation, as most words are.
    private static func plainWidth(of word: Substring) -> Int? {
        var width = 0
        for scalar in word.unicodeScalars {
            // A no-break space stays in its line.
            guard DisplayText.isLatin(scalar.value) || scalar.value == 0xA0 else { return nil }
            width += 1
        }
        return width
    }

    private struct Piece {
        var text: String
        let followsBlank: Bool
    }

    /// What does not begin a line.
    private static let closing = Set("。，、．；：！？）」』】》")

    /// Blanks that stay in their line: no-break, narrow no-break and figure space.
    private static let unbroken = Set("\u{A0}\u{202F}\u{2007}")

    /// Words, and in scripts that write none, characters; punctuation stays with what it follows.
    private static func pieces(_ text: Substring) -> [Piece] {
        var pieces: [Piece] = []
        var followsBlank = true
        var mayBreak = true
        for character in text {
            if character.isWhitespace, !unbroken.contains(character) {
                followsBlank = true
                continue
            }
            let isWide = character.unicodeScalars.first.map { columnCount($0) == 2 } ?? false
            if followsBlank || ((isWide || mayBreak) && !closing.contains(character)) {
                pieces.append(Piece(text: String(character), followsBlank: followsBlank))
            } else {
                pieces[pieces.count - 1].text.append(character)
            }
            followsBlank = false
            mayBreak = isWide
        }
        return pieces
    }

    /// Two for East Asian wide characters (UAX 11, the blocks in use), none for combining marks, else one.
    static func columnCount(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0..<0x300: 1
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        case let value where InvisibleScalar.contains(value) || InvisibleScalar.isJoiner(value): 0
        default: scalar.properties.generalCategory == .nonspacingMark ? 0 : 1
        }
    }
}
