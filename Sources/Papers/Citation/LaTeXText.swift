import Foundation

/// Unicode text written for LaTeX, as `.bib` files want it: what ``LaTeX`` reads back to the same.
enum LaTeXText {
    /// Signs that mean something to TeX, accents, letters and formulas become commands; what has no command stays, for
    /// engines that read UTF-8.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 16)
        var script: (sign: String, content: String)?
        func close() {
            guard let open = script else { return }
            escaped += "\\\(open.sign){\(open.content)}"
            script = nil
        }
        var before: Character = " "
        for character in text.precomposedStringWithCanonicalMapping {
            // Neighbours that are raised are one number.
            if let (sign, plain) = scripts[character] {
                if script?.sign != sign { close() }
                script = (sign, (script?.content ?? "") + String(plain))
            } else {
                close()
                // TeX would make one dash of two hyphens, and one quotation mark of two apostrophes.
                if (character == "-" || character == "'"), before == character { escaped += "{}" }
                escaped += written(character)
            }
            before = character
        }
        close()
        return escaped
    }

    /// A title, in which styles write all but the first letter small unless braces hold it: words with a capital inside
    /// (`BERT`, `GPT-4`), and in a title that is written as a sentence, names.
    static func title(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let long = words.dropFirst().filter { $0.count > 3 && $0.first?.isLetter ?? false }
        let isSentence = long.count { $0.first?.isLowercase ?? false } * 2 > long.count
        var startsSentence = true
        return words.map { word in
            let isName = isSentence && !startsSentence && (word.first?.isUppercase ?? false)
            startsSentence = word.last.map { ":.?!–—".contains($0) } ?? startsSentence
            return isName || word.dropFirst().contains(where: \.isUppercase) ? held(word) : escaped(String(word))
        }.joined(separator: " ")
    }

    /// In braces, but for the punctuation around it.
    private static func held(_ word: Substring) -> String {
        let isSign = { (character: Character) in !character.isLetter && !character.isNumber }
        let head = word.prefix(while: isSign)
        let tail = word.reversed().prefix(while: isSign).reversed()
        let core = escaped(String(word.dropFirst(head.count).dropLast(tail.count)))
        // A brace before a backslash is an accent's to BibTeX, which writes the rest small.
        let inner = core.hasPrefix("\\") ? "{\(core)}" : core
        return escaped(String(head)) + "{\(inner)}" + escaped(String(tail))
    }

    private static func written(_ character: Character) -> String {
        if let known = commands[character] { return known }
        if character.isASCII { return String(character) }
        return accented(character) ?? String(character)
    }

    /// `{\"u}`, `{\'{\^e}}`: an ASCII letter with marks for which TeX has accents.
    private static func accented(_ character: Character) -> String? {
        let scalars = String(character).decomposedStringWithCanonicalMapping.unicodeScalars
        guard let base = scalars.first, base.properties.isAlphabetic, base.isASCII, scalars.count > 1 else {
            return nil
        }
        var letter = String(base)
        for scalar in scalars.dropFirst() {
            guard let accent = LaTeXAccents.command(scalar) else { return nil }
            letter = accent.isLetter ? "{\\\(accent) \(letter)}" : "{\\\(accent)\(letter)}"
        }
        return letter
    }

    // MARK: - Tables

    private static let scripts: [Character: (sign: String, plain: Character)] = {
        var scripts: [Character: (sign: String, plain: Character)] = [:]
        for (sign, isRaised) in [("textsuperscript", true), ("textsubscript", false)] {
            for plain in "0123456789+=()" + "abcdefghijklmnoprstuvwxyz" {
                if let script = Scripts.script(String(plain), raised: isRaised)?.first {
                    scripts[script] = (sign, plain)
                }
            }
        }
        return scripts
    }()

    private static let commands: [Character: String] = {
        var commands: [Character: String] = [
            "\\": "{\\textbackslash}", "{": "{\\textbraceleft}", "}": "{\\textbraceright}", "$": "\\$", "&": "\\&",
            "%": "\\%", "#": "\\#", "_": "\\_", "~": "{\\textasciitilde}", "^": "{\\textasciicircum}",
            "<": "{\\textless}", ">": "{\\textgreater}", "|": "{\\textbar}", "`": "{\\textasciigrave}", "′": "{$'$}",
        ]
        for (letter, sign) in LaTeXSymbols.blackboard { commands[sign] = "{$\\mathbb{\(letter)}$}" }
        // A sign that has several commands is written by its first.
        for (name, sign) in LaTeXSymbols.signs {
            guard !sign.isASCII, commands[sign] == nil, scripts[sign] == nil, !text.contains(where: { $0.0 == sign })
            else { continue }
            commands[sign] = "{$\\\(name)$}"
        }
        for (sign, name) in text { commands[sign] = "{\\\(name)}" }
        return commands
    }()

    /// What needs no formula.
    private static let text: [(Character, String)] = [
        ("ß", "ss"), ("ø", "o"), ("Ø", "O"), ("ł", "l"), ("Ł", "L"), ("æ", "ae"), ("Æ", "AE"), ("œ", "oe"), ("Œ", "OE"),
        ("å", "aa"), ("Å", "AA"), ("ı", "i"), ("ȷ", "j"), ("ð", "dh"), ("Ð", "DH"), ("þ", "th"), ("Þ", "TH"),
        ("đ", "dj"), ("Đ", "DJ"), ("ŋ", "ng"), ("Ŋ", "NG"), ("§", "S"), ("¶", "P"), ("©", "textcopyright"),
        ("®", "textregistered"), ("™", "texttrademark"), ("£", "textsterling"), ("€", "texteuro"), ("¥", "textyen"),
        ("°", "textdegree"), ("µ", "textmu"), ("ª", "textordfeminine"), ("º", "textordmasculine"), ("†", "dag"),
        ("‡", "ddag"), ("•", "textbullet"), ("·", "textperiodcentered"), ("“", "textquotedblleft"),
        ("”", "textquotedblright"), ("‘", "textquoteleft"), ("’", "textquoteright"), ("«", "guillemotleft"),
        ("»", "guillemotright"), ("‹", "guilsinglleft"), ("›", "guilsinglright"), ("„", "quotedblbase"),
        ("‚", "quotesinglbase"), ("–", "textendash"), ("—", "textemdash"), ("…", "textellipsis"),
        ("‰", "textperthousand"), ("½", "textonehalf"), ("¼", "textonequarter"), ("¾", "textthreequarters"),
        ("¡", "textexclamdown"), ("¿", "textquestiondown"), ("¢", "textcent"), ("¤", "textcurrency"),
        ("×", "texttimes"), ("±", "textpm"), ("÷", "textdiv"), ("−", "textminus"), ("␣", "textvisiblespace"),
    ]
}
